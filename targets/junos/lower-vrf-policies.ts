/**
 * What crosses between the VPN and a routing instance.
 *
 * Export: exactly the prefixes that are attached here, each with exactly its route targets; `community set` drops
 * whatever a neighbour attached, so that nobody outside can give a route one of our targets. What is imported is never
 * exported again: no export term matches a prefix of another domain.
 * Import: the domain's own target, and of each share its target together with its prefixes.
 */
import { type Accepted, acceptedLevels, accepts } from "../../compiler/design/accepted.js";
import { prefixContains } from "../../grammar/address.js";
import { fit, mangle } from "../shared/routers/names.js";
import { type InstanceSlice, type LeakSlice, ownRoutes, type RouterSlice } from "../shared/routers/slice.js";
import { type Build, origins } from "./build.js";
import { limits } from "./limit-data.js";
import type { Origin, PolicyTerm } from "./model.js";
import { localParts, originatesHere } from "./parts.js";
import { acceptTerms, FAMILIES, filterKey, levelName, othersTerm, rejectRest, routeFilters } from "./policy-terms.js";

/** Names of the two policies of an instance, which are made as well. */
export function vrfPolicies(
  router: RouterSlice,
  slice: InstanceSlice,
  build: Build,
): { readonly importPolicy: string; readonly exportPolicy: string } {
  const domain = slice.instance.domain;
  const from = origins(domain, slice.domain.sources);
  return {
    importPolicy: build.policy({
      name: build.name("VRF", domain, "IMPORT"),
      terms: importTerms(router, slice, build),
      origins: from,
    }),
    exportPolicy: build.policy({
      name: build.name("VRF", domain, "EXPORT"),
      terms: [...exportTerms(slice, build), rejectRest],
      origins: from,
    }),
  };
}

/** The route target of a domain, as a list: an estate without an ASN has none, and then nothing leaves the router. */
export function ownTarget({ domain }: InstanceSlice): readonly string[] {
  return domain.routeTarget === undefined ? [] : [domain.routeTarget];
}

function importTerms(router: RouterSlice, slice: InstanceSlice, build: Build): readonly PolicyTerm[] {
  const from = origins(slice.instance.domain, slice.domain.sources);
  const local = new Set(localParts(router, slice).map(({ prefix }) => filterKey({ prefix })));
  const own = ownTarget(slice).map(
    (target): PolicyTerm => ({
      name: "own",
      routeFilters: [],
      community: build.targets([target], from),
      actions: [{ kind: "accept" }],
      origins: from,
    }),
  );
  const shares = slice.leaks.flatMap((leak) => {
    const list = leak.imports.filter(({ prefix }) => !local.has(filterKey({ prefix })));
    const community = build.targets([leak.importTarget], origins(leak.leak.share, leak.leak.sources));
    return acceptTerms(shareTerm(leak), list, [], community).map((term) => ({
      ...term,
      origins: origins(leak.leak.share, leak.leak.sources),
    }));
  });
  return [...own, ...shares, rejectRest];
}

/** A share may lead to several domains: the other one is in the name. */
function shareTerm({ leak, role }: LeakSlice): string {
  const other = role === "to" ? leak.from : leak.to;
  return `${role === "to" ? "share" : "return"}-${mangle(leak.share)}-${mangle(other)}`;
}

/** One exported filter with its targets. */
interface Exported extends Accepted {
  readonly targets: Set<string>;
  readonly origins: Origin[];
  localPreference?: number;
}

function exportTerms(slice: InstanceSlice, build: Build): readonly PolicyTerm[] {
  const exported = collectExports(slice);
  for (const item of exported) {
    // A filter inside another one's range must carry the targets of both: the first term decides.
    for (const other of exported) if (covers(other, item)) addAll(item.targets, other.targets);
  }
  return acceptedLevels(exported).flatMap(({ level, items, except }) => [
    ...FAMILIES.flatMap((family) =>
      othersTerm(
        levelName("others", level, family),
        except.filter((one) => one.family === family),
        items.flatMap((item) => item.origins),
      ),
    ),
    ...levelTerms(slice, level, items, build),
  ]);
}

