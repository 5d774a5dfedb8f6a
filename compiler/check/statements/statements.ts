/** Services, groups, policies and invariants of a package. */
import { compareCodePoints, compareSpans, type Span } from "../../../grammar/source.js";
import type { Allow, Invariant, Item, Share, SyntaxFile } from "../../../grammar/syntax/nodes.js";
import type { ImportSymbol, NamedSymbol, ServicePackage, UnitSymbol } from "../../bind/symbols.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import type {
  AllowRule,
  InvariantStatement,
  Located,
  NamedGroup,
  NamedService,
  Omissions,
  Policy,
  ShareStatement,
} from "../../model/estate.js";
import type { CheckContext } from "../context.js";
import { evaluateGroup } from "../expressions/endpoints.js";
import { spanOf } from "../expressions/report.js";
import { evaluateImportedService, evaluateNamedService } from "../expressions/service.js";
import type { StatementPlace } from "./flow-statement.js";
import { checkInvariant } from "./invariant.js";
import { checkAllow } from "./rule.js";
import { checkShare } from "./share.js";

/** What the statements of a package say. Lists are sorted: by name, statements by identity. */
export interface CheckedStatements {
  readonly services: readonly NamedService[];
  readonly groups: readonly NamedGroup[];
  readonly policies: readonly Policy[];
  readonly invariants: readonly InvariantStatement[];
  /** What was left out here as faulty or expired; what the checker of declarations left out comes on top. */
  readonly omitted: Omissions;
}

/** Notes what is left out. */
class Ledger {
  any = false;
  routing = false;

  /** Passes on what was checked; where that came to nothing, notes it. */
  keep<T>(checked: T | undefined, routing = false): readonly T[] {
    if (checked !== undefined) return [checked];
    this.any = true;
    if (routing) this.routing = true;
    return [];
  }
}

/** Evaluates and checks everything that a package says beyond its declarations. */
export function checkStatements(
  files: { readonly files: readonly SyntaxFile[] },
  context: CheckContext,
): CheckedStatements {
  const ledger = new Ledger();
  const services = namedServices(context, ledger);
  const groups = namedGroups(context, ledger);
  const invariants = new Collected<InvariantStatement>((each) => `\`${each.kind}\``);
  const policies = [...context.symbols.policies.values()]
    .sort((a, b) => compareCodePoints(a.name, b.name))
    .map((symbol) => checkPolicy(symbol, context, invariants, ledger));
  for (const file of files.files) {
    for (const item of file.items) checkTopLevel(item, { context, source: file.source }, invariants, ledger);
  }
  return {
    services,
    groups,
    policies,
    invariants: invariants.distinct(context, ledger),
    omitted: { any: ledger.any, routing: ledger.routing },
  };
}

function checkTopLevel(
  item: Item,
  place: StatementPlace,
  invariants: Collected<InvariantStatement>,
  ledger: Ledger,
): void {
  if (isStatement(item) && item.faulty) {
    ledger.keep(undefined, item.kind === "Share");
  } else if (item.kind === "Never" || item.kind === "Always") {
    invariants.add(ledger.keep(checkInvariant(item, place)));
  } else if (item.kind === "Allow" || item.kind === "Share") {
    // Reported where names are bound: outside a policy it has no meaning, so that it is left out.
    ledger.keep(undefined, item.kind === "Share");
  }
}

/** True for a rule, a share or an invariant. */
function isStatement(item: Item): item is Allow | Share | Invariant {
  return item.kind === "Allow" || item.kind === "Share" || item.kind === "Never" || item.kind === "Always";
}

function checkPolicy(
  symbol: UnitSymbol,
  context: CheckContext,
  invariants: Collected<InvariantStatement>,
  ledger: Ledger,
): Policy {
  const policy = symbol.name;
  const place: StatementPlace = { context, source: symbol.file.source, policy };
  const rules = new Collected<AllowRule>(() => "rule");
  const shares = new Collected<ShareStatement>(() => "share");
  for (const item of symbol.declaration.body?.items ?? []) {
    if (isStatement(item) && item.faulty) ledger.keep(undefined, item.kind === "Share");
    else if (item.kind === "Allow") rules.add(ledger.keep(checkAllow(item, policy, place)));
    else if (item.kind === "Share") shares.add(ledger.keep(checkShare(item, policy, place), true));
    else if (item.kind === "Never" || item.kind === "Always") invariants.add(ledger.keep(checkInvariant(item, place)));
  }
  return {
    ...declared(symbol),
    ...policyTexts(symbol),
    rules: rules.distinct(context, ledger),
    shares: shares.distinct(context, ledger),
  };
}

