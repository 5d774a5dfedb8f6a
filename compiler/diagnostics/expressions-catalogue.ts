/** Findings about endpoint, service and label expressions: DMC15xx. */
import { catalogue, type DiagnosticEntry } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";

/** An entry of severity error. */
function error<P>(
  code: string,
  message: (params: P) => string,
  help?: (params: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity: "error", message, ...(help === undefined ? {} : { help }) };
}

/** `did you mean`, where a name is near. */
function near(suggestion: string | undefined, otherwise?: string): string | undefined {
  return suggestion === undefined ? otherwise : `did you mean \`${suggestion}\`?`;
}

const MOST_LISTED = 6;

/** `it is one of …`, where there are few enough to list. */
function oneOf(known: readonly string[]): string | undefined {
  if (known.length === 0 || known.length > MOST_LISTED) return undefined;
  const names = [...known].sort(compareCodePoints).map((each) => `\`${each}\``);
  return names.length === 1 ? `there is only ${names[0] ?? ""}` : `there are ${names.join(", ")}`;
}

interface Unknown {
  readonly name: string;
  readonly suggestion: string | undefined;
}

/** The catalogue of endpoint, service and label expressions. */
export const expressionsCatalogue = catalogue({
  "unknown-endpoints": error<Unknown>(
    "DMC1501",
    ({ name }) => `nothing is called \`${name}\``,
    ({ suggestion }) => near(suggestion, "name a segment, cloud, router, external, network, subnet, host or group"),
  ),
  "unknown-member": error<Unknown & { owner: string; kind: string; members: string; known: readonly string[] }>(
    "DMC1502",
    ({ owner, kind, name, members }) => `${kind} \`${owner}\` has no ${members} called \`${name}\``,
    ({ suggestion, known, owner }) => near(suggestion, oneOf(known) ?? `declare it inside \`${owner}\``),
  ),
  "no-members": error<{ owner: string; kind: string }>(
    "DMC1503",
    ({ owner, kind }) => `${kind} \`${owner}\` has no members to reach by a path`,
    ({ kind }) => (kind === "host" ? "a host is the last part of a path" : "paths begin at a network or an external"),
  ),
  "not-endpoints": error<{ what: string }>(
    "DMC1504",
    ({ what }) => `${what} does not denote endpoints`,
    () => "services stand after `on`; here name a segment, place, network, subnet, host or group",
  ),
  "not-a-service": error<{ what: string }>(
    "DMC1505",
    ({ what }) => `${what} is not a service`,
    () => "here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
  ),
  "wrong-operand": error<{ found: string; wanted: string }>(
    "DMC1506",
    ({ found, wanted }) => `${found} where ${wanted} are wanted`,
    () => "names and declared addresses stand here, without quotes",
  ),
  "endpoint-host-bits": error<{ text: string; prefix: string }>(
    "DMC1507",
    ({ text }) => `\`${text}\` has bits set beyond its prefix length`,
    ({ prefix }) => `the prefix is \`${prefix}\``,
  ),
  "undeclared-address": error<{ text: string; inside: string | undefined }>(
    "DMC1508",
    ({ text }) => `no network or external declares an endpoint in \`${text}\``,
    ({ inside }) =>
      inside === undefined
        ? "a literal denotes declared endpoints only: declare the address, or correct it"
        : `\`${inside}\` holds it, but only as a router's own address or outside its subnets, where no endpoints are`,
  ),
  "ambiguous-address": error<{ text: string; segments: readonly string[] }>(
    "DMC1509",
    ({ text, segments }) => `\`${text}\` lies in several segments: ${segments.map((each) => `\`${each}\``).join(", ")}`,
    ({ text, segments }) => `say which: \`${text} & ${segments[0] ?? ""}\``,
  ),
  "empty-endpoints": error<{ why: string }>(
    "DMC1510",
    ({ why }) => why,
    () => "an expression without endpoints never widens to `any`: correct it or leave it out",
  ),
  "empty-service": error<{ why: string }>(
    "DMC1511",
    ({ why }) => why,
    () => "an expression without services never widens to `any`: correct it or leave it out",
  ),
  "bare-where": error<{ operator: string }>(
    "DMC1512",
    ({ operator }) => `\`where\` beside \`${operator}\` needs parentheses`,
    () => "say what it filters: the one term, or the whole",
  ),
  "unknown-label": error<Unknown & { known: readonly string[] }>(
    "DMC1513",
    ({ name }) => `no declaration has a label \`${name}\``,
    ({ suggestion, known }) => near(suggestion, oneOf(known) ?? "declare it in the `labels` of what it filters"),
  ),
  "unknown-label-value": error<Unknown & { label: string; known: readonly string[] }>(
    "DMC1514",
    ({ label, name }) => `no declaration has the label \`${label}\` with the value \`${name}\``,
    ({ suggestion, known }) => near(suggestion, oneOf(known) ?? "declare it in the `labels` of what it filters"),
  ),
  "label-not-everywhere": error<{ label: string; at: string; difference: string | undefined }>(
    "DMC1515",
    ({ label, at }) => `\`${at}\` has no label \`${label}\`, so that a negated test of it decides nothing`,
    ({ difference }) =>
      difference === undefined
        ? "give the label to every endpoint, or subtract what should not be there with `-`"
        : `to keep the endpoints without the label, write \`${difference}\``,
  ),
  "label-value-type": error<{ found: string; value: string | undefined }>(
    "DMC1516",
    ({ found }) => `${found} where the value of a label, a text, is wanted`,
    ({ value }) => (value === undefined ? "write it as a text, in quotes" : `write \`"${value}"\``),
  ),
  "recursive-definition": error<{ kind: string; path: readonly string[] }>(
    "DMC1517",
    ({ kind, path }) =>
      path.length === 1
        ? `${kind} \`${path[0] ?? ""}\` is defined by itself`
        : `these definitions go in a circle: ${path.map((each) => `\`${each}\``).join(" -> ")}`,
    () => "write out one of them without the others",
  ),
  "unknown-service": error<Unknown>(
    "DMC1518",
    ({ name }) => `no service is called \`${name}\``,
    ({ suggestion }) => near(suggestion, "declare it, or write it out, as in `tcp/443`"),
  ),
  "unknown-icmp-type": error<Unknown & { protocol: string }>(
    "DMC1519",
    ({ protocol, name }) => `${protocol} has no message type \`${name}\``,
    ({ suggestion, protocol }) => near(suggestion, `write the number of the type, as in \`${protocol}/3\``),
  ),
  "call-in-expression": error<{ name: string }>(
    "DMC1520",
    ({ name }) => `\`${name}(…)\` has no meaning here`,
    () => '`secret("…")` is the only call, and stands only where a secret is wanted',
  ),
  "where-on-service": error<Record<never, never>>(
    "DMC1521",
    () => "`where` filters endpoints by their labels; services have none",
    () => "list the services",
  ),
  "definition-too-deep": error<{ kind: string; name: string; names: number; levels: number }>(
    "DMC1522",
    ({ kind, name }) => `${kind} \`${name}\` is defined through too many others`,
    ({ names, levels }) =>
      `at most ${names} names may be defined through one another, with ${levels} names, brackets and operators in all: write some out`,
  ),
});
