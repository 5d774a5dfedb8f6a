/** Checking networks and their subnets. */
import { formatPrefix, type Prefix, prefixContains } from "../../../grammar/address.js";
import type { Bound } from "../../bind/bind.js";
import { spanIn } from "../../bind/lookup.js";
import type { MemberSymbol } from "../../bind/symbols.js";
import { addressesCatalogue as findings } from "../../diagnostics/addresses-catalogue.js";
import { kindsCatalogue } from "../../diagnostics/kinds-catalogue.js";
import type { Cloud, Host, Located, Network, PlaceRef, Subnet } from "../../model/estate.js";
import { lanPropertyNames } from "../../schema/kinds/networks.js";
import { type Facts, kinds } from "../../schema/kinds.js";
import { isLengthOf, lengthWords, type PrefixRole, prefixLengths, specialAddresses } from "../../schema/prefixes.js";
import type { PlaceTag } from "../../schema/types.js";
import { usedWords, whereWords } from "../facts.js";
import { Properties, type Tools } from "../properties.js";
import { declared, headerRefs, membersOf, nestedOf, optional, propertiesOf } from "./common.js";
import type { Drafts } from "./drafts.js";
import { checkHosts, prefixList } from "./hosts.js";
import { checkLan } from "./lan.js";

/** What the parts of a network need to know of it. */
export interface NetworkScope {
  readonly name: string;
  readonly place: PlaceRef | undefined;
  readonly tag: PlaceTag | undefined;
  readonly facts: Facts;
  readonly drafts: Drafts;
  readonly tools: Tools;
}

const ACCOUNTS: Readonly<Partial<Record<PlaceTag, string>>> = {
  aws: "account",
  azure: "subscription",
  gcp: "project",
};

/** Checks a network with all that is nested in it. */
export function checkNetwork(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  const headers = headerRefs(bound.kind, bound.declaration, bound.file, properties);
  const segment = headers.get("in")?.refs[0];
  const domain = segment === undefined ? undefined : tools.lookup.ref(segment, bound.file, ["segment"]);
  const at = headers.get("at")?.refs[0];
  const found = at === undefined ? undefined : tools.lookup.ref(at, bound.file, ["cloud", "router"]);
  const place: PlaceRef | undefined =
    found === undefined ? undefined : { kind: found.kind === "cloud" ? "cloud" : "router", name: found.name };
  const tag = place === undefined ? undefined : drafts.tags.get(place.name);
  const facts: Facts = tag === undefined ? new Map() : new Map([["place", [tag]] as const]);
  const scope: NetworkScope = { name: bound.name, place, tag, facts, drafts, tools };
  properties.settle(facts);
  const network: Network = {
    ...declared(bound),
    domain: domain?.name ?? "",
    place: place ?? { kind: "cloud", name: "" },
    placeSpan: at === undefined ? bound.span : spanIn(bound.file, at),
    ...networkParts(bound, properties, scope),
  };
  drafts.networks.set(bound.name, network);
  const needs = [domain?.name, place?.name];
  const isLost = needs.some((name) => name === undefined || drafts.faulty.has(name));
  const isEmpty = network.subnets.length > 0 && network.subnets.every(({ path }) => drafts.faulty.has(path));
  if (properties.faulty || isLost || isEmpty) drafts.faulty.add(bound.name);
}

type NetworkParts = Omit<Network, "path" | "name" | "span" | "doc" | "domain" | "place" | "placeSpan">;

function networkParts(bound: Bound, properties: Properties, scope: NetworkScope): NetworkParts {
  const cidrs = checkedCidrs(properties, "network", scope);
  const subnets = membersOf(bound.members, "subnet").map((member) => checkSubnet(member, cidrs, scope));
  const hasSubnets = subnets.length > 0;
  const account = scope.tag === undefined ? undefined : ACCOUNTS[scope.tag];
  checkAttachPlaces(properties, scope);
  if (hasSubnets) reportLanProperties(properties, scope);
  else if (isCloud(scope.tag)) reportNoSubnet(properties, scope);
  const hosts = checkHosts(bound, { what: `network \`${bound.name}\``, cidrs }, scope.drafts, scope.tools);
  if (hasSubnets) reportHosts(hosts, properties, scope);
  const lan = scope.tag === "router" && !hasSubnets ? checkLan(properties, cidrs, scope) : undefined;
  return {
    cidrs,
    labels: properties.labels(),
    ...optional("description", properties.text("description")),
    ...optional("account", account === undefined ? undefined : properties.text(account)),
    ...optional("existing", properties.text("existing")),
    subnets,
    hosts: hasSubnets ? [] : hosts,
    ...optional("lan", lan),
  };
}

/** True where the tag is one of a provider. */
export function isCloud(tag: PlaceTag | undefined): tag is Cloud["provider"] {
  return tag === "aws" || tag === "azure" || tag === "gcp";
}

