/** Parts of a module's files that are printed alike for every cloud: outputs, and where variables and blocks come from. */
import type { ProvenanceEntry } from "../../../compiler/contract.js";
import type { Span } from "../../../grammar/source.js";
import type { Value } from "./values.js";

/** The outputs of a module as the value of `output`. */
export function outputsOf(
  outputs: readonly {
    readonly name: string;
    readonly description: string;
    readonly value: Readonly<Record<string, Value>>;
  }[],
): Value {
  const out: Record<string, Value> = {};
  for (const { name, description, value } of outputs) out[name] = { description, value };
  return out;
}

/** One entry for each source of each variable. */
export function variableProvenance(
  variables: readonly {
    readonly name: string;
    readonly origins: readonly { readonly id: string; readonly span: Span }[];
  }[],
  file: string,
): readonly ProvenanceEntry[] {
  return variables.flatMap(({ name, origins }) =>
    origins.map(({ id, span }) => ({ file, at: pointer(["variable", name]), id, source: span })),
  );
}

/** A JSON pointer (RFC 6901). */
export function pointer(parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
