/**
 * The JSON Schema (draft 2020-12) of the guard-rail input. Ships as `docs/schema/guard-input.schema.json`; the reference
 * page is made from it.
 */
import { linkKindWords } from "../schema/kinds/links.js";
import { FACT_TABLES } from "./fact-schema.js";
import { GUARD_INPUT_VERSION } from "./input.js";
import {
  addresses,
  bare,
  because,
  daysLeft,
  description,
  domain,
  domains,
  endpointKeys,
  flag,
  id,
  labels,
  list,
  name,
  type Part,
  place,
  prefixes,
  record,
  region,
  service,
  type Table,
  type Tables,
  text,
  texts,
  until,
  whole,
  word,
} from "./schema-parts.js";

const declarations: Pick<Tables, "segments" | "places" | "externals" | "networks" | "subnets" | "hosts" | "groups"> = {
  segments: {
    about: "Domains: what addresses are unique in. Every kind of domain is an entry here; there is one kind so far.",
    key: ["segment"],
    entry: record(
      {
        kind: word(["segment"], "kind of the domain"),
        name,
        vrf: text("name of its VRF"),
        networks: whole("networks in it"),
        externals: whole("externals in it"),
      },
      { description, owner: text("who owns it"), number: whole("pinned VRF number", 65_535) },
    ),
  },
  places: {
    about: "Clouds, routers and externals as places.",
    key: ["cloud", "router", "external"],
    entry: record(
      {
        kind: word(["cloud", "router", "external"], "kind of place"),
        name,
        platform: text("provider of a cloud (`aws`), system of a router (`junos`, `unmanaged`), or `external`"),
        managed: flag("Demarc or a provider enforces there: false for unmanaged routers and externals"),
        domains,
      },
      {
        description,
        region: text("region of a cloud"),
        account: text("account, subscription or project of a cloud"),
        site: text("site of a router"),
        asn: whole("autonomous system, where written", 4_294_967_295),
        existing: flag("the hub of the cloud exists already"),
        flowLogs: flag("flow logs are written; absent where Demarc emits none for the platform"),
        managementPrefixes: whole("prefixes that may manage a router of ours"),
        managementAddresses: whole("addresses in them"),
      },
    ),
  },
  externals: {
    about: "Externals as owners of addresses. The place has the same id.",
    key: ["external"],
    entry: record(
      {
        name,
        domain,
        place,
        prefixes,
        addresses,
        summary: flag("`summary = true`: it may cover longer prefixes of its domain"),
        bgp: flag("it has an `asn`, so that routes are learned by BGP"),
        labels,
        hosts: whole("declared hosts"),
      },
      { description },
    ),
  },
  networks: {
    about: "Networks.",
    key: ["network"],
    entry: record(
      {
        name,
        domain,
        place,
        prefixes,
        addresses,
        labels,
        existing: flag("it exists already and is not created"),
        lan: flag("it lies at a router of ours"),
        subnets: whole("its subnets"),
        hosts: whole("its hosts, those of subnets too"),
      },
      {
        description,
        account: text("account, where it differs from the cloud's"),
        subnetted: whole(
          "part of its IPv4 addresses that subnets take, in whole per cent; absent without subnets",
          100,
        ),
      },
    ),
  },
  subnets: {
    about: "Subnets of networks.",
    key: ["subnet"],
    entry: record(
      {
        name,
        network: id("the network it is in", "network"),
        domain,
        place,
        prefixes,
        addresses,
        labels,
        existing: flag("it exists already and is not created"),
        hosts: whole("its hosts"),
      },
      { description, zone: text("zone") },
    ),
  },
  hosts: {
    about: "Hosts.",
    key: ["host"],
    entry: record(
      {
        name,
        parent: id("what it is declared in", "network", "subnet", "external"),
        domain,
        place,
        addresses: list(text(""), "its addresses"),
        labels,
      },
      { description },
    ),
  },
  groups: {
    about: "Groups.",
    key: ["group"],
    entry: record({ name, endpoints: endpointKeys("what it holds") }),
  },
};

