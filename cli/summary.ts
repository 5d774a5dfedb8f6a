/** What was judged, as a result in JSON and as a few lines for a person. */

import type { Remark } from "../compiler/contract.js";
import { safeLine } from "../compiler/diagnostics/render/cells.js";
import { countOf, type Paint } from "../compiler/diagnostics/render/pretty.js";
import type { Project } from "../compiler/driver.js";
import { guardJson } from "../compiler/guard/guard.js";
import { REPORT_FILE } from "../compiler/outputs.js";
import { REMARK_KINDS } from "../compiler/report-markdown.js";
import { readText, verdictText } from "../compiler/validate/validation-json.js";
import type { Diagnostic } from "../grammar/diagnostic.js";
import { compareCodePoints } from "../grammar/source.js";
import { shownSummary } from "./shown.js";
import type { Outcome } from "./verbs/compile.js";

/** The result that `check` and `compile` share; undefined where an error withholds it. */
export function judgedResult(project: Project): Readonly<Record<string, unknown>> | undefined {
  const { checked, proofs, design, guard } = project;
  if (checked === undefined || proofs === undefined || design === undefined || project.failed) return undefined;
  if (guard === undefined) return undefined;
  const { estate } = checked;
  const rules = estate.policies.reduce((sum, policy) => sum + policy.rules.length, 0);
  const shares = estate.policies.reduce((sum, policy) => sum + policy.shares.length, 0);
  return {
    estate: {
      name: estate.name,
      segments: estate.segments.length,
      places: estate.clouds.length + estate.routers.length + estate.externals.length,
      networks: estate.networks.length,
      links: estate.links.length,
      policies: estate.policies.length,
      rules,
      shares,
      invariants: estate.invariants.length,
    },
    proofs: proofs.proofs.map(({ invariant, status }) => ({
      id: invariant.id,
      kind: invariant.kind,
      text: invariant.text,
      status,
    })),
    targets: project.served,
    notServed: project.notServed.map(({ place, platform }) => ({ place, platform })),
    guardRails: guardJson(guard),
  };
}

/** A name and a text, the texts of several rows aligned. */
export type Row = readonly [name: string, text: string];

/** Rows about the estate, its proofs and its targets; none where nothing could be judged. */
export function estateRows(project: Project): readonly Row[] {
  const { checked, proofs, served } = project;
  if (checked === undefined) return [];
  const { estate } = checked;
  const rules = estate.policies.reduce((sum, policy) => sum + policy.rules.length, 0);
  const shares = estate.policies.reduce((sum, policy) => sum + policy.shares.length, 0);
  const rows: (readonly [string, string])[] = [
    [
      "estate",
      `${estate.name.slice(0, 60)}: ${[countOf(estate.segments.length, "segment"), countOf(estate.networks.length, "network"), countOf(estate.links.length, "link")].join(", ")}`,
    ],
    [
      "policy",
      `${countOf(rules, "rule")} and ${countOf(shares, "share")} in ${countOf(estate.policies.length, "policy", "policies")}`,
    ],
  ];
  if (proofs !== undefined && proofs.proofs.length > 0) rows.push(["proved", provedText(project)]);
  for (const { name, places } of served) rows.push([name, places.join(", ")]);
  rows.push(...readRows(project));
  const rails = project.guard?.rules ?? [];
  if (rails.length > 0) {
    const found = rails.reduce((sum, rule) => sum + rule.findings, 0);
    const waived = rails.reduce((sum, rule) => sum + rule.waived, 0);
    const aside = waived === 0 ? "" : `, ${waived} waived`;
    rows.push(["guard rails", `${countOf(rails.length, "rule")}: ${countOf(found, "finding")}${aside}`]);
  }
  const open = project.notServed;
  if (open.length > 0)
    rows.push(["not compiled", open.map(({ place, platform }) => `${place} (${platform})`).join(", ")]);
  return rows;
}

/** What was read back of the output; none where an error came before. */
function readRows({ validation }: Project): readonly Row[] {
  if (validation === undefined) return [];
  const { targets, unread } = validation;
  return [
    ...(targets.length === 0 ? [] : [["read back", `${readText(validation)}: ${verdictText(validation)}`] as const]),
    ...unread.map((target): Row => ["not validated", `${target}: it has no reader yet`]),
  ];
}

/**
 * Remarks of the targets by kind; what is not served is told in full, since nobody would look for it. `file` is where the
 * rest can be read.
 */
export function remarkRows(project: Project, file: string): readonly Row[] {
  const all = [...project.outputs.values()].flatMap((output) => output.remarks);
  if (all.length === 0) return [];
  const kinds = Object.keys(REMARK_KINDS) as readonly Remark["kind"][];
  const counts = kinds.flatMap((kind) => {
    const count = all.filter((remark) => remark.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const open = all
    .filter((remark) => remark.kind === "not-served")
    .map(({ subject, text }) => safeLine(`\`${subject}\`: ${text}`))
    .sort(compareCodePoints);
  return [["remarks", `${counts.join(", ")}: ${file}`], ...open.map((text): Row => ["not served", text])];
}

function provedText(project: Project): string {
  const proofs = project.proofs?.proofs ?? [];
  const proved = proofs.filter((one) => one.status === "proved").length;
  const unenforced = proofs.filter((one) => one.unenforced.length > 0).length;
  const aside = unenforced === 0 ? "" : `, ${unenforced} of them beside flows that nobody enforces`;
  return `${proved} of ${countOf(proofs.length, "invariant")}${aside}`;
}

/** What a person reads after a compile; `shown` are the findings before it. */
export function compiledText(outcome: Outcome, shown: readonly Diagnostic[], paint: Paint): string {
  const { project, plan, output } = outcome;
  const found = shownSummary(shown);
  if (!outcome.written || plan === undefined) return `${paint.error("nothing written")}: ${found}\n`;
  const files = [...plan.files, plan.manifest];
  const count = (state: string): number => files.filter((file) => file.state === state).length;
  const changes = [
    `${count("new")} new`,
    `${count("changed")} changed`,
    `${count("same")} as before`,
    ...(plan.removed.length > 0 ? [`${plan.removed.length} removed`] : []),
  ].join(", ");
  const entries = [...project.outputs].map(([target, made]) => [target, made.provenance.length] as const);
  const rows: Row[] = [
    ["files", `${files.length} in ${output}: ${changes}`],
    ...entries.map(
      ([target, blocks]) => [`${target} output`, `${countOf(blocks, "block")} with their source lines`] as const,
    ),
    ["lock", project.lock?.before === project.lock?.text ? "as before" : "written: commit demarc.lock.json"],
  ];
  return `${table([...estateRows(project), ...remarkRows(project, `${output}/${REPORT_FILE}`), ...rows])}${paint.good("compiled")}: ${found}\n`;
}

/** Rows as text, their texts aligned. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${safeLine(name.padEnd(width))}  ${safeLine(text)}\n`).join("");
}
