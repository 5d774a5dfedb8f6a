/** Names in endpoint expressions: what they stand for, and what is said of one that stands for nothing. */
import type { RefExpr } from "../../../grammar/syntax/nodes.js";
import type { ImportSymbol, MemberSymbol, NamedSymbol } from "../../bind/symbols.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import { PROTOCOL_NAMES, RESERVED_WORDS, STD } from "../../std/names.js";
import { nearest } from "../../suggest.js";
import { refText } from "./canonical.js";
import { type Place, renaming, reportAt } from "./report.js";
import { membersOf, type Scope } from "./scope.js";

/** What a name in an endpoint expression stands for. */
export type EndpointName =
  | { readonly kind: "group"; readonly symbol: NamedSymbol }
  /** A segment, place, network, subnet, host or external: `path` is how its holdings are found. */
  | { readonly kind: "declared"; readonly path: string; readonly symbol: NamedSymbol | MemberSymbol };

/** Resolves a name; undefined where it stands for no endpoints, which has then been reported, here or before. */
export function resolveEndpointName(expr: RefExpr, scope: Scope, place: Place): EndpointName | undefined {
  const { names } = expr.ref;
  const [first, ...rest] = names;
  if (first === undefined || names.some((name) => name.missing) || RESERVED_WORDS.has(first.text)) return undefined;
  if (expr.args !== undefined) {
    reportAt(place, expr, expressionsCatalogue["call-in-expression"], { name: refText(expr.ref) });
    return undefined;
  }
  const symbol = scope.context.symbols.names.get(first.text);
  if (symbol === undefined && scope.context.faulty.has(first.text)) return undefined;
  if (symbol === undefined || symbol.kind === "import" || symbol.kind === "service") {
    reportOther(expr, first.text, symbol, scope, place);
    return undefined;
  }
  if (symbol.kind === "group" && rest.length === 0) return { kind: "group", symbol };
  return scope.isFaulty(first.text) ? undefined : resolvePath(expr, symbol, scope, place);
}

/** Follows a path from the shared namespace into its members. */
function resolvePath(expr: RefExpr, symbol: NamedSymbol, scope: Scope, place: Place): EndpointName | undefined {
  let at: NamedSymbol | MemberSymbol = symbol;
  let path = symbol.name;
  for (const name of expr.ref.names.slice(1)) {
    const member: MemberSymbol | undefined = at.members.get(name.text);
    if (scope.isFaulty(`${path}.${name.text}`)) return undefined;
    if (member === undefined) {
      reportMember(expr, at, path, name, place);
      return undefined;
    }
    at = member;
    path = member.path;
  }
  return { kind: "declared", path, symbol: at };
}

function reportMember(
  expr: RefExpr,
  owner: NamedSymbol | MemberSymbol,
  path: string,
  name: RefExpr["ref"]["names"][number],
  place: Place,
): void {
  const { kind } = owner;
  if (kind !== "network" && kind !== "external" && kind !== "subnet") {
    reportAt(place, expr, expressionsCatalogue["no-members"], { owner: path, kind });
    return;
  }
  const suggestion = nearest(name.text, owner.members.keys());
  const members = kind === "network" ? "subnet or host" : "host";
  reportAt(
    place,
    name,
    expressionsCatalogue["unknown-member"],
    { owner: path, kind, name: name.text, suggestion, members, known: [...owner.members.keys()] },
    { edits: renaming(place, name, suggestion) },
  );
}

/** Reports a first name that is nothing, or something that has no endpoints. */
function reportOther(
  expr: RefExpr,
  name: string,
  symbol: NamedSymbol | ImportSymbol | undefined,
  scope: Scope,
  place: Place,
): void {
  const text = refText(expr.ref);
  const what = otherKind(expr, name, symbol, scope);
  if (what !== undefined) {
    reportAt(place, expr, expressionsCatalogue["not-endpoints"], { what: `${what} \`${text}\`` });
    return;
  }
  const at = expr.ref.names[0] ?? expr;
  const suggestion = suggest(expr, name, scope);
  const wanted = expr.ref.names.length === 1 ? expr : at;
  reportAt(
    place,
    wanted,
    expressionsCatalogue["unknown-endpoints"],
    { name, suggestion },
    {
      edits: renaming(place, wanted, suggestion),
    },
  );
}

/** The kind of thing that a name without endpoints stands for. */
function otherKind(
  expr: RefExpr,
  name: string,
  symbol: NamedSymbol | ImportSymbol | undefined,
  scope: Scope,
): string | undefined {
  if (symbol?.kind === "service" || name === STD || PROTOCOL_NAMES.has(name)) return "service";
  if (symbol?.kind === "import") return expr.ref.names.length === 1 ? "import" : "imported service";
  if (expr.ref.names.length > 1) return undefined;
  if (scope.context.symbols.links.has(name)) return "link";
  return scope.context.symbols.policies.has(name) ? "policy" : undefined;
}

/** The name that was meant: a member that was named without its parent, else the nearest name with endpoints. */
function suggest(expr: RefExpr, name: string, scope: Scope): string | undefined {
  const all = [...scope.context.symbols.names.values()].filter(
    (symbol): symbol is NamedSymbol => symbol.kind !== "import" && symbol.kind !== "service",
  );
  if (expr.ref.names.length === 1) {
    const members = all.flatMap(membersOf).filter((member) => member.name === name);
    const [only] = members;
    if (members.length === 1 && only !== undefined) return only.path;
  }
  return nearest(
    name,
    all.map((symbol) => symbol.name),
  );
}
