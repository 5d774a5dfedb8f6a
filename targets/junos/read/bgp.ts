/**
 * BGP: groups and neighbours, of which a setting of the neighbour overrides that of the group, and that of the group the
 * one above (Juniper, "BGP Configuration Overview"). Without a policy all routes are taken and BGP's own announced.
 */
import type { ReadChannel, ReadSession } from "../../../compiler/validate/readback.js";
import { type Address, addressIn, type Family, formatAddress, prefixOf } from "../../../grammar/address.js";
import type { ConfigNode } from "./node.js";
import { BGP_EXPORT, BGP_IMPORT, type Policies } from "./policies.js";
import { FAMILY_WORDS, type Reading } from "./reading.js";
import { type InstanceScope, unitAround } from "./statics.js";

/** A family of a session: `unicast` and its prefix limit. */
interface FamilySetting {
  readonly word: string;
  readonly maxPrefixes?: number;
  readonly node: ConfigNode;
}

/** What may be said for all of BGP, for a group or for a neighbour. */
interface Settings {
  readonly type?: ConfigNode;
  readonly import?: readonly ConfigNode[];
  readonly export?: readonly ConfigNode[];
  readonly local?: Address;
  readonly peerAs?: number;
  readonly localAs?: number;
  readonly families?: readonly FamilySetting[];
  readonly authenticated?: true;
  readonly bfd?: true;
  readonly cluster?: true;
}

const MOST_ASN = 4_294_967_295;

function settingsOf(reading: Reading, node: ConfigNode): Settings {
  reading.value(node.take("description"));
  const [imports, exports] = [reading.values(node.take("import")), reading.values(node.take("export"))];
  const type = reading.value(node.take("type"));
  const localAddress = reading.value(node.take("local-address"));
  const local = localAddress === undefined ? undefined : reading.address(localAddress);
  const peerAs = reading.numberOf(node.take("peer-as"), 1, MOST_ASN);
  const localAs = localAsOf(reading, reading.value(node.take("local-as")));
  const families = familiesOf(reading, node.take("family"));
  const authenticated = authenticationOf(reading, node);
  const bfd = bfdOf(reading, node.take("bfd-liveness-detection"));
  const cluster = reading.value(node.take("cluster"));
  if (cluster !== undefined) reading.address(cluster, 4);
  return {
    ...(type === undefined ? {} : { type }),
    ...(imports.length === 0 ? {} : { import: imports }),
    ...(exports.length === 0 ? {} : { export: exports }),
    ...(local === undefined ? {} : { local }),
    ...(peerAs === undefined ? {} : { peerAs }),
    ...(localAs === undefined ? {} : { localAs }),
    ...(families === undefined ? {} : { families }),
    ...(authenticated ? { authenticated } : {}),
    ...(bfd ? { bfd } : {}),
    ...(cluster === undefined ? {} : { cluster: true }),
  };
}

function localAsOf(reading: Reading, node: ConfigNode | undefined): number | undefined {
  if (node === undefined) return undefined;
  node.take("no-prepend-global-as");
  node.take("private");
  return reading.number(node, 1, MOST_ASN);
}

/** A chain of keys, or one key; an algorithm alone authenticates nothing. */
function authenticationOf(reading: Reading, node: ConfigNode): boolean {
  reading.value(node.take("authentication-algorithm"));
  const keys = [node.take("authentication-key-chain"), node.take("authentication-key")];
  return keys.map((key) => reading.value(key)).some((key) => key !== undefined);
}

function bfdOf(reading: Reading, node: ConfigNode | undefined): boolean {
  if (node === undefined) return false;
  const interval = node.take("minimum-interval");
  if (interval === undefined) reading.refuse(node, "it has no interval, and does not run");
  reading.numberOf(interval, 1, 255_000);
  reading.numberOf(node.take("multiplier"), 1, 255);
  return true;
}

