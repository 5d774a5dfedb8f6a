/** `demarc explain CODE`: the offline text of a diagnostic. Without a code all are listed. */
import { type ExplainedDiagnostic, findExplanation } from "../../compiler/diagnostics/explain.js";
import type { Paint } from "../../compiler/diagnostics/render/pretty.js";
import { envelope, jsonText } from "../../compiler/json/diagnostics.js";
import { type Call, flagValue } from "../arguments.js";
import { allDiagnostics } from "../explanations.js";
import { Misuse } from "../io.js";
import { paintFor } from "../report.js";
import { EXIT } from "../run.js";

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const [wanted] = call.positionals;
  const chosen = wanted === undefined ? allDiagnostics : [one(wanted)];
  if (flagValue(call, "format") === "json") {
    call.io.stdout.write(jsonText(envelope("explain", [], { diagnostics: chosen })));
    return EXIT.clean;
  }
  const paint = paintFor(call.io.stdout, call.io.env);
  call.io.stdout.write(
    wanted === undefined ? listText(chosen, paint) : chosen.map((each) => textOf(each, paint)).join(""),
  );
  return EXIT.clean;
}

function one(wanted: string): ExplainedDiagnostic {
  const answer = findExplanation(wanted, allDiagnostics);
  if ("found" in answer) return answer.found;
  const hint = answer.near === undefined ? "`demarc explain` lists all" : `did you mean \`${answer.near}\`?`;
  throw new Misuse(`there is no diagnostic \`${wanted}\`; ${hint}`);
}

function textOf(diagnostic: ExplainedDiagnostic, paint: Paint): string {
  const head = `${paint[diagnostic.severity](`${diagnostic.severity} ${diagnostic.code}`)} ${paint.bold(diagnostic.name)}`;
  return `${head}\n\n${diagnostic.text}\n`;
}

function listText(all: readonly ExplainedDiagnostic[], paint: Paint): string {
  return all.map((each) => `${paint[each.severity](each.code)}  ${each.severity.padEnd(7)}  ${each.name}\n`).join("");
}
