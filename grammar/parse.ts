/** From text to tree: files, and the arguments of `demarc query`. Never throws on any text. */
import { syntaxCatalogue as errors } from "./catalogue.js";
import { Diagnostics } from "./diagnostic.js";
import { DemarcParser } from "./parser/grammar.js";
import { layOut } from "./parser/layout.js";
import { strictFault } from "./parser/tolerant.js";
import { Reporter } from "./reporter.js";
import { type Scan, scan } from "./scanner.js";
import type { SourceFile } from "./source.js";
import type { SyntaxFile, SyntaxQuery } from "./syntax/nodes.js";

let instance: DemarcParser | undefined;

/** The parser is made at its first use: a run that parses nothing does not pay for it. */
function parser(): DemarcParser {
  instance ??= new DemarcParser();
  return instance;
}

/**
 * Parses one file. Faults are reported (DMC01xx, at most 200) and mended in the tree: what is missing is marked so, what
 * makes no sense is a `Skipped` item, and an item with a fault of its own carries `faulty`.
 */
export function parseFile(source: SourceFile, diagnostics: Diagnostics): SyntaxFile {
  const reporter = new Reporter(source, diagnostics);
  const scanned = scan(reporter);
  const strict = parseStrictly(scanned, source, diagnostics);
  const content = typeof strict === "object" ? strict : parseTolerantly(scanned, reporter, strict);
  return { kind: "File", start: 0, end: source.text.length, source, ...content, trivia: scanned.trivia };
}

type Content = Pick<SyntaxFile, "items" | "edition">;

/** The tree of a text without syntax errors other than in literals; for any other the place of its first fault. */
function parseStrictly(scanned: Scan, source: SourceFile, diagnostics: Diagnostics): Content | number {
  if (scanned.cut) return source.text.length;
  const found = new Diagnostics();
  const strict = parser();
  try {
    strict.begin(scanned.tokens, new Reporter(source, found), true, scanned.trivia);
    const content: Content = strict.file();
    if (!strict.atEnd) return strict.place;
    diagnostics.addAll(found.sorted());
    return content;
  } catch (fault) {
    if (fault !== strictFault) throw fault;
    return strict.place;
  }
}

function parseTolerantly(scanned: Scan, reporter: Reporter, fault: number): Content {
  const muted = scanned.cut ? new Reporter(reporter.source, new Diagnostics()) : reporter;
  const counted = attempt(scanned, muted, false);
  const chosen = counted.faults > 1 ? fewest(counted, attempt(scanned, muted, true)) : counted;
  muted.adopt(chosen.reporter);
  // Mending must not hide a fault: what the strict pass refused is never accepted in silence.
  if (reporter.reported === 0)
    reporter.report(errors["stray-character"], { run: reporter.source.text.slice(fault, fault + 1) }, fault, fault + 1);
  return chosen.content;
}

/** One way to read a faulty file. */
interface Attempt {
  readonly content: Content;
  readonly reporter: Reporter;
  readonly misplaced: number;
  /** Its findings, and the bodies whose indentation it goes against. */
  readonly faults: number;
}

function attempt(scanned: Scan, reporter: Reporter, byIndent: boolean): Attempt {
  const own = reporter.attempt();
  const { tokens, misplaced } = layOut(scanned.tokens, own, byIndent);
  const tolerant = parser();
  tolerant.begin(tokens, own, false, scanned.trivia);
  const content: Content = tolerant.file();
  return { content, reporter: own, misplaced, faults: own.reported - reporter.reported + misplaced };
}

/** The reading that explains the file with fewer faults; where braces and indentation disagree, rather the latter. */
function fewest(counted: Attempt, byIndent: Attempt): Attempt {
  const better = byIndent.faults < counted.faults || (byIndent.faults === counted.faults && counted.misplaced > 0);
  return better ? byIndent : counted;
}

/** Parses `A -> B [on S]`. Undefined, and reported, where the text is not a query. */
export function parseQuery(source: SourceFile, diagnostics: Diagnostics): SyntaxQuery | undefined {
  const found = new Diagnostics();
  const reporter = new Reporter(source, found);
  const scanned = scan(reporter);
  const tolerant = parser();
  tolerant.begin(scanned.tokens, reporter, false, scanned.trivia);
  const content = tolerant.query();
  diagnostics.addAll(found.sorted());
  if (found.hasErrors) return undefined;
  return { kind: "Query", start: 0, end: source.text.length, source, ...content };
}
