/** Checking the places: `cloud`, `router` and `external`. */
import type { Prefix } from "../../../grammar/address.js";
import { formatPrefix } from "../../../grammar/address.js";
import type { Bound } from "../../bind/bind.js";
import { addressesCatalogue } from "../../diagnostics/addresses-catalogue.js";
import { valuesCatalogue } from "../../diagnostics/values-catalogue.js";
import type {
  AwsCloud,
  AzureCloud,
  Cloud,
  DomainId,
  External,
  GcpCloud,
  Located,
  Router,
  RouterOs,
} from "../../model/estate.js";
import type { Facts } from "../../schema/kinds.js";
import { lengthWords, longestHubPrefix } from "../../schema/prefixes.js";
import { regions } from "../../schema/regions.js";
import type { Fact } from "../../schema/types.js";
import { nearest } from "../../suggest.js";
import type { Properties, Tools } from "../properties.js";
import { declared, defaulted, headerRefs, optional, propertiesOf } from "./common.js";
import type { Drafts } from "./drafts.js";
import { checkHosts } from "./hosts.js";

/** Checks a cloud. */
export function checkCloud(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  headerRefs(bound.kind, bound.declaration, bound.file, properties);
  const provider = properties.word<Cloud["provider"]>("provider");
  const facts = new Map<Fact, readonly string[]>();
  if (provider !== undefined) {
    facts.set("provider", [provider.value]);
    drafts.tags.set(bound.name, provider.value);
  }
  properties.settle(facts);
  const region = properties.text("region");
  if (provider !== undefined && region !== undefined) checkRegion(provider.value, region, properties);
  const cloud = provider === undefined ? undefined : cloudOf(provider.value, region, bound, properties, tools);
  if (cloud !== undefined) drafts.clouds.set(bound.name, cloud);
  if (properties.faulty || cloud === undefined) drafts.faulty.add(bound.name);
}

function checkRegion(provider: Cloud["provider"], region: Located<string>, properties: Properties): void {
  const known = regions[provider];
  if (known.includes(region.value)) return;
  const near = nearest(region.value, known);
  const changes = near === undefined ? [] : [{ span: region.span, text: `"${near}"` }];
  const edits = near === undefined ? [] : [{ title: `change it to \`${near}\``, certain: false, changes }];
  const params = { region: region.value, provider, near };
  properties.report(valuesCatalogue["unknown-region"], params, region.span, { edits });
}

function cloudOf(
  provider: Cloud["provider"],
  region: Located<string> | undefined,
  bound: Bound,
  properties: Properties,
  tools: Tools,
): Cloud | undefined {
  const account = properties.text({ aws: "account", azure: "subscription", gcp: "project" }[provider]);
  const base = {
    ...declared(bound),
    region: region ?? defaulted("", declared(bound)),
    ...optional("asn", properties.integer("asn")),
    ...optional("account", account),
    ...optional("existing", properties.text("existing")),
  };
  switch (provider) {
    case "aws":
      return awsCloud(base, properties, tools);
    case "azure":
      return azureCloud(base, properties);
    case "gcp":
      return { ...base, provider, ...optional("sharedVpcHost", properties.text("shared-vpc-host")) } satisfies GcpCloud;
  }
}

type Base = Omit<GcpCloud, "provider" | "sharedVpcHost">;

function awsCloud(base: Base, properties: Properties, tools: Tools): AwsCloud {
  const gatewayAsns = new Map<DomainId, Located<number>>();
  for (const { key, keySpan, value } of properties.entries<number>("gateway-asn")) {
    const segment = tools.lookup.name({ text: key, span: keySpan }, ["segment"]);
    if (segment === undefined) properties.fail();
    const [asn] = value;
    if (segment !== undefined && asn !== undefined) gatewayAsns.set(key, asn);
  }
  return {
    ...base,
    provider: "aws",
    hub: properties.word<AwsCloud["hub"]>("hub")?.value ?? "transit-gateway",
    gatewayAsns,
    ...optional("ipv6Pool", properties.text("ipv6-pool")),
    ...optional("flowLogs", properties.text("flow-logs")),
  };
}

function azureCloud(base: Base, properties: Properties): AzureCloud | undefined {
  const hubCidr = properties.prefix("hub-cidr");
  if (hubCidr === undefined) return undefined;
  checkHubCidr(hubCidr, properties);
  return {
    ...base,
    provider: "azure",
    hubCidr,
    ...optional("resourceGroup", properties.text("resource-group")),
    ...optional("flowLogs", properties.text("flow-logs")),
  };
}

function checkHubCidr({ value, span }: Located<Prefix>, properties: Properties): void {
  const prefix = formatPrefix(value);
  if (value.family === 6) {
    properties.report(addressesCatalogue["no-ipv6"], { prefix, provider: "azure" }, span);
  } else if (value.length > longestHubPrefix) {
    const lengths = lengthWords({ shortest: 1, longest: longestHubPrefix, step: 1 });
    const params = { prefix, what: "virtual hub", provider: "azure", lengths };
    properties.report(addressesCatalogue["unfit-prefix-length"], params, span);
  }
}

/** Checks a router. Where it has no ASN of its own it gets the estate's afterwards. */
export function checkRouter(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  headerRefs(bound.kind, bound.declaration, bound.file, properties);
  const os = properties.word<RouterOs>("os");
  const facts: Facts = os === undefined ? new Map() : new Map([["os", [os.value]] as const]);
  if (os !== undefined) drafts.tags.set(bound.name, os.value === "unmanaged" ? "unmanaged" : "router");
  properties.settle(facts);
  if (os?.value === "unmanaged") properties.require("asn");
  const router: Router = {
    ...declared(bound),
    os: os?.value ?? "unmanaged",
    loopbacks: properties.addresses("loopback"),
    ...optional("asn", properties.integer("asn")),
    ...optional("site", properties.text("site")),
    ...optional("loopbackInterface", properties.text("loopback-interface")),
    routeReflector: properties.flag("route-reflector"),
    vpnSessions: properties.word<Router["vpnSessions"]>("vpn-sessions")?.value ?? "managed",
    management: properties.prefixes("management"),
  };
  drafts.routers.set(bound.name, router);
  if (properties.faulty || os === undefined) drafts.faulty.add(bound.name);
}

/** Checks an external. */
export function checkExternal(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  const headers = headerRefs(bound.kind, bound.declaration, bound.file, properties);
  drafts.tags.set(bound.name, "external");
  const segment = headers.get("in")?.refs[0];
  const domain = segment === undefined ? undefined : tools.lookup.ref(segment, bound.file, ["segment"]);
  properties.settle(new Map());
  const cidrs = properties.prefixes("cidr");
  const external: External = {
    ...declared(bound),
    domain: domain?.name ?? "",
    cidrs,
    summary: properties.flag("summary"),
    ...optional("asn", properties.integer("asn")),
    nextHops: properties.addresses("next-hop"),
    labels: properties.labels(),
    ...optional("description", properties.text("description")),
    hosts: checkHosts(bound, { what: `external \`${bound.name}\``, cidrs }, drafts, tools),
  };
  drafts.externals.set(bound.name, external);
  const isLost = domain === undefined || drafts.faulty.has(domain.name);
  if (properties.faulty || isLost) drafts.faulty.add(bound.name);
}
