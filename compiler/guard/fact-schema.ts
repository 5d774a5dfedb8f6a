/** The tables of facts in the schema of the guard-rail input. */
import {
  addresses,
  classes,
  domain,
  flag,
  id,
  list,
  record,
  regionOf,
  type Tables,
  text,
  whole,
  word,
} from "./schema-parts.js";

/** What is proved of the estate and its output. */
export const FACT_TABLES: Pick<
  Tables,
  "services" | "endpoints" | "pairs" | "exposures" | "surplus" | "overlaps" | "limits" | "remarks"
> = {
  services: {
    about: "Sets of services that other objects refer to. The key is the set as the language writes it.",
    key: "text",
    entry: record({
      any: flag("every service"),
      protocols: list(text(""), "protocols: `tcp`, `udp`, `icmp`, `icmpv6`, `ip/47`; only `any` of every service"),
      wholeProtocols: list(text(""), "those that are whole, with every port or type"),
      tcpPorts: whole("TCP ports", 65_536),
      udpPorts: whole("UDP ports", 65_536),
      widestRange: whole("ports in the longest run of neighbouring ports", 65_536),
      classes,
    }),
  },
  endpoints: {
    about:
      "Sets of endpoints of one domain that other objects refer to. The key is the domain's name, alone for all its endpoints, else followed by a colon and the set in the estate's own words.",
    key: "text",
    entry: record(
      {
        domain,
        addresses,
        whole: flag("all endpoints of the domain"),
        owners: list(
          id("", "host", "subnet", "network", "external"),
          "the innermost declarations that have endpoints in it: hosts, subnets, networks without subnets, externals",
        ),
      },
      {
        widestIpv4: whole("length of the shortest prefix that the longest run of IPv4 addresses would fill", 32),
        widestIpv6: whole("the same for IPv6", 128),
        externals: list(id("", "external"), "externals that have endpoints in it"),
      },
    ),
  },
  pairs: {
    about:
      "Ordered pairs of domains, and of a domain with itself, between which something is open or not enforced. The subject of a finding about a pair is shown at its first rule.",
    key: ["pair"],
    entry: record(
      { from: domain, to: domain, rules: whole("rules with flows between them") },
      {
        open: regionOf("all that is open"),
        unenforced: regionOf("what no rule permits and nobody filters"),
        residual: regionOf("what replies of protocols other than TCP leave open"),
        tcpResidual: regionOf("what replies of TCP let pass with ACK or RST set; opens no flow"),
      },
    ),
  },
  exposures: {
    about:
      "What each external reaches, and what reaches it: one entry for each declaration on the other side. The subject of a finding about an exposure is shown at its first rule.",
    key: ["exposure"],
    entry: record({
      external: id("the external", "external"),
      direction: word(["from-external", "to-external"], "which side opens"),
      owner: id("the declaration on the other side", "host", "subnet", "network", "external"),
      domain: { ...domain, description: "the owner's domain" },
      service: text("key of `services`: all services that are open"),
      addresses: whole("addresses of the owner that are concerned"),
      rules: { ...list(id("", "rule"), "the rules that open it"), minItems: 1 },
    }),
  },
  surplus: {
    about: "Prefixes that a meeting place leaks into a domain beyond what is shared. Filters keep them closed.",
    key: ["surplus"],
    entry: record({
      prefix: text("the prefix"),
      into: domain,
      owner: id("whose prefix it is", "network", "external", "cloud"),
      share: id("the share that leaks it", "share"),
    }),
  },
  overlaps: {
    about: "Prefixes of two domains that have addresses in common; what `summary = true` covers is left out.",
    key: ["overlap"],
    entry: record({
      owners: { ...list(id("", "network", "external"), "the two owners"), minItems: 2, maxItems: 2 },
      domains: { ...list(domain, "their domains"), minItems: 2, maxItems: 2 },
      prefix: text("the longer of the two prefixes"),
    }),
  },
  limits: {
    about:
      "Limits of the compiled targets, each with the fullest of what it counts. Findings about one have no source line.",
    key: ["limit"],
    entry: record({
      target: text("the target"),
      limit: text("name of the limit"),
      fullest: text("what has least room left"),
      used: whole("how much of it is used"),
      allowed: whole("how much there may be"),
      left: { type: "integer", description: "how much is left" },
      percentUsed: whole("used, in whole per cent, rounded down"),
      instances: whole("how many things are counted under the limit"),
    }),
  },
  remarks: {
    about: "What targets remark of their output, by kind and subject; the report has the texts.",
    key: ["remark"],
    entry: record({
      target: text("the target"),
      kind: word(["coarse-point", "surplus-route", "residual-exposure", "not-served"], "kind of remark"),
      subject: text("what it is about"),
      count: whole("how many remarks"),
    }),
  },
};
