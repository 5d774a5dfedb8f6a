/** Findings about rules, shares and invariants: DMC16xx. */
import { catalogue, type DiagnosticEntry } from "../../grammar/diagnostic.js";

function entry<P>(
  severity: "error" | "warning",
  code: string,
  message: (params: P) => string,
  help?: (params: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity, message, ...(help === undefined ? {} : { help }) };
}

function days(count: number): string {
  if (count === 0) return "today";
  return count === 1 ? "tomorrow" : `in ${count} days`;
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** The catalogue of statements. */
export const statementsCatalogue = catalogue({
  expired: entry<{ statement: string; date: string }>(
    "error",
    "DMC1601",
    ({ statement, date }) => `this ${statement} expired at the end of ${date} (UTC)`,
    ({ statement }) => `take the ${statement} out, or give it a later date`,
  ),
  "expires-soon": entry<{ statement: string; date: string; left: number }>(
    "warning",
    "DMC1602",
    ({ statement, date, left }) => `this ${statement} expires ${days(left)}, at the end of ${date} (UTC)`,
    () => "renew it in time: an expired one is an error",
  ),
  "no-flow": entry<{ statement: string; why: string }>(
    "error",
    "DMC1603",
    ({ statement, why }) => `no flow can match this ${statement}: ${why}`,
    () => "a flow goes between two different endpoints of one address family",
  ),
  "duplicate-statement": entry<{ statement: string; text: string }>(
    "error",
    "DMC1604",
    ({ statement, text }) => `this ${statement} is written twice: \`${text}\``,
    () => "keep one of them; a reason, `log` or a date does not make another",
  ),
  "equal-identity": entry<{ statement: string; id: string }>(
    "error",
    "DMC1605",
    ({ statement, id }) => `this ${statement} has the identity of another one, \`${id}\``,
    () => "write one of the two differently, or move it to another policy",
  ),
  "repeated-clause": entry<{ word: string }>(
    "error",
    "DMC1606",
    ({ word }) => `\`${word}\` stands twice`,
    () => "keep one of them",
  ),
  "share-with-itself": entry<{ segment: string; what: string }>(
    "error",
    "DMC1607",
    ({ segment, what }) => `${what} has endpoints of \`${segment}\` itself, with which it is shared`,
    ({ segment }) => `share what lies in other segments; within \`${segment}\` an \`allow\` is enough`,
  ),
  "with-needs-segments": entry<{ found: string }>(
    "error",
    "DMC1608",
    ({ found }) => `\`with\` takes names of segments, not ${found}`,
    () => "write one segment, or a list of them: `with [prod, dev]`",
  ),
  "unknown-segment-after-with": entry<{ name: string; suggestion: string | undefined }>(
    "error",
    "DMC1609",
    ({ name }) => `no segment is called \`${name}\``,
    ({ suggestion }) => (suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`),
  ),
  "unknown-meeting-place": entry<{ name: string; suggestion: string | undefined }>(
    "error",
    "DMC1610",
    ({ name }) => `no cloud or router is called \`${name}\``,
    ({ suggestion }) => (suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`),
  ),
  "not-a-meeting-place": entry<{ what: string }>(
    "error",
    "DMC1611",
    ({ what }) => `segments cannot meet at ${what}`,
    () => "they meet at a cloud or at a router of ours; a router stands for its core",
  ),
  "never-without-endpoints": entry<{ segments: readonly string[] }>(
    "warning",
    "DMC1612",
    ({ segments }) => `this \`never\` holds because ${quotedList(segments)} has no endpoints yet`,
    () => "it begins to count with the first endpoint there",
  ),
});
