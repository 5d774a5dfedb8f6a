/** The reference page of limits, made from the tables of the targets. */
import { awsLimits } from "./aws/limits.js";
import { azureLimits } from "./azure/limits.js";
import { limits as junosLimits } from "./junos/limit-data.js";

/** The whole page as Markdown, with a final newline. */
export function limitsPage(): string {
  const heads = ["Limit", "Counts", "Allowed", "Can be raised", "Source"];
  const { filterTerms, ...names } = junosLimits;
  return [
    "# Limits",
    "",
    "What the targets count, and how much there may be of it. More is an error at compile time; the report of a compile has the",
    "headroom left of each. This page is generated from the tables in `targets/`.",
    "",
    "A quota that the vendor raised for you is written in `demarc.json`, for every account (`*`) or for one:",
    "",
    "```json",
    '{ "limits": { "aws": { "*": { "rules-per-security-group": 120 } } } }',
    "```",
    "",
    "## AWS",
    "",
    ...table(heads, rowsOf(awsLimits)),
    "",
    "## Azure",
    "",
    ...table(heads, rowsOf(azureLimits)),
    "",
    "## Junos",
    "",
    ...table(
      ["Limit", "Allowed", "Can be raised", "Source"],
      [
        [`\`${filterTerms.key}\``, number(filterTerms.allowed), "yes", filterTerms.source],
        ...Object.values(names).map(({ key, allowed, source }) => [`\`${key}\``, number(allowed), "no", source]),
      ],
    ),
    "",
  ].join("\n");
}

/** One limit of a cloud. */
interface CloudLimit {
  readonly what: string;
  readonly allowed: number;
  readonly most?: number;
  readonly adjustable: boolean;
  readonly source: string;
}

function rowsOf(limits: Readonly<Record<string, CloudLimit>>): readonly (readonly string[])[] {
  return Object.entries(limits).map(([key, { what, allowed, most, adjustable, source }]) => [
    `\`${key}\``,
    what,
    number(allowed),
    adjustable ? (most === undefined ? "yes" : `to ${number(most)}`) : "no",
    source,
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function number(value: number): string {
  return value.toLocaleString("en");
}
