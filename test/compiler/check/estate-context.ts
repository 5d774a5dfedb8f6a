/**
 * A check context made of program text by the shortest way: it takes every declaration at its word. The tests of
 * expressions and statements stand on it, so that they do not depend on how declarations are checked.
 */
import type { ImportSymbol, MemberSymbol, NamedKind, NamedSymbol, UnitSymbol } from "../../../compiler/bind/symbols.js";
import type { CheckContext } from "../../../compiler/check/context.js";
import type { Day, Holding } from "../../../compiler/model/estate.js";
import { AddressSet } from "../../../compiler/sets/address-set.js";
import { type Diagnostic, Diagnostics } from "../../../grammar/diagnostic.js";
import { parseFile } from "../../../grammar/parse.js";
import { SourceFile, span, spanText } from "../../../grammar/source.js";
import type { Declaration, Expr, SyntaxFile } from "../../../grammar/syntax/nodes.js";
import { assert } from "../../support/harness.js";

const KINDS: readonly string[] = ["segment", "cloud", "router", "external", "network", "group", "service"];

/** What the tests vary beyond the text. */
export interface ContextOptions {
  readonly today?: Day;
  /** Paths to leave out as if they had been found faulty. */
  readonly faulty?: readonly string[];
  /** Imported packages of services: text by alias. */
  readonly imports?: Readonly<Record<string, string>>;
}

/** A context with the files that it was made of. */
export interface TestPackage {
  readonly context: CheckContext;
  readonly files: readonly SyntaxFile[];
  readonly diagnostics: Diagnostics;
}

