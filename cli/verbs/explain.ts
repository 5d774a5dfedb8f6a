/** `demarc explain CODE`: the offline text of a diagnostic. Without a code all are listed. */

import { loadSettings } from "../../compiler/config/load.js";
import { type ExplainedDiagnostic, findExplanation } from "../../compiler/diagnostics/explain.js";
import type { Paint } from "../../compiler/diagnostics/render/pretty.js";
import { withSeverities } from "../../compiler/guard/configure.js";
import { loadBundles, rulesOf } from "../../compiler/guard/guard.js";
import { envelope, jsonText } from "../../compiler/json/diagnostics.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { type Call, flagValue } from "../arguments.js";
import { allDiagnostics } from "../explanations.js";
import { guardServices } from "../guard-services.js";
import { Misuse } from "../io.js";
import { explainedRule } from "../rails/text.js";
import { paintFor } from "../report.js";
import { EXIT } from "../run.js";

/** Runs the verb. */
export async function run(call: Call): Promise<number> {
  const [wanted] = call.positionals;
  const all = [...allDiagnostics, ...(await guardRails(call))];
  const chosen = wanted === undefined ? all : [one(wanted, all)];
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

/** The built-in rules and those of the package in the working directory; bundles that cannot be read are left to a check. */
async function guardRails({ io }: Call): Promise<readonly ExplainedDiagnostic[]> {
  const ignored = new Diagnostics();
  const { settings } = await loadSettings(io.host, "", ignored);
  const bundles = await loadBundles({ host: io.host, directory: "", settings, services: guardServices(io) }, ignored);
  const rails = settings.guardrails ?? { sources: [], severity: [], parameters: [], waivers: [] };
  return [...withSeverities(rulesOf(bundles, ignored), rails, ignored).values()].map(explainedRule);
}

function one(wanted: string, all: readonly ExplainedDiagnostic[]): ExplainedDiagnostic {
  const answer = findExplanation(wanted, all);
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
