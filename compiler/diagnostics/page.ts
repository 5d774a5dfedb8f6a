/** The reference page of diagnostics, made from the catalogues and their explanations. */
import type { ExplainedDiagnostic } from "./explain.js";

/** Ranges of codes by their first two digits. */
const CHAPTERS: readonly (readonly [RegExp, string])[] = [
  [/^DMC01/, "Syntax"],
  [/^DMC02/, "Packages, files and imports"],
  [/^DMC10/, "Names"],
  [/^DMC11/, "Kinds, headers and properties"],
  [/^DMC12/, "Values and types"],
  [/^DMC13/, "Addresses"],
  [/^DMC14/, "Links and places"],
  [/^DMC15/, "Expressions"],
  [/^DMC16/, "Policies, rules and dates"],
  [/^DMC20/, "Routing and shares"],
  [/^DMC21/, "Invariants"],
  [/^DMC22/, "Redundancy"],
  [/^DMC30/, "Design and lock"],
  [/^DMC35/, "Validation"],
  [/^DMC40/, "AWS"],
  [/^DMC41/, "Junos"],
  [/^DMC42/, "Azure"],
  [/^DMC50/, "Configuration"],
  [/^DMC55/, "Guard rails"],
  [/^DMC60/, "Writing"],
  [/^DMC90/, "Faults of Demarc itself"],
];

/** The whole page as Markdown, with a final newline. `all` is sorted by code. Throws where a code fits no chapter. */
export function diagnosticsPage(all: readonly ExplainedDiagnostic[]): string {
  const stray = all.find(({ code }) => !CHAPTERS.some(([range]) => range.test(code)));
  if (stray !== undefined) throw new Error(`${stray.code} lies in no chapter of the page of diagnostics`);
  const chapters = CHAPTERS.flatMap(([range, title]) => {
    const members = all.filter(({ code }) => range.test(code));
    return members.length === 0 ? [] : [`## ${title}`, "", ...members.flatMap(entryLines)];
  });
  return [
    "# Diagnostics",
    "",
    "Every message by its code. `demarc explain CODE` prints the same text offline. Errors fail a check, warnings and notes do",
    "not. Codes are stable. This page is generated from the catalogues in `compiler/diagnostics/` and those of the targets.",
    "",
    ...chapters,
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}

function entryLines({ code, name, severity, text }: ExplainedDiagnostic): readonly string[] {
  return [`### ${code} ${name}`, "", `*${severity}*`, "", text.trim(), ""];
}