function familiesOf(reading: Reading, node: ConfigNode | undefined): readonly FamilySetting[] | undefined {
  if (node === undefined) return undefined;
  return reading.values(node).flatMap((family): readonly FamilySetting[] => {
    const unicast = family.take("unicast");
    if (unicast === undefined) {
      reading.refuseWhole(family, "it is not switched on for unicast");
      return [];
    }
    const limit = prefixLimit(reading, unicast.take("prefix-limit"));
    return [{ word: family.word, node: family, ...(limit === undefined ? {} : { maxPrefixes: limit }) }];
  });
}

/** A limit without `teardown` writes a message and takes the routes all the same. */
function prefixLimit(reading: Reading, node: ConfigNode | undefined): number | undefined {
  const maximum = reading.numberOf(node?.take("maximum"), 1, MOST_ASN);
  const teardown = node?.take("teardown");
  if (node !== undefined && maximum === undefined) reading.refuse(node, "it has no maximum");
  if (teardown === undefined) return undefined;
  for (const word of teardown.all()) {
    if (word.word !== "idle-timeout") reading.number(word, 1, 100);
    const timeout = word.word === "idle-timeout" ? word : word.take("idle-timeout");
    const minutes = reading.value(timeout);
    if (minutes !== undefined && minutes.word !== "forever") reading.number(minutes, 1, 2400);
  }
  return maximum;
}

/** One neighbour with everything it inherits. */
interface Neighbour {
  readonly group: ConfigNode;
  readonly node: ConfigNode;
  readonly address: Address;
  readonly settings: Settings;
}

function neighbours(reading: Reading, bgp: ConfigNode): readonly Neighbour[] {
  const above = settingsOf(reading, bgp);
  const seen = new Set<string>();
  return reading.values(bgp.take("group")).flatMap((group) => {
    const own = { ...above, ...settingsOf(reading, group) };
    const nodes = reading.values(group.take("neighbor"));
    if (nodes.length === 0) reading.refuse(group, "a group has no neighbours");
    return nodes.flatMap((node): readonly Neighbour[] => {
      const settings = { ...own, ...settingsOf(reading, node) };
      const address = reading.address(node);
      if (address === undefined) return [];
      if (seen.has(formatAddress(address))) reading.refuse(node, "the neighbour is in two groups");
      seen.add(formatAddress(address));
      return [{ group, node, address, settings }];
    });
  });
}

/** Sessions of a routing instance with other ASNs. */
export function sessions(scope: InstanceScope, bgp: ConfigNode | undefined, table: string): readonly ReadChannel[] {
  if (bgp === undefined) return [];
  return neighbours(scope.reading, bgp).flatMap((one) => session(scope, one, table) ?? []);
}

function session(scope: InstanceScope, one: Neighbour, table: string): ReadChannel | undefined {
  const { reading, policies } = scope;
  const { node, address, settings } = one;
  const unit = unitAround(scope, node, address);
  const { local, peerAs } = settings;
  if (settings.type?.word !== "external")
    return reading.refuse(node, "only sessions with another ASN are modelled here");
  if (settings.cluster) return reading.refuse(node, "a session with another ASN reflects no routes");
  if (peerAs === undefined) return reading.refuse(node, "it has no `peer-as`");
  if (unit === undefined) return undefined;
  const own = unit.addresses.filter((each) => each.address.family === address.family);
  if (local !== undefined && !own.some((each) => each.address.value === local.value))
    return reading.refuse(node, "its local address is not on the interface towards it");
  const towards = own.find((each) => addressIn(prefixOf(each.address, each.length), address));
  const source = local ?? towards?.address;
  const family = sessionFamily(reading, one);
  const chains = chainsOf(policies, one);
  if (family === undefined || chains === undefined) return undefined;
  const maxPrefixes = family.maxPrefixes;
  const details: ReadSession = {
    routing: "bgp",
    family: address.family,
    ...(source === undefined ? {} : { local: source }),
    remote: address,
    ...(settings.localAs === undefined ? {} : { localAsn: settings.localAs }),
    remoteAsn: peerAs,
    ...(unit.vlan === undefined ? {} : { vlan: unit.vlan }),
    ...(unit.outerVlan === undefined ? {} : { outerVlan: unit.outerVlan }),
    interface: unit.id,
    authenticated: settings.authenticated ?? false,
    bfd: settings.bfd ?? false,
    ...(maxPrefixes === undefined ? {} : { maxPrefixes }),
  };
  return {
    id: `${table}/bgp/${one.group.word}/${formatAddress(address)}`,
    table,
    peer: { kind: "session", ...details },
    ...chains,
    next: { kind: "neighbour", interface: unit.id, address },
    at: reading.at(node),
  };
}

