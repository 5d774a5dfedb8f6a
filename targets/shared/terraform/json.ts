/**
 * Values of the tree as Terraform JSON: keys in code-point order, two spaces, as `JSON.stringify` lays them out. In text
 * `${` and `%{` are doubled, so that Terraform evaluates expressions only.
 */
import { compareCodePoints } from "../../../grammar/source.js";
import { isExpression } from "./values.js";

/** Text that Terraform takes as it is. */
export function escapeText(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opener) => `${opener[0]}${opener}`);
}

/** Literal text or a key as JSON. */
export function quoted(text: string): string {
  return JSON.stringify(escapeText(text));
}

/**
 * A value as JSON, its first line without indentation and the others behind `indent`: expressions in `${…}`, text and keys
 * escaped, absent attributes left out. Throws where a value is none that a tree holds.
 */
export function valueText(value: unknown, indent: string): string {
  if (isExpression(value)) return JSON.stringify(`\${${value.expression}}`);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) throw new Error(`no value of a tree: ${String(value)}`);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return bracketed(
      "[",
      value.map((item) => inner + valueText(item, inner)),
      `${indent}]`,
    );
  }
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]) => [escapeText(key), part] as const)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, part]) => `${inner}${JSON.stringify(key)}: ${valueText(part, inner)}`);
  return bracketed("{", members, `${indent}}`);
}

function bracketed(open: string, items: readonly string[], close: string): string {
  return items.length === 0 ? open + close.trimStart() : `${open}\n${items.join(",\n")}\n${close}`;
}
