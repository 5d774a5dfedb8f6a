/**
 * What Junos refuses at commit, or takes without it ever working: names that lead nowhere, next hops and neighbours on no
 * subnet, instances that lack what they need, two units with one tag.
 */
import {
  type Block,
  below,
  blockOf,
  type Instance,
  inside,
  keyOf,
  type Neighbour,
  type Router,
  wordsBelow,
} from "./router.js";

/** The first fault of a router, undefined where it has none. */
export function faultOf(router: Router): string | undefined {
  return [
    ...names(router),
    ...exceptionsAlone(router),
    ...units(router),
    ...router.instances.flatMap((instance) => [...needs(router, instance), ...hops(router, instance)]),
    ...twice(
      router.instances.map(({ statements }) => wordsBelow(statements, "route-distinguisher").join()),
      "route distinguisher",
    ),
    ...router.core.flatMap(core),
  ][0];
}

function twice(list: readonly string[], what: string): readonly string[] {
  return list.filter((one, index) => list.indexOf(one) !== index).map((one) => `two have the ${what} ${one}`);
}

/** Filters with at least one term. */
function filtersOf(paths: Router["paths"], family: string): ReadonlySet<string> {
  const own = below(paths, "firewall", "family", family, "filter");
  return new Set(own.flatMap(([name = "", kind]) => (kind === "term" ? [name] : [])));
}

/** Terms with nothing but exceptions on one side: manuals do not say what those match. */
function exceptionsAlone({ device }: Router): readonly string[] {
  return [...device.all()].flatMap(([filter, terms]) =>
    terms.flatMap(({ name, from }) =>
      ["source", "destination"].flatMap((side) => {
        const entries = [`${side}-address`, `${side}-prefix-list`].flatMap((word) => from.get(word) ?? []);
        const alone = entries.length > 0 && entries.every((values) => values[1] === "except");
        return alone ? [`${filter} ${name} names only what is excepted`] : [];
      }),
    ),
  );
}

function names({ paths, instances }: Router): readonly string[] {
  const out: string[] = [];
  const known = (kind: string): ReadonlySet<string> => new Set(wordsBelow(paths, "policy-options", kind));
  const [lists, communities, policies] = [known("prefix-list"), known("community"), known("policy-statement")];
  const need = (set: ReadonlySet<string>, name: string | undefined, what: string): void => {
    if (name === undefined || !set.has(name)) out.push(`there is no ${what} ${name}`);
  };
  for (const path of paths) {
    const at = (word: string): string | undefined => path[path.indexOf(word) + 1];
    if (path[0] === "firewall" || path[1] === "policy-statement") {
      for (const word of ["source-prefix-list", "destination-prefix-list", "prefix-list"])
        if (path.includes(word)) need(lists, at(word), "prefix list");
    }
    if (path[1] === "policy-statement" && path.includes("community")) need(communities, path.at(-1), "community");
    if (path[0] === "interfaces" && path[6] === "filter") need(filtersOf(paths, path[5] ?? ""), path[8], "filter");
  }
  for (const { statements, neighbours } of instances) {
    const vrf = [...wordsBelow(statements, "vrf-import"), ...wordsBelow(statements, "vrf-export")];
    const bgp = neighbours.flatMap(({ settings }) => [
      ...(settings.get("import") ?? []),
      ...(settings.get("export") ?? []),
    ]);
    for (const name of [...vrf, ...bgp]) need(policies, name, "policy");
    for (const name of vrf)
      if (!decides(below(paths, "policy-options", "policy-statement", name)))
        out.push(`${name} does not decide of every route`);
  }
  return out;
}

/** A policy of a VRF ends in a term without conditions: what Junos does with what is left over is in doubt. */
function decides(policy: readonly (readonly string[])[]): boolean {
  return wordsBelow(policy, "term").some((term) => {
    const own = below(policy, "term", term);
    return (
      own.every(([part]) => part === "then") && own.some(([, action]) => action === "accept" || action === "reject")
    );
  });
}

