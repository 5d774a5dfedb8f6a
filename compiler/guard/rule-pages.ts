/** Pages of guard rails, made from their annotations: the reference of all of them, and one page for each with an example. */
import { compareCodePoints } from "../../grammar/source.js";
import type { GuardManifest, GuardRuleInfo } from "./manifest.js";

/** A fixture of a rule: what is faulty, what was found there, and the same mended. */
export interface RuleExample {
  readonly violating: string;
  /** Findings, one per line. */
  readonly findings: string;
  readonly conforming: string;
}

/** Categories in the order of the reference, with what their rules are about. */
const CATEGORIES: readonly (readonly [string, string])[] = [
  ["ownership", "Who answers for what"],
  ["exposure", "Services that are open to the wrong side"],
  ["width", "Rules that are wider than anybody needs"],
  ["partners", "What other organisations reach"],
  ["sharing", "What segments have routes to"],
  ["links", "Encryption and health of links"],
  ["expiry", "Exceptions and their ends"],
  ["addresses", "The address plan"],
  ["headroom", "Room below limits"],
  ["logging", "What leaves a trace"],
  ["naming", "Names and descriptions"],
  ["residual", "What replies leave open"],
  ["invariants", "What is proved at every check"],
];

/** The reference of all built-in rules as Markdown, with a final newline. Throws where a category has no chapter. */
export function guardRailsPage({ rules }: Pick<GuardManifest, "rules">): string {
  const all = [...rules.values()].sort((a, b) => compareCodePoints(a.name, b.name));
  const stray = all.find(({ category }) => !CATEGORIES.some(([name]) => name === category));
  if (stray !== undefined)
    throw new Error(`the category \`${stray.category}\` has no chapter in the page of guard rails`);
  const chapters = CATEGORIES.map(([category, about]) => ({
    heading: `${category[0]?.toUpperCase() ?? ""}${category.slice(1)}`,
    about,
    members: all.filter((rule) => rule.category === category),
  }));
  return [
    ...HEAD,
    `There are ${all.length}:`,
    "",
    "| | Rule | Severity | Finds |",
    "| --- | --- | --- | --- |",
    ...chapters.flatMap(({ heading, members }) =>
      members.map(
        ({ name, severity, title }, index) =>
          `| ${index === 0 ? heading : ""} | [\`${name}\`](#${name}) | ${severity} | ${title} |`,
      ),
    ),
    "",
    ...chapters.flatMap(({ heading, about, members }) => [
      `## ${heading}`,
      "",
      `${about}.`,
      "",
      ...members.flatMap(ruleSection),
    ]),
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}

const HEAD: readonly string[] = [
  "# Guard rails",
  "",
  "Rules about an estate that the language itself does not make. They are written in Rego, speak about what is proved of the",
  "estate ([their input](guard-input.md)), and are judged at every `check` and `compile`. Findings stand on the line of what they",
  "are about; those at level error fail the check.",
  "",
  "`demarc.json` sets parameters, gives a rule another severity, and waives findings by name, with an owner, a reason and an",
  "end. Controls are those that a rule helps to meet; none is met by a rule alone. This page is generated from the annotations in",
  "`policies/rules/`; the page beside each rule there has an example.",
  "",
];

function ruleSection(rule: GuardRuleInfo): readonly string[] {
  return [
    `### ${rule.name}`,
    "",
    `*${rule.title}. Severity: ${rule.severity}.* [Example](../../policies/rules/${rule.category}/${rule.name}/rule.md)`,
    "",
    rule.description,
    "",
    rule.rationale,
    "",
    ...parameterTable(rule),
    ...controlLines(rule),
  ];
}

/** The page of one rule with its example, as Markdown with a final newline. */
export function rulePage(rule: GuardRuleInfo, example: RuleExample): string {
  return [
    `# ${rule.title}`,
    "",
    `\`${rule.name}\`, a guard rail about ${rule.category}, of severity ${rule.severity}.`,
    "",
    rule.description,
    "",
    rule.rationale,
    "",
    ...parameterTable(rule),
    "## Example",
    "",
    "This, beside the lines of `fixtures/guard/base.demarc` unless it declares an estate of its own,",
    "",
    ...block("demarc", example.violating),
    "is found to have",
    "",
    ...block("text", example.findings),
    `What to do: ${rule.help ?? "see above"}. This is not found to have anything:`,
    "",
    ...block("demarc", example.conforming),
    ...controlLines(rule),
    "This page is generated from the annotations of `rule.rego` and from the fixtures of the rule.",
    "",
  ].join("\n");
}

function parameterTable({ parameters }: GuardRuleInfo): readonly string[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return [];
  const rows = entries.map(
    ([name, parameter]) => `| \`${name}\` | \`${JSON.stringify(parameter.default)}\` | ${parameter.description} |`,
  );
  return ["| Parameter | Default | Meaning |", "| --- | --- | --- |", ...rows, ""];
}

function controlLines({ controls }: GuardRuleInfo): readonly string[] {
  return controls.length === 0 ? [] : [`Related controls: ${controls.join("; ")}.`, ""];
}

function block(language: string, text: string): readonly string[] {
  return [`\`\`\`${language}`, text.trimEnd(), "```", ""];
}
