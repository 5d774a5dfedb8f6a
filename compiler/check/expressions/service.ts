/** Service expressions: sets of protocol and destination port, or ICMP type and code (language.md §6). */
import type { ServiceLiteral } from "../../../grammar/literals.js";
import type { BinaryExpr, Expr, LiteralExpr, RefExpr } from "../../../grammar/syntax/nodes.js";
import type { ImportSymbol, NamedSymbol } from "../../bind/symbols.js";
import { expressionsCatalogue } from "../../diagnostics/expressions-catalogue.js";
import { ServiceSet } from "../../sets/service-set.js";
import { icmpTypeNames, icmpTypeNumber } from "../../std/icmp-types.js";
import { PROTOCOL_NAMES, RESERVED_WORDS, STD, UNNAMED_PROTOCOLS } from "../../std/names.js";
import { STD_ALIASES, STD_SERVICE_NAMES, stdService } from "../../std/services.js";
import { nearest } from "../../suggest.js";
import type { CheckContext } from "../context.js";
import { operandsOf, refText } from "./canonical.js";
import { literalText } from "./literal-text.js";
import { type Definition, goesTooDeep } from "./nesting.js";
import {
  describeValue,
  type Place,
  renaming,
  replacing,
  reportAt,
  reportCircle,
  shown,
  unwrapped,
  type Written,
} from "./report.js";
import { evaluatedServices } from "./scope.js";

/** The names that a service expression sees: those of its own package, which for an imported one is not the root. */
interface Names {
  readonly find: (name: string) => NamedSymbol | ImportSymbol | undefined;
  readonly all: () => Iterable<NamedSymbol | ImportSymbol>;
}

interface Frame extends Place {
  readonly names: Names;
  /** The named services being evaluated around this place, the innermost last. */
  readonly within: readonly NamedSymbol[];
}

/**
 * The services that an expression denotes, never none. Undefined where it is faulty or depends on a faulty declaration:
 * that has been reported, here or where the declaration stands.
 */
export function evaluateService(expr: Expr, context: CheckContext, file: Written): ServiceSet | undefined {
  return operand(expr, { context, source: file.source, names: rootNames(context), within: [] });
}

/** The value of a service that the package declares; undefined where it is faulty. */
export function evaluateNamedService(symbol: NamedSymbol, context: CheckContext): ServiceSet | undefined {
  return namedValue(symbol, context, rootNames(context), []);
}

/** The value of a service of an imported package; undefined where it is faulty. */
export function evaluateImportedService(
  service: NamedSymbol,
  from: ImportSymbol,
  context: CheckContext,
): ServiceSet | undefined {
  return namedValue(service, context, importedNames(from), []);
}

function rootNames(context: CheckContext): Names {
  const { names } = context.symbols;
  return { find: (name) => names.get(name), all: () => names.values() };
}

/** The names inside an imported package. */
function importedNames(symbol: ImportSymbol): Names {
  const { services, imports } = symbol.package;
  return {
    find: (name) => services.get(name) ?? imports.get(name),
    all: () => [...services.values(), ...imports.values()],
  };
}

function namedValue(
  symbol: NamedSymbol,
  context: CheckContext,
  names: Names,
  within: readonly NamedSymbol[],
): ServiceSet | undefined {
  const evaluated = evaluatedServices(context);
  const known = evaluated.get(symbol);
  if (known === "running") return undefined;
  if (known !== undefined || evaluated.has(symbol)) return known;
  if (goesTooDeep(definition(symbol, names), context)) return undefined;
  evaluated.set(symbol, "running");
  const { value: expr } = symbol.declaration;
  const faulty = context.faulty.has(symbol.name) && context.symbols.names.get(symbol.name) === symbol;
  const frame: Frame = { context, source: symbol.file.source, names, within: [...within, symbol] };
  const value = expr === undefined || faulty ? undefined : operand(expr, frame);
  evaluated.set(symbol, value);
  return value;
}

function operand(expr: Expr, frame: Frame): ServiceSet | undefined {
  const value = evaluate(expr, frame);
  if (value === undefined || !value.isEmpty()) return value;
  reportAt(frame, expr, expressionsCatalogue["empty-service"], { why: whyEmpty(unwrapped(expr)) });
  return undefined;
}

function evaluate(expr: Expr, frame: Frame): ServiceSet | undefined {
  switch (expr.kind) {
    case "Any":
      return ServiceSet.any;
    case "Paren":
      return evaluate(expr.inner, frame);
    case "List":
      return unionOf(expr.items, frame);
    case "Literal":
      return evaluateLiteral(expr, frame);
    case "RefExpr":
      return evaluateName(expr, frame);
    case "Binary":
      return expr.op === "+" ? unionOf(operandsOf(expr, "+"), frame) : evaluateBinary(expr, frame);
    case "Where":
      reportAt(frame, expr, expressionsCatalogue["where-on-service"], {});
      return undefined;
    case "Missing":
      return undefined;
    default:
      reportAt(frame, expr, expressionsCatalogue["not-a-service"], { what: describeValue(expr) ?? "this" });
      return undefined;
  }
}