const links: Pick<Tables, "links" | "carries"> = {
  links: {
    about: "Links.",
    key: ["link"],
    entry: record(
      {
        name,
        kind: word(linkKindWords, "kind of link"),
        ends: { ...list(place, "the two places, in `between` order"), minItems: 2, maxItems: 2 },
        toCloud: flag("an end is a cloud"),
        toExternal: flag("an end is an external"),
        toUnmanaged: flag("an end is an unmanaged router"),
        encrypted: flag("packets on it are encrypted: true for `ipsec`"),
        preference: whole("preference", 65_535),
        hosted: flag("a partner's hosted connection"),
        partner: flag("the attachments are a partner's"),
        ike: {
          type: "object",
          additionalProperties: { type: ["string", "number"] },
          description: "overrides of `ike`",
        },
        domains,
      },
      {
        description,
        bandwidth: { type: "number", exclusiveMinimum: 0, description: "bits per second, where written" },
        bfd: {
          type: "number",
          exclusiveMinimum: 0,
          description: "interval of BFD in milliseconds; absent without BFD",
        },
        mtu: whole("largest packet in bytes, where written", 65_535),
      },
    ),
  },
  carries: {
    about:
      "Links with one domain each, as the design has them. A link of kind `mpls` has none: it carries every domain.",
    key: ["carries"],
    entry: record(
      {
        link: id("the link", "link"),
        domain,
        bgp: flag("routes are exchanged by BGP; else they are static, and BFD, keys and prefix limits mean nothing"),
        authenticated: flag("the BGP sessions have a key"),
        bfd: flag("the BGP sessions have BFD"),
        redundant: flag("the two ends still reach each other in the domain when the link fails"),
        accepted: whole("prefixes that the end which is told more accepts"),
      },
      {
        maxPrefixes: whole("most prefixes that a session may bring, where written", 4_294_967_295),
        bandwidth: { type: "number", exclusiveMinimum: 0, description: "bits per second, where written" },
      },
    ),
  },
};

const statements: Pick<Tables, "policies" | "rules" | "shares" | "invariants"> = {
  policies: {
    about: "Policies.",
    key: ["policy"],
    entry: record(
      { name, rules: whole("its rules"), shares: whole("its shares") },
      { description, owner: text("who answers for it"), ticket: text("where it was asked for") },
    ),
  },
  rules: {
    about:
      "Rules (`allow`). Every flow of a rule is open where the check has no error, so a rule is also a region that is open: its flows and its service.",
    key: ["rule"],
    entry: record(
      {
        policy: id("its policy", "policy"),
        flows: list(
          record({ source: endpointKeys("sources"), destination: endpointKeys("destinations") }),
          "`source` and `destination`, each a list of keys of `endpoints`; two of these for `<->`",
        ),
        service,
        log: flag("`log` is written"),
        crossing: flag("some flow goes between two domains"),
        anyToAny: flag(
          "some flow is from all endpoints of each of its domains to all endpoints of each of its domains",
        ),
        sourceAddresses: whole("source addresses"),
        destinationAddresses: whole("destination addresses"),
      },
      {
        because,
        until,
        daysLeft,
        sourceExternals: list(id("", "external"), "externals among the sources"),
        destinationExternals: list(id("", "external"), "externals among the destinations"),
      },
    ),
  },
  shares: {
    about: "Shares.",
    key: ["share"],
    entry: record(
      {
        policy: id("its policy", "policy"),
        what: endpointKeys("what is shared"),
        with: list(domain, "the domains it is shared with"),
        at: list(place, "meeting places that are written"),
        addresses,
        used: whole("addresses of it that rules reach from a domain it is shared with"),
        needed: flag("some rule has flows to it from a domain it is shared with"),
        externals: list(id("", "external"), "externals among what is shared"),
      },
      { because, until, daysLeft },
    ),
  },
  invariants: {
    about: "Invariants with the outcome of their proofs.",
    key: ["never", "always"],
    entry: record(
      {
        kind: word(["never", "always"], "`never` or `always`"),
        text: text("canonical text"),
        status: word(["proved", "refuted", "not-proved", "withheld"], "outcome"),
        from: list(domain, "domains of the sources"),
        to: list(domain, "domains of the destinations"),
        unenforced: whole("regions that nobody enforces, so that the proof leaves them out"),
        accepted: whole("regions of residual exposure that `accept` in `demarc.json` takes out"),
      },
      { policy: id("its policy, where it stands in one", "policy"), because },
    ),
  },
};

/** Every table of the document, in its order. */
export const GUARD_TABLES: Tables = { ...declarations, ...links, ...statements, ...FACT_TABLES };

/** The one object beside the tables. */
export const ESTATE_PART: Part = record(
  {
    id: id("its id", "estate"),
    name: text("its name"),
    tags: texts("its tags"),
    declared: flag("it is declared; else its name is `estate`"),
  },
  { owner: text("who owns it"), asn: whole("its autonomous system", 4_294_967_295) },
);

/** The schema. */
export function guardInputSchema(): Part {
  const tables = Object.entries(GUARD_TABLES).map(([key, table]) => [key, tableSchema(table)] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "guard-input.schema.json",
    title: "The input of guard rails",
    ...record({
      formatVersion: { const: GUARD_INPUT_VERSION },
      estate: { ...ESTATE_PART, description: "The estate as a whole." },
      ...Object.fromEntries(tables),
    }),
    $defs: { region },
  };
}

function tableSchema({ about, key, entry }: Table): Part {
  const names = key === "text" ? {} : { propertyNames: bare(id("", ...key)) };
  return { type: "object", description: about, ...names, additionalProperties: entry };
}