/** The one family of a session, which is that of its addresses; IPv4 where nothing is said. */
function sessionFamily(
  reading: Reading,
  { node, address, settings }: Neighbour,
): Omit<FamilySetting, "node"> | undefined {
  const [, word = ""] = FAMILY_WORDS.find(([family]) => family === address.family) ?? [];
  const [first, second] = settings.families ?? [{ word: "inet" }];
  if (first?.word === word && second === undefined) return first;
  return reading.refuse(node, `only routes of its own family \`${word}\` are modelled on a session`);
}

function chainsOf(
  policies: Policies,
  { node, settings }: Neighbour,
): Pick<ReadChannel, "import" | "export"> | undefined {
  const chain = (names: readonly ConfigNode[] | undefined, otherwise: typeof BGP_IMPORT) =>
    names === undefined ? policies.implicit("default", otherwise, node) : policies.chain(names, otherwise);
  const [imports, exports] = [chain(settings.import, BGP_IMPORT), chain(settings.export, BGP_EXPORT)];
  return imports === undefined || exports === undefined ? undefined : { import: imports, export: exports };
}

const VPN_FAMILIES: ReadonlyMap<string, Family> = new Map([
  ["inet-vpn", 4],
  ["inet6-vpn", 6],
]);

/** Sessions between routers that carry the VPN, outside routing instances. */
export function vpnSessions(reading: Reading, bgp: ConfigNode | undefined, policies: Policies): readonly ReadChannel[] {
  if (bgp === undefined) return [];
  return neighbours(reading, bgp).flatMap((one) => vpnSession(reading, one, policies) ?? []);
}

function vpnSession(reading: Reading, one: Neighbour, policies: Policies): ReadChannel | undefined {
  const { node, address, settings, group } = one;
  const { local } = settings;
  if (settings.type?.word !== "internal")
    return reading.refuse(node, "only sessions inside the own ASN are modelled here");
  if (local === undefined) return reading.refuse(node, "it has no local address");
  if (local.family !== address.family) return reading.refuse(node, "its addresses are of two families");
  if (settings.localAs !== undefined || settings.peerAs !== undefined)
    return reading.refuse(node, "a session inside the own ASN names no other");
  const families = (settings.families ?? []).flatMap(({ word, node: at }): readonly Family[] => {
    const family = VPN_FAMILIES.get(word);
    if (family === undefined) reading.refuse(at, "only VPN routes are modelled between routers");
    return family === undefined ? [] : [family];
  });
  if (families.length === 0) return reading.refuse(node, "it carries no VPN routes");
  const chains = chainsOf(policies, one);
  if (chains === undefined) return undefined;
  const id = reading.id("bgp", group.word, formatAddress(address));
  return {
    id,
    table: reading.folder,
    peer: { kind: "vpn", local, remote: address, families, reflectorClient: settings.cluster ?? false },
    ...(settings.import === undefined ? {} : { import: chains.import }),
    ...(settings.export === undefined ? {} : { export: chains.export }),
    next: { kind: "session", channel: id },
    at: reading.at(node),
  };
}