function unionOf(items: readonly Expr[], frame: Frame): ServiceSet | undefined {
  const values = items.map((item) => operand(item, frame));
  const sound = values.filter((value) => value !== undefined);
  return sound.length === values.length ? ServiceSet.unionAll(sound) : undefined;
}

function evaluateBinary(expr: BinaryExpr, frame: Frame): ServiceSet | undefined {
  const left = operand(expr.left, frame);
  const right = expr.op === "-" ? evaluate(expr.right, frame) : operand(expr.right, frame);
  if (left === undefined || right === undefined) return undefined;
  return expr.op === "&" ? left.intersect(right) : left.subtract(right);
}

function evaluateLiteral(expr: LiteralExpr, frame: Frame): ServiceSet | undefined {
  const { literal } = expr;
  if (literal.form === "invalid") return undefined;
  if (literal.form !== "service") {
    reportNumber(expr, frame);
    return undefined;
  }
  const { service } = literal;
  const value = serviceOfLiteral(service);
  if (value === undefined && "type" in service) reportIcmpType(expr, service.protocol, String(service.type), frame);
  return value;
}

/** The services of a literal; undefined where it names an ICMP type that does not exist. */
export function serviceOfLiteral(service: ServiceLiteral): ServiceSet | undefined {
  switch (service.protocol) {
    case "ip":
      return ServiceSet.protocol(service.number);
    case "tcp":
    case "udp":
      return ServiceSet.ports(service.protocol, service.first, service.last);
    case "icmp":
    case "icmpv6": {
      const type = typeof service.type === "number" ? service.type : icmpTypeNumber(service.protocol, service.type);
      return type === undefined ? undefined : ServiceSet.icmp(service.protocol === "icmp" ? 4 : 6, type, service.code);
    }
  }
}

function reportNumber(expr: LiteralExpr, frame: Frame): void {
  const { literal } = expr;
  const what = describeValue(expr) ?? "this";
  const edits =
    literal.form === "int" && literal.value <= 65535
      ? ["tcp", "udp"].map((protocol) => {
          const text = `${protocol}/${literal.value}`;
          return replacing(frame, expr, `write \`${text}\``, text, false);
        })
      : [];
  reportAt(
    frame,
    expr,
    expressionsCatalogue["not-a-service"],
    { what: `${what}, \`${literalText(literal)}\`,` },
    { edits },
  );
}

function reportIcmpType(expr: LiteralExpr, protocol: "icmp" | "icmpv6", name: string, frame: Frame): void {
  const suggestion = nearestIcmpType(protocol, name);
  const edits = renaming(frame, expr, suggestion === undefined ? undefined : `${protocol}/${suggestion}`);
  reportAt(frame, expr, expressionsCatalogue["unknown-icmp-type"], { protocol, name, suggestion }, { edits });
}

/** The type that was meant: one whose name only goes on (`echo` for `echo-request`), else the nearest. */
function nearestIcmpType(protocol: "icmp" | "icmpv6", name: string): string | undefined {
  const names = icmpTypeNames(protocol);
  return names.find((each) => each === `${name}-request`) ?? nearest(name, names);
}

function evaluateName(expr: RefExpr, frame: Frame): ServiceSet | undefined {
  const { names } = expr.ref;
  const [first, second] = names;
  if (first === undefined || names.some((name) => name.missing) || RESERVED_WORDS.has(first.text)) return undefined;
  if (expr.args !== undefined) {
    reportAt(frame, expr, expressionsCatalogue["call-in-expression"], { name: refText(expr.ref) });
    return undefined;
  }
  const protocol = PROTOCOL_NAMES.get(first.text);
  if (protocol !== undefined && names.length === 1) return ServiceSet.protocol(protocol);
  if (first.text === STD && second !== undefined && names.length === 2) return evaluateStd(expr, second.text, frame);
  if (first.text === STD && second === undefined) {
    reportAt(frame, expr, expressionsCatalogue["not-a-service"], {
      what: "`std`, which holds the well-known services,",
    });
    return undefined;
  }
  return follow(expr, frame);
}

function evaluateStd(expr: RefExpr, name: string, frame: Frame): ServiceSet | undefined {
  const service = stdService(name);
  if (service === undefined) {
    reportUnknown(
      expr,
      `${STD}.${name}`,
      STD_SERVICE_NAMES.map((each) => `${STD}.${each}`),
      frame,
    );
    return undefined;
  }
  return ServiceSet.unionAll(service.parts.map(serviceOfLiteral).filter((part) => part !== undefined));
}