function units({ units: all, instances }: Router): readonly string[] {
  const out = [
    ...twice(
      [...all.values()].map(({ wire }) => wire),
      "port and tag",
    ),
  ];
  const named = instances.flatMap((instance) => instance.units);
  out.push(...twice(named, "unit"));
  for (const name of named) if (!all.has(name)) out.push(`there is no unit ${name}`);
  for (const { name, virtual } of all.values()) {
    if (!named.includes(name)) out.push(`${name} is in no routing instance`);
    for (const [address, one] of virtual)
      if (!inside(blockOf(address), blockOf(one))) out.push(`${one} lies outside ${address}`);
  }
  return out;
}

function needs({ units: all }: Router, { name, statements, units: own }: Instance): readonly string[] {
  const words = ["interface", "route-distinguisher", "vrf-import", "vrf-export", "instance-type"];
  const addresses = own.flatMap((unit) => all.get(unit)?.addresses ?? []).map((one) => one.split("/")[0] ?? "");
  return [
    ...words.filter((word) => below(statements, word).length === 0).map((word) => `${name} has no ${word}`),
    ...wordsBelow(statements, "instance-type").flatMap((type) => (type === "vrf" ? [] : [`${name} is a ${type}`])),
    ...(statements.some(([word]) => word === "vrf-table-label") ? [] : [`${name} has no vrf-table-label`]),
    ...twice(addresses, "address"),
  ];
}

/** Next hops and neighbours lie on exactly one subnet of their instance and are not the router itself. */
function hops({ units: all }: Router, { units: own, statics, neighbours }: Instance): readonly string[] {
  const subnets = own.flatMap((unit) => (all.get(unit)?.addresses ?? []).map((text) => [unit, blockOf(text)] as const));
  const around = (to: Block): ReadonlySet<string> =>
    new Set(subnets.filter(([, subnet]) => inside(subnet, to)).map(([unit]) => unit));
  const out: string[] = [];
  const check = (text: string): void => {
    const to = blockOf(text);
    if (around(to).size !== 1) out.push(`${text} lies on ${around(to).size} interfaces`);
    if (subnets.some(([, one]) => keyOf({ ...one, length: to.length }) === keyOf(to))) out.push(`${text} is its own`);
  };
  for (const { kind, to } of statics) if (kind === "next-hop") check(to);
  for (const neighbour of neighbours) {
    check(neighbour.address);
    const [local] = neighbour.settings.get("local-address") ?? [];
    const [unit] = around(blockOf(neighbour.address));
    const near = unit === undefined ? [] : (all.get(unit)?.addresses ?? []);
    if (local !== undefined && !near.some((one) => one.split("/")[0] === local))
      out.push(`${local} is not an address towards ${neighbour.address}`);
    out.push(...session(neighbour));
  }
  return out;
}

/** An external session names the other ASN, and carries the family of its addresses. */
function session({ address, settings }: Neighbour): readonly string[] {
  const word = address.includes(":") ? "inet6" : "inet";
  const families = (settings.get("family") ?? ["inet"]).map((text) => text.split(" ")[0]);
  return [
    ...(settings.get("type")?.[0] === "external" ? [] : [`${address} is not external`]),
    ...(settings.has("peer-as") ? [] : [`${address} has no peer-as`]),
    ...(settings.has("cluster") ? [`${address} is external and in a cluster`] : []),
    ...(families.every((one) => one === word) ? [] : [`${address} carries routes of the other family`]),
  ];
}

function core({ address, settings }: Neighbour): readonly string[] {
  return [
    ...(settings.get("type")?.[0] === "internal" ? [] : [`${address} is not internal`]),
    ...(settings.has("local-address") ? [] : [`${address} has no local address`]),
    ...(settings.has("family") ? [] : [`${address} carries no VPN routes`]),
  ];
}
