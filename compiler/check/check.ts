/** Checking: from a package to its estate. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Expr, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { type Binding, type Bound, bindPackage } from "../bind/bind.js";
import { Lookup } from "../bind/lookup.js";
import type { Symbols } from "../bind/symbols.js";
import type { Day, Estate, Omissions } from "../model/estate.js";
import type { Package } from "../package.js";
import type { KindWord } from "../schema/types.js";
import type { ServiceSet } from "../sets/service-set.js";
import { joinOmissions, soundPlaces } from "./assemble.js";
import type { CheckContext } from "./context.js";
import { Drafts } from "./declarations/drafts.js";
import { checkEstateHeader, checkSegment } from "./declarations/estate.js";
import { checkLink } from "./declarations/links.js";
import { checkNetwork } from "./declarations/networks.js";
import { checkCloud, checkExternal, checkRouter } from "./declarations/places.js";
import { checkPolicyProperties } from "./declarations/policies.js";
import { evaluateService } from "./expressions/service.js";
import { holdingsOf } from "./holdings.js";
import type { Tools } from "./properties.js";
import { applyRules } from "./rules/rules.js";
import { checkStatements } from "./statements/statements.js";

/** What checking a package makes of it. */
export interface Checked {
  /** The typed model of what is sound; `omitted` says what is not in it. */
  readonly estate: Estate;
  /** What the names of the package stand for, faulty declarations included. */
  readonly symbols: Symbols;
  /** What expressions that are not in the package (a query) are evaluated against. */
  readonly context: CheckContext;
}

/** Options of checking. */
export interface CheckOptions {
  /** The day that `until` is judged against. */
  readonly today: Day;
}

type Step = (bound: Bound, drafts: Drafts, tools: Tools) => void;

/** Kinds in the order in which they are checked: what is referred to before what refers to it. */
const STEPS: readonly (readonly [KindWord, Step])[] = [
  ["estate", checkEstateHeader],
  ["segment", checkSegment],
  ["cloud", checkCloud],
  ["router", checkRouter],
  ["external", checkExternal],
  ["network", checkNetwork],
  ["link", checkLink],
  ["policy", checkPolicyProperties],
  ["service", checkPolicyProperties],
  ["group", checkPolicyProperties],
];

/** Checks a package. Everything wrong is reported; what is faulty is left out of the estate, and the rest still judged. */
export function checkPackage(loaded: Package, options: CheckOptions, diagnostics: Diagnostics): Checked {
  const isBroken = loaded.incomplete || diagnostics.hasErrors;
  const before = diagnostics.errorCount;
  const binding = bindPackage(loaded, diagnostics);
  const drafts = checkDeclarations(binding, options, diagnostics);
  const domains = applyRules(drafts, diagnostics);
  const places = soundPlaces(drafts);
  const holdings = holdingsOf(places, domains);
  const context: CheckContext = {
    symbols: binding.symbols,
    diagnostics,
    holdings,
    domains: new Set(places.segments.map(({ name }) => name)),
    faulty: drafts.faulty,
    today: options.today,
  };
  const hasFaults = diagnostics.errorCount > before;
  const { omitted, ...statements } = checkStatements(loaded, context);
  const own: Omissions = {
    any: isBroken || hasFaults || diagnostics.errorCount > before,
    routing: isBroken || hasFaults,
  };
  const estate: Estate = { ...places, ...statements, holdings, omitted: joinOmissions(own, omitted) };
  return { estate, symbols: binding.symbols, context };
}

function checkDeclarations(binding: Binding, { today }: CheckOptions, diagnostics: Diagnostics): Drafts {
  const drafts = new Drafts(binding.faulty);
  const { symbols } = binding;
  const context: CheckContext = {
    symbols,
    diagnostics,
    holdings: [],
    domains: new Set(),
    faulty: drafts.faulty,
    today,
  };
  const tools: Tools = {
    diagnostics,
    lookup: new Lookup(symbols, drafts.faulty, diagnostics),
    service: (expr: Expr, file: SyntaxFile): ServiceSet | undefined => evaluateService(expr, context, file),
  };
  for (const [word, step] of STEPS) {
    for (const bound of binding.declarations) if (bound.kind.word === word) step(bound, drafts, tools);
  }
  return drafts;
}
