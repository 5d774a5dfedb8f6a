/** `demarc query 'A -> B on S' [path]`: which flows are open, through which places and rules, or what blocks them. */
import { evaluateQuery } from "../../compiler/check/expressions/query.js";
import { proveCatalogue } from "../../compiler/diagnostics/prove-catalogue.js";
import { statementsCatalogue } from "../../compiler/diagnostics/statements-catalogue.js";
import { checkProject, type Project } from "../../compiler/driver.js";
import { answerJson, openJson } from "../../compiler/json/answer.js";
import { type Answer, answer } from "../../compiler/prove/query.js";
import { BudgetExceeded } from "../../compiler/sets/engine.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseQuery } from "../../grammar/parse.js";
import { SourceFile, span } from "../../grammar/source.js";
import type { SyntaxQuery } from "../../grammar/syntax/nodes.js";
import { answerText } from "../answer-text.js";
import type { Call } from "../arguments.js";
import { progressOn } from "../progress.js";
import { locatePackage, todayOf } from "../project.js";
import { displayPath, printReport } from "../report.js";
import { EXIT } from "../run.js";

/** Runs the verb: 0 whatever the verdict, 1 where the estate has errors, 2 where the query itself is wrong. */
export async function run(call: Call): Promise<number> {
  const today = todayOf(call);
  const [text = "", path] = call.positionals;
  const located = locatePackage(call.io, path);
  const source = new SourceFile("<query>", text, "query");
  const asked = new Diagnostics();
  const query = parseQuery(source, asked);
  if (query === undefined) {
    await printReport(call, { diagnostics: asked.sorted(), directory: located.directory });
    return EXIT.misuse;
  }
  const progress = progressOn(call.io);
  const project = await checkProject({
    host: call.io.host,
    path: located.path,
    directory: located.directory,
    today,
    registry: await call.io.registry(),
    purpose: "relations",
    say: progress.say,
  });
  progress.say("answering");
  const unproved = new Diagnostics();
  const found = answerTo(query, project, asked, unproved);
  progress.end();
  const openOnly = call.flags.has("open-only");
  const shown = (whole: Answer): Answer => (openOnly ? { ...whole, closed: [], unenforced: [], reasons: [] } : whole);
  const estate = project.diagnostics.filter((one) => one.severity === "error");
  const code = await printReport(call, {
    diagnostics: [...asked.sorted(), ...unproved.sorted(), ...estate],
    directory: located.directory,
    ...(found === undefined
      ? {}
      : {
          result: openOnly ? openJson(found) : answerJson(found),
          text: (paint) => answerText(text, shown(found), paint, (file) => displayPath(located.directory, file)),
        }),
  });
  return asked.hasErrors ? EXIT.misuse : code;
}

/**
 * The answer; undefined where the query is wrong (reported to `asked`), the estate has errors, or the work exceeds its
 * bounds (reported to `unproved`: that is no fault of the query's text).
 */
function answerTo(query: SyntaxQuery, project: Project, asked: Diagnostics, unproved: Diagnostics): Answer | undefined {
  const { checked, relations } = project;
  if (checked === undefined || relations === undefined) return undefined;
  const question = evaluateQuery(query, { ...checked.context, diagnostics: asked });
  if (question === undefined || asked.hasErrors || project.failed) return undefined;
  const whole = span(query.source, query.start, query.end);
  try {
    const found = answer(relations, question);
    if (found === undefined) {
      const why = "every address of one side is owned by another network or external where the other side looks";
      asked.report(statementsCatalogue["no-flow"], { statement: "query", why }, whole);
    }
    return found;
  } catch (thrown) {
    if (!(thrown instanceof BudgetExceeded)) throw thrown;
    unproved.report(proveCatalogue["not-proved"], { why: thrown.message }, whole);
    return undefined;
  }
}