function reportNoSubnet(properties: Properties, { name, place, tools }: NetworkScope): void {
  if (properties.faulty) return;
  const params = { network: name, cloud: place?.name ?? "" };
  properties.fail();
  tools.diagnostics.report(findings["network-without-subnet"], params, properties.span);
}

/** Properties of a LAN on a network that has subnets. */
function reportLanProperties(properties: Properties, { name, tag }: NetworkScope): void {
  if (tag !== "router") return;
  for (const property of lanPropertyNames) {
    if (!properties.has(property)) continue;
    properties.report(findings["lan-property-on-network"], { property, network: name }, properties.keySpan(property));
  }
  const [attach] = nestedOf(properties.declaration, "attach");
  if (attach === undefined) return;
  const at = spanIn(properties.file, attach.word);
  properties.report(findings["lan-property-on-network"], { property: "attach", network: name }, at);
}

function reportHosts(hosts: readonly Host[], properties: Properties, { name, drafts, tools }: NetworkScope): void {
  for (const host of hosts) {
    if (drafts.faulty.has(host.path)) continue;
    drafts.faulty.add(host.path);
    tools.diagnostics.report(findings["host-beside-subnets"], { host: host.name, network: name }, host.span);
  }
  if (hosts.length > 0) properties.fail();
}

/** `attach` anywhere but at a router of ours. */
function checkAttachPlaces(properties: Properties, { tag, tools }: Pick<NetworkScope, "tag" | "tools">): void {
  if (tag === undefined || tag === "router") return;
  for (const attach of nestedOf(properties.declaration, "attach")) {
    const params = {
      word: "attach",
      where: whereWords("place", [tag]),
      used: usedWords({ fact: "place", oneOf: ["router"] }),
    };
    tools.diagnostics.report(kindsCatalogue["unused-declaration"], params, spanIn(properties.file, attach.word));
    properties.fail();
  }
}

function checkSubnet(member: MemberSymbol, outer: readonly Located<Prefix>[], scope: NetworkScope): Subnet {
  const { drafts, tools } = scope;
  const properties = new Properties(kinds.subnet, member.declaration, member.file, tools);
  if (drafts.faulty.has(member.path)) properties.fail();
  headerRefs(kinds.subnet, member.declaration, member.file, properties);
  properties.settle(scope.facts);
  const cidrs = checkedCidrs(properties, "subnet", scope, outer);
  checkInside(cidrs, outer, properties, scope);
  checkAttachPlaces(properties, scope);
  const routeTable = properties.text("route-table");
  const existing = properties.text("existing");
  if (routeTable !== undefined && !properties.has("existing")) {
    properties.report(findings["route-table-alone"], {}, properties.keySpan("route-table"));
  }
  const lan = scope.tag === "router" ? checkLan(properties, cidrs, scope) : undefined;
  const subnet: Subnet = {
    ...declared(member, member.path),
    cidrs,
    ...optional("zone", properties.text("zone")),
    labels: properties.labels(),
    ...optional("existing", existing),
    ...optional("routeTable", routeTable),
    ...optional("healthProbes", properties.service("health-probes")),
    hosts: checkHosts(member, { what: `subnet \`${member.path}\``, cidrs }, drafts, tools),
    ...optional("lan", lan),
  };
  if (properties.faulty) drafts.faulty.add(member.path);
  return subnet;
}

function checkInside(
  cidrs: readonly Located<Prefix>[],
  outer: readonly Located<Prefix>[],
  properties: Properties,
  scope: NetworkScope,
): void {
  if (outer.length === 0) return;
  for (const { value, span } of cidrs) {
    if (outer.some((cidr) => prefixContains(cidr.value, value))) continue;
    const params = { prefix: formatPrefix(value), network: scope.name, cidrs: prefixList(outer) };
    properties.report(findings["subnet-outside"], params, span);
  }
}

/** The prefixes of a network or subnet, judged by what its place can have. */
function checkedCidrs(
  properties: Properties,
  role: PrefixRole,
  { tag }: NetworkScope,
  outer: readonly Located<Prefix>[] = [],
): readonly Located<Prefix>[] {
  const cidrs = properties.prefixes("cidr");
  for (const { value, span } of cidrs) {
    const prefix = formatPrefix(value);
    const what = specialAddresses(value);
    if (what !== undefined && outer.length === 0) {
      properties.report(findings["not-unicast"], { prefix, what }, span);
    } else if ((tag === "azure" || tag === "gcp") && value.family === 6) {
      const isSaid = outer.some((cidr) => prefixContains(cidr.value, value));
      if (isSaid) properties.fail();
      else properties.report(findings["no-ipv6"], { prefix, provider: tag }, span);
    } else if (isCloud(tag)) {
      const lengths = prefixLengths[tag][role][value.family];
      if (lengths === undefined || isLengthOf(lengths, value.length)) continue;
      const params = { prefix, what: role, provider: tag, lengths: lengthWords(lengths) };
      properties.report(findings["unfit-prefix-length"], params, span);
    }
  }
  return cidrs;
}