function definition(symbol: NamedSymbol, names: Names): Definition {
  return { symbol, find: (ref) => definitionOf(ref, names) };
}

/** The named service that a reference leads to, through imports where it has to. */
function definitionOf({ ref }: RefExpr, from: Names): Definition | undefined {
  let names = from;
  for (const name of ref.names) {
    const symbol = names.find(name.text);
    if (symbol?.kind === "service") return definition(symbol, names);
    if (symbol?.kind !== "import") return undefined;
    names = importedNames(symbol);
  }
  return undefined;
}

/** Follows a path through imports to a named service. */
function follow(expr: RefExpr, frame: Frame): ServiceSet | undefined {
  let names = frame.names;
  let prefix = "";
  for (const [index, name] of expr.ref.names.entries()) {
    const symbol = names.find(name.text);
    const last = index === expr.ref.names.length - 1;
    if (symbol?.kind === "import" && !last) {
      names = importedNames(symbol);
      prefix += `${name.text}.`;
      continue;
    }
    if (symbol?.kind === "service" && last) return evaluateSymbol(expr, symbol, names, frame);
    reportUnresolved(expr, symbol, names, prefix, frame);
    return undefined;
  }
  return undefined;
}

function evaluateSymbol(expr: RefExpr, symbol: NamedSymbol, names: Names, frame: Frame): ServiceSet | undefined {
  const circle = frame.within.indexOf(symbol);
  if (circle >= 0) {
    reportCircle(expr, "service", frame.within.slice(circle), frame);
    return undefined;
  }
  return namedValue(symbol, frame.context, names, frame.within);
}

function reportUnresolved(
  expr: RefExpr,
  symbol: NamedSymbol | ImportSymbol | undefined,
  names: Names,
  prefix: string,
  frame: Frame,
): void {
  const text = refText(expr.ref);
  const root = frame.context.faulty.has(expr.ref.names[0]?.text ?? "") && prefix === "";
  if (symbol === undefined && root) return;
  if (symbol === undefined) {
    const known = [...names.all()].filter((each) => each.kind === "service" || each.kind === "import");
    const protocols = prefix === "" ? PROTOCOL_NAMES.keys() : [];
    reportUnknown(expr, text, [...known.map((each) => prefix + each.name), ...protocols], frame);
    return;
  }
  const what = expr.ref.names.length > 1 && symbol.kind !== "import" ? `\`${text}\`` : `${symbol.kind} \`${text}\``;
  reportAt(frame, expr, expressionsCatalogue["not-a-service"], { what });
}

/** Reports a name without a service; one that `std`, an import or a protocol number would give comes with that. */
function reportUnknown(expr: RefExpr, name: string, candidates: readonly string[], frame: Frame): void {
  const suggestion = aliased(name) ?? elsewhere(name, frame) ?? misspeltHead(expr, frame) ?? nearest(name, candidates);
  const edits = renaming(frame, expr, suggestion);
  reportAt(frame, expr, expressionsCatalogue["unknown-service"], { name, suggestion }, { edits });
}

/** The service of `std` that is known by this name too. */
function aliased(name: string): string | undefined {
  const service = STD_ALIASES.get(name.startsWith(`${STD}.`) ? name.slice(STD.length + 1) : name);
  return service === undefined ? undefined : `${STD}.${service}`;
}

/** Where a service of just this name is: in `std`, in one of the imports, or behind a protocol number. */
function elsewhere(name: string, frame: Frame): string | undefined {
  if (stdService(name) !== undefined) return `${STD}.${name}`;
  const number = UNNAMED_PROTOCOLS.get(name);
  if (number !== undefined) return `ip/${number}`;
  const inside = [...frame.names.all()].filter((each) => each.kind === "import" && each.package.services.has(name));
  const [only, more] = inside;
  return only === undefined || more !== undefined ? undefined : `${only.name}.${name}`;
}

/** The path with its first name mended, where that alone was wrong. */
function misspeltHead(expr: RefExpr, frame: Frame): string | undefined {
  const [first, ...rest] = expr.ref.names;
  if (first === undefined || rest.length === 0 || frame.names.find(first.text) !== undefined) return undefined;
  const imports = [...frame.names.all()].filter((each) => each.kind === "import").map((each) => each.name);
  const head = first.text === STD ? undefined : nearest(first.text, [STD, ...imports]);
  return head === undefined ? undefined : [head, ...rest.map((name) => name.text)].join(".");
}

/** Why an expression whose operands have services has none. */
function whyEmpty(expr: Expr): string {
  if (expr.kind === "List") return "an empty list denotes no services";
  if (expr.kind === "Binary" && expr.op === "&") {
    return `${shown(expr.left)} and ${shown(expr.right)} have no service in common`;
  }
  if (expr.kind === "Binary") return `${shown(expr.right)} leaves nothing of ${shown(expr.left)}`;
  return `${shown(expr)} denotes no services`;
}