/** Statements of one kind, of which equal ones are found when all are there. */
class Collected<T extends { readonly id: string; readonly span: Span; readonly text: string }> {
  readonly #items: T[] = [];
  readonly #nameOf: (item: T) => string;

  constructor(nameOf: (item: T) => string) {
    this.#nameOf = nameOf;
  }

  add(items: readonly T[]): void {
    this.#items.push(...items);
  }

  /** The statements by identity. Of two with one identity the later one is reported and left out. */
  distinct(context: CheckContext, ledger: Ledger): readonly T[] {
    const first = new Map<string, T>();
    for (const item of [...this.#items].sort((a, b) => compareSpans(a.span, b.span))) {
      const key = `${this.#nameOf(item)} ${item.id}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, item);
      else ledger.keep(this.#report(item, earlier, context), this.#nameOf(item) === "share");
    }
    return [...first.values()].sort((a, b) => compareCodePoints(a.id, b.id) || compareSpans(a.span, b.span));
  }

  #report(item: T, earlier: T, { diagnostics }: CheckContext): undefined {
    const statement = this.#nameOf(item);
    const related = [{ message: "the other one is here", span: earlier.span }];
    if (item.text === earlier.text) {
      diagnostics.report(statementsCatalogue["duplicate-statement"], { statement, text: item.text }, item.span, {
        related,
      });
    } else {
      diagnostics.report(statementsCatalogue["equal-identity"], { statement, id: item.id }, item.span, { related });
    }
    return undefined;
  }
}

function declared(symbol: NamedSymbol | UnitSymbol): Pick<Policy, "path" | "name" | "span" | "doc"> {
  const { doc } = symbol.declaration;
  return { path: symbol.name, name: symbol.name, span: symbol.span, ...(doc === undefined ? {} : { doc }) };
}

/** The texts of a policy. Their types are judged with the properties of all kinds; here only what is a text is read. */
function policyTexts(symbol: UnitSymbol): Pick<Policy, "owner" | "ticket" | "description"> {
  const read = (key: string): Located<string> | undefined => {
    for (const item of symbol.declaration.body?.items ?? []) {
      if (item.kind !== "Property" || item.key.text !== key || item.value.kind !== "String") continue;
      return { value: item.value.value, span: spanOf(symbol.file, item.value) };
    }
    return undefined;
  };
  const owner = read("owner");
  const ticket = read("ticket");
  const description = read("description");
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(description === undefined ? {} : { description }),
  };
}

function symbolsOf(kind: "service" | "group", context: CheckContext): readonly NamedSymbol[] {
  return [...context.symbols.names.values()]
    .filter((symbol): symbol is NamedSymbol => symbol.kind === kind)
    .sort((a, b) => compareCodePoints(a.name, b.name));
}

function namedGroups(context: CheckContext, ledger: Ledger): readonly NamedGroup[] {
  return symbolsOf("group", context).flatMap((symbol) => {
    const endpoints = ledger.keep(evaluateGroup(symbol, context));
    return endpoints.map((set) => ({ ...declared(symbol), endpoints: set }));
  });
}

/** The services of the package; those of imported packages are judged as well, used or not. */
function namedServices(context: CheckContext, ledger: Ledger): readonly NamedService[] {
  const imports = [...context.symbols.names.values()].filter((symbol) => symbol.kind === "import");
  const seen = new Set<ServicePackage>();
  for (const symbol of imports) checkImported(symbol, context, ledger, seen);
  return symbolsOf("service", context).flatMap((symbol) => {
    const service = ledger.keep(evaluateNamedService(symbol, context));
    return service.map((set) => ({ ...declared(symbol), service: set }));
  });
}

function checkImported(symbol: ImportSymbol, context: CheckContext, ledger: Ledger, seen: Set<ServicePackage>): void {
  if (seen.has(symbol.package)) return;
  seen.add(symbol.package);
  for (const service of symbol.package.services.values()) {
    ledger.keep(evaluateImportedService(service, symbol, context));
  }
  for (const inner of symbol.package.imports.values()) checkImported(inner, context, ledger, seen);
}