/** Parses `texts` (one file, or several by path) and declares everything in them. They must have no syntax error. */
export function packageOf(texts: string | Readonly<Record<string, string>>, options: ContextOptions = {}): TestPackage {
  const diagnostics = new Diagnostics();
  const byPath = typeof texts === "string" ? { "main.demarc": texts } : texts;
  const files = Object.entries(byPath).map(([path, text]) => parseFile(new SourceFile(path, text), diagnostics));
  assert.equal(diagnostics.sorted().map(headline), [], "the text of a test has syntax errors");
  const names = new Map<string, NamedSymbol | ImportSymbol>();
  const policies = new Map<string, UnitSymbol>();
  const links = new Map<string, UnitSymbol>();
  for (const file of files) {
    for (const item of file.items) {
      if (item.kind !== "Declaration") continue;
      const symbol = symbolOf(item, file);
      if (KINDS.includes(item.word.text)) names.set(symbol.name, symbol);
      if (item.word.text === "policy") policies.set(symbol.name, { ...symbol, kind: "policy" });
      if (item.word.text === "link") links.set(symbol.name, { ...symbol, kind: "link" });
    }
  }
  for (const [alias, text] of Object.entries(options.imports ?? {}))
    names.set(alias, importOf(alias, text, diagnostics));
  const faulty = new Set(options.faulty ?? []);
  const named = [...names.values()].filter((symbol) => symbol.kind !== "import");
  const context: CheckContext = {
    symbols: { names, policies, links },
    diagnostics,
    holdings: named.flatMap((symbol) => holdingsOf(symbol, faulty)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    domains: new Set(named.filter(({ kind, name }) => kind === "segment" && !faulty.has(name)).map(({ name }) => name)),
    faulty,
    today: options.today ?? { year: 2026, month: 7, day: 1 },
  };
  return { context, files, diagnostics };
}

function importOf(alias: string, text: string, diagnostics: Diagnostics): ImportSymbol {
  const file = parseFile(new SourceFile(`${alias}/services.demarc`, text), diagnostics);
  const services = new Map<string, NamedSymbol>();
  for (const item of file.items) {
    if (item.kind === "Declaration") services.set(item.name.names[0]?.text ?? "", symbolOf(item, file));
  }
  const path = { kind: "String", value: alias, start: 0, end: 0 } as const;
  const syntax = { kind: "Import", path, start: 0, end: 0 } as const;
  const package_ = { directory: alias, services, imports: new Map<string, ImportSymbol>() };
  return { kind: "import", name: alias, syntax, file, span: span(file.source, 0, 0), package: package_ };
}

function symbolOf(declaration: Declaration, file: SyntaxFile): NamedSymbol {
  const name = declaration.name.names.map((each) => each.text).join(".");
  const at = span(file.source, declaration.name.start, declaration.name.end);
  const kind = declaration.word.text as NamedKind;
  return { kind, name, declaration, file, span: at, members: membersOf(declaration, file, name) };
}

function membersOf(declaration: Declaration, file: SyntaxFile, parent: string): ReadonlyMap<string, MemberSymbol> {
  const members = new Map<string, MemberSymbol>();
  for (const item of declaration.body?.items ?? []) {
    if (item.kind !== "Declaration" || (item.word.text !== "subnet" && item.word.text !== "host")) continue;
    const name = item.name.names[0]?.text ?? "";
    const path = `${parent}.${name}`;
    const at = span(file.source, item.name.start, item.name.end);
    const kind = item.word.text;
    members.set(name, { kind, name, path, declaration: item, file, span: at, members: membersOf(item, file, path) });
  }
  return members;
}

function propertyOf(declaration: Declaration, key: string): Expr | undefined {
  for (const item of declaration.body?.items ?? []) {
    if (item.kind === "Property" && item.key.text === key) return item.value;
  }
  return undefined;
}

function addressesOf(declaration: Declaration, key: "cidr" | "address"): AddressSet {
  const value = propertyOf(declaration, key);
  const items = value === undefined ? [] : value.kind === "List" ? value.items : [value];
  return AddressSet.unionAll(
    items.map((item) => {
      if (item.kind !== "Literal") throw new Error("a test declares only literal addresses");
      if (item.literal.form === "prefix") return AddressSet.ofPrefix(item.literal.prefix);
      if (item.literal.form === "address") return AddressSet.ofAddress(item.literal.address);
      throw new Error("a test declares only prefixes and addresses");
    }),
  );
}

function labelsOf(declaration: Declaration, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const labels = new Map(outer);
  const value = propertyOf(declaration, "labels");
  for (const { key, value: text } of value?.kind === "Object" ? value.entries : []) {
    if (text.kind === "String") labels.set(key.kind === "Name" ? key.text : key.value, text.value);
  }
  return labels;
}

function holdingsOf(symbol: NamedSymbol, faulty: ReadonlySet<string>): readonly Holding[] {
  const { kind, declaration } = symbol;
  if (kind !== "network" && kind !== "external") return [];
  const domain = declaration.headers.find((header) => header.word === "in")?.refs[0]?.names[0]?.text ?? "";
  const place = declaration.headers.find((header) => header.word === "at")?.refs[0]?.names[0]?.text ?? "";
  if ([symbol.name, domain, place].some((name) => faulty.has(name))) return [];
  return collect(kind, symbol, symbol.name, domain, labelsOf(declaration, new Map()), faulty);
}

function collect(
  kind: Holding["kind"],
  symbol: NamedSymbol | MemberSymbol,
  path: string,
  domain: string,
  labels: ReadonlyMap<string, string>,
  faulty: ReadonlySet<string>,
): readonly Holding[] {
  const members = [...symbol.members.values()].filter((member) => !faulty.has(member.path));
  const inner = members.flatMap((member) =>
    collect(member.kind, member, member.path, domain, labelsOf(member.declaration, labels), faulty),
  );
  const hasSubnets = [...symbol.members.values()].some((member) => member.kind === "subnet");
  const own = addressesOf(symbol.declaration, kind === "host" ? "address" : "cidr");
  const addresses = own.subtract(AddressSet.unionAll(inner.map((each) => each.addresses)));
  const site = path.split(".")[0] ?? path;
  const holding: Holding = { kind, path, domain, site, addresses, labels, span: symbol.span };
  return hasSubnets ? inner : [holding, ...inner];
}

/** A diagnostic as one line: code, level, the underlined text, the message, the help. */
export function headline({ code, severity, span: at, message, help }: Diagnostic): string {
  const where = at === undefined ? "" : ` [${spanText(at)}]`;
  return `${code} ${severity}${where} ${message}${help === undefined ? "" : ` | ${help}`}`;
}

/** All findings, in canonical order, as lines. */
export function headlines(diagnostics: Diagnostics): readonly string[] {
  return diagnostics.sorted().map(headline);
}

/** The company of most tests: four segments, two clouds, three routers, an external, labels, IPv6. */
export const ACME = `
segment prod { }
segment pci  { }
segment dev  { }
segment partners { }
cloud use1 { provider = aws  region = "us-east-1" }
cloud ue4  { provider = gcp  region = "us-east4" }
router chi { os = junos  loopback = 192.0.2.1 }
router ash { os = iosxr  loopback = 192.0.2.2 }
router carrier { os = unmanaged  asn = 64999 }
external globex in partners {
  cidr = 203.0.113.0/26
  host edi { address = 203.0.113.9  labels = { tier = "edge" } }
}
network shop in prod at use1 {
  cidr = 10.20.0.0/16
  labels = { app = "shop" }
  subnet web { cidr = 10.20.1.0/24  labels = { tier = "web" } }
  subnet db  { cidr = 10.20.2.0/24  labels = { tier = "db" } }
}
network vault in pci at use1 {
  cidr = 10.30.0.0/16
  subnet cards { cidr = 10.30.1.0/24 }
}
network tills in pci at chi { cidr = 10.31.0.0/24 }
network floor in prod at ash {
  cidr = 10.1.0.0/24
  labels = { tier = "floor" }
  host orders { address = 10.1.0.9  labels = { tier = "api" } }
}
network office in prod at chi { cidr = [10.5.0.0/24, 2001:db8:5::/64]  labels = { tier = "office" }  attach ash { } }
network guests in prod at ash { cidr = 2001:db8:9::/64  labels = { tier = "guests" } }
service browse = [tcp/80, tcp/443]
group frontends = prod where tier = "web"
link backbone between chi and ash { kind = mpls }
`;
