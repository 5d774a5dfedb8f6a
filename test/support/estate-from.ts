/** Estates from program text for tests: parsed and checked, and, where a test asks, related, proved and designed. */
import { type Checked, checkPackage } from "../../compiler/check/check.js";
import { evaluateQuery } from "../../compiler/check/expressions/query.js";
import { defaultSettings, type Settings } from "../../compiler/config/settings.js";
import { buildDesign } from "../../compiler/design/build.js";
import type { Design } from "../../compiler/design/design.js";
import { emptyLock, type LockFile } from "../../compiler/design/lock.js";
import { memoryHost } from "../../compiler/host/memory.js";
import type { Day, Estate } from "../../compiler/model/estate.js";
import { loadPackage } from "../../compiler/package.js";
import type { Proofs } from "../../compiler/prove/proof.js";
import { prove } from "../../compiler/prove/prove.js";
import { type Answer, answer, type Question } from "../../compiler/prove/query.js";
import { type Relations, relate } from "../../compiler/relations/relations.js";
import { type Diagnostic, Diagnostics } from "../../grammar/diagnostic.js";
import { parseQuery } from "../../grammar/parse.js";
import { SourceFile, spanText } from "../../grammar/source.js";
import { assert } from "./harness.js";

/** Program text: of one file, or of several by path. */
export type Sources = string | Readonly<Record<string, string>>;

/** What a test may vary. */
export interface EstateOptions {
  /** Errors of the checker do not fail the test. */
  readonly faulty?: boolean;
  /** The day that dates are judged against. */
  readonly today?: Day;
}

/** What a test of the whole pipeline may vary. */
export interface PipelineOptions extends EstateOptions {
  readonly settings?: Settings;
  readonly lock?: LockFile;
  readonly prune?: boolean;
  /** Steps the packet sets of one pair of domains may take. */
  readonly budget?: number;
}

/** A checked package with what was said of it. */
export interface MadeEstate extends Checked {
  readonly diagnostics: readonly Diagnostic[];
}

/** All that the compiler makes of a text ahead of the targets. `findings` are those of proving and designing. */
export interface Pipeline extends Checked {
  readonly relations: Relations;
  readonly proofs: Proofs;
  readonly design: Design;
  readonly lock: LockFile;
  readonly findings: readonly Diagnostic[];
  /** The findings of designing alone. */
  readonly designed: readonly Diagnostic[];
}

/** The day of tests that name none. */
export const TODAY: Day = { year: 2026, month: 7, day: 1 };

/** Parses and checks; any error fails the test unless `faulty`. */
export function checkedFrom(sources: Sources, options: EstateOptions = {}): MadeEstate {
  const files = typeof sources === "string" ? { "main.demarc": sources } : sources;
  const diagnostics = new Diagnostics();
  const loaded = loadPackage(memoryHost(files), "", diagnostics);
  assert.ok(loaded, "the sources of a test load");
  const checked = checkPackage(loaded, { today: options.today ?? TODAY }, diagnostics);
  const errors = diagnostics.sorted().filter((one) => one.severity === "error");
  if (options.faulty !== true) assert.equal(errors.map(headline), [], "the sources of a test have errors");
  return { ...checked, diagnostics: diagnostics.sorted() };
}

/** The estate of a text; any error fails the test unless `faulty`. */
export function estateFrom(sources: Sources, options: EstateOptions = {}): Estate {
  return checkedFrom(sources, options).estate;
}

/** Checks, relates, proves and designs. Findings of proving and designing are returned, whatever their severity. */
export function pipeline(sources: Sources, options: PipelineOptions = {}): Pipeline {
  const checked = checkedFrom(sources, options);
  const { lock: before = emptyLock, settings = defaultSettings, budget } = options;
  const relations = relate(checked.estate, {
    kept: (key) => before.meetings[key],
    ...(budget === undefined ? {} : { budget }),
  });
  const diagnostics = new Diagnostics();
  const proofs = prove(relations, settings, diagnostics);
  const designing = new Diagnostics();
  const { design, lock } = buildDesign(relations, before, designing, options.prune ?? false);
  diagnostics.addAll(designing.sorted());
  const findings = diagnostics.sorted();
  return { ...checked, relations, proofs, design, lock, findings, designed: designing.sorted() };
}

/** The question that a text asks of a checked estate; a fault in it fails the test. */
export function questionOf(checked: Checked, text: string): Question {
  const diagnostics = new Diagnostics();
  const query = parseQuery(new SourceFile("<query>", text, "query"), diagnostics);
  const question = query === undefined ? undefined : evaluateQuery(query, { ...checked.context, diagnostics });
  assert.equal(diagnostics.sorted().map(headline), [], `the question \`${text}\` is faulty`);
  assert.ok(question);
  return question;
}

/** Answers `A -> B on S`; a question without any flow fails the test. */
export function ask(made: Checked & { readonly relations: Relations }, text: string): Answer {
  const found = answer(made.relations, questionOf(made, text));
  assert.ok(found, `no flow matches \`${text}\``);
  return found;
}

/** A finding on one line: code, words underlined, message. */
export function headline(diagnostic: Diagnostic): string {
  const at = diagnostic.span === undefined ? "" : ` \`${spanText(diagnostic.span)}\``;
  return `${diagnostic.code}${at}: ${diagnostic.message}`;
}

/** The messages of the findings of one name, in order. */
export function messagesOf(made: { readonly findings: readonly Diagnostic[] }, name: string): readonly string[] {
  return made.findings.filter((one) => one.name === name).map((one) => one.message);
}