/** The terms of one level: those with more targets first. */
function levelTerms(
  slice: InstanceSlice,
  level: number,
  items: readonly Exported[],
  build: Build,
): readonly PolicyTerm[] {
  const groups = new Map<string, { readonly targets: readonly string[]; readonly items: Exported[] }>();
  for (const item of items) {
    const targets = [...item.targets].sort();
    const key = `${item.prefix.family} ${targets.join(" ")} ${item.localPreference ?? ""}`;
    const group = groups.get(key) ?? { targets, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  const ordered = [...groups].sort(([a, x], [b, y]) => y.targets.length - x.targets.length || (a < b ? -1 : 1));
  return ordered.map(([, { targets, items }]) => exportTerm(slice, level, targets, items, build));
}

function exportTerm(
  slice: InstanceSlice,
  level: number,
  targets: readonly string[],
  items: readonly Exported[],
  build: Build,
): PolicyTerm {
  const [first] = items;
  const from = items.flatMap((item) => item.origins);
  const [own] = ownTarget(slice);
  const word =
    targets.length === 1 && targets[0] === own
      ? "own"
      : `to-${targets.map((one) => one.replace(/[.:]/g, "-")).join("-")}`;
  const preference = first?.localPreference;
  const preferred = preference === undefined ? "" : `-pref-${preference}`;
  return {
    name: fit(
      levelName(`${word}${level === 0 ? "" : "-summary"}${preferred}`, level, first?.prefix.family ?? 4),
      limits.name.allowed,
    ),
    routeFilters: routeFilters(items),
    actions: [
      { kind: "community-set", community: build.targets(targets, from) },
      ...(preference === undefined ? [] : [{ kind: "local-preference", value: preference } as const]),
      { kind: "accept" },
    ],
    origins: from,
  };
}

function collectExports(slice: InstanceSlice): readonly Exported[] {
  const out = new Map<string, Exported>();
  const add = ({ prefix, upTo, except }: Accepted, target: string, from: readonly Origin[]): void => {
    const range = { prefix, ...(upTo === undefined ? {} : { upTo }), ...(except === undefined ? {} : { except }) };
    const key = filterKey(range);
    const item = out.get(key) ?? { ...range, targets: new Set<string>(), origins: [] };
    item.targets.add(target);
    item.origins.push(...from);
    out.set(key, item);
  };
  for (const target of ownTarget(slice)) {
    for (const route of ownRoutes(slice)) add(route, target, origins(route.site, route.sources));
  }
  for (const { leak, exports, exportTarget } of slice.leaks) {
    for (const one of exports.filter(({ prefix }) => originatesHere(slice, prefix))) {
      add(one, exportTarget, origins(leak.share, leak.sources));
    }
  }
  const items = [...out.values()];
  for (const item of items) {
    const preference = staticPreference(slice, item);
    if (preference !== undefined) item.localPreference = preference;
  }
  return FAMILIES.flatMap((family) => items.filter(({ prefix }) => prefix.family === family));
}

/** Static routes have no preference from an import policy: the best circuit's is set where they enter the VPN. */
function staticPreference(slice: InstanceSlice, { prefix }: Accepted): number | undefined {
  const found = slice.circuits
    .filter(
      ({ circuit, far }) =>
        circuit.routing === "static" && far.announces.some((one) => prefixContains(one.prefix, prefix)),
    )
    .map(({ circuit }) => circuit.preference);
  return found.length === 0 ? undefined : Math.max(...found);
}

function covers(outer: Accepted, inner: Accepted): boolean {
  return accepts(outer, inner.prefix) && (inner.upTo ?? inner.prefix.length) <= (outer.upTo ?? outer.prefix.length);
}

function addAll(into: Set<string>, more: Iterable<string>): void {
  for (const one of more) into.add(one);
}
