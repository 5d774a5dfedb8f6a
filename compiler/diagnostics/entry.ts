/** Short ways to write entries of the catalogues and the words in them. */
import type { DiagnosticEntry } from "../../grammar/diagnostic.js";

/** An entry of level error. */
export function error<P>(
  code: string,
  message: (params: P) => string,
  help?: (params: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity: "error", message, ...(help === undefined ? {} : { help }) };
}

/** An entry of level warning. */
export function warning<P>(
  code: string,
  message: (params: P) => string,
  help?: (params: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity: "warning", message, ...(help === undefined ? {} : { help }) };
}

/** Names in back-ticks, joined as in speech: `a`, `b` or `c`. */
export function listed(names: readonly string[], joiner: "or" | "and" = "or"): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} ${joiner} ${last}`;
}

/** A noun with its indefinite article. */
export function article(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** The question that offers the nearest name, where there is one. */
export function didYouMean(near: string | undefined): string | undefined {
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}
