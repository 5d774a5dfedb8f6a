/**
 * Identities of rules, shares and invariants (language.md §8): the name of the policy and 8 hexadecimal digits of the
 * SHA-256 of the canonical text. The text is what the identity covers, so that anybody can recompute it.
 */
import { compareCodePoints } from "../../../grammar/source.js";
import type { Arrow, Expr } from "../../../grammar/syntax/nodes.js";
import { sha256 } from "../../sha256.js";
import { canonicalNames, canonicalText } from "../expressions/canonical.js";

/** What stands in place of a policy's name in the identity of an invariant at top level. */
export const PACKAGE = "package";

const DIGITS = 8;

/** The identity of a statement with this canonical text. `policy` is absent at top level. */
export function identityOf(policy: string | undefined, text: string): string {
  return `${policy ?? PACKAGE}-${sha256(text).slice(0, DIGITS)}`;
}

/** The canonical text of a rule or invariant, and whether its sides were swapped to sort those of a `<->`. */
export interface FlowText {
  readonly text: string;
  readonly swapped: boolean;
}

/** `source -> destination on service`. Without a service, the invariant is about every one: `any`. */
export function flowText(source: Expr, arrow: Arrow, destination: Expr, service: Expr | undefined): FlowText {
  const from = canonicalText(source);
  const to = canonicalText(destination);
  const on = service === undefined ? "any" : canonicalText(service);
  const swapped = arrow === "<->" && compareCodePoints(from, to) > 0;
  const [left, right] = swapped ? [to, from] : [from, to];
  return { text: `${left} ${arrow} ${right} on ${on}`, swapped };
}

/** `what with segments at places`; without `at` the last part is absent. Dates and reasons do not count. */
export function shareText(what: Expr, segments: readonly string[], places: readonly string[]): string {
  const at = places.length === 0 ? "" : ` at ${canonicalNames(places)}`;
  return `${canonicalText(what)} with ${canonicalNames(segments)}${at}`;
}
