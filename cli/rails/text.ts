/** Guard rails as text and JSON: for `guard list` and `explain`. */
import type { ExplainedDiagnostic } from "../../compiler/diagnostics/explain.js";
import type { Paint } from "../../compiler/diagnostics/render/pretty.js";
import type { ParameterTable } from "../../compiler/guard/configure.js";
import { GUARD_CODE } from "../../compiler/guard/guard.js";
import type { GuardRuleInfo } from "../../compiler/guard/manifest.js";

/** A rule with where it comes from and what is in force of it. */
export interface ListedRule {
  readonly info: GuardRuleInfo;
  readonly bundle: string;
  /** Severity in its annotations; `info` holds the one in force. */
  readonly defaultSeverity: string;
}

/** One object for each rule. */
export function rulesJson(rules: readonly ListedRule[], parameters: ParameterTable): readonly unknown[] {
  return rules.map(({ info, bundle, defaultSeverity }) => ({
    name: info.name,
    category: info.category,
    severity: info.severity,
    defaultSeverity,
    title: info.title,
    bundle,
    controls: info.controls,
    parameters: Object.entries(info.parameters).map(([name, parameter]) => ({
      name,
      default: parameter.default,
      value: parameters[info.name]?.[name] ?? parameter.default,
      description: parameter.description,
    })),
  }));
}

/** A line for each rule, by category. */
export function rulesText(rules: readonly ListedRule[], paint: Paint): string {
  const width = Math.max(0, ...rules.map(({ info }) => info.name.length));
  const categories = [...new Set(rules.map(({ info }) => info.category))].sort();
  return categories
    .map((category) => {
      const own = rules.filter(({ info }) => info.category === category);
      const lines = own.map(
        ({ info }) => `  ${paint[info.severity](info.severity.padEnd(7))}  ${info.name.padEnd(width)}  ${info.title}\n`,
      );
      return `${paint.bold(category)}\n${lines.join("")}`;
    })
    .join("\n");
}

/** A rule as `explain` tells it. */
export function explainedRule(info: GuardRuleInfo): ExplainedDiagnostic {
  const parameters = Object.entries(info.parameters).map(
    ([name, one]) => `    ${name} = ${JSON.stringify(one.default)}: ${one.description}`,
  );
  const parts = [
    `${info.title}.`,
    info.description,
    info.rationale,
    ...(info.help === undefined ? [] : [`To mend it: ${info.help}.`]),
    ...(parameters.length === 0
      ? []
      : [`Parameters, under \`guardrails.parameters\` in \`demarc.json\`:\n\n${parameters.join("\n")}`]),
    ...(info.controls.length === 0 ? [] : [`Related: ${info.controls.join("; ")}.`]),
  ];
  return { code: `${GUARD_CODE}${info.name}`, name: info.name, severity: info.severity, text: parts.join("\n\n") };
}
