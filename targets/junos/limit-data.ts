/** What Junos limits, as data with the source of each figure. */

export interface JunosLimit {
  /** Key in `demarc.json` and in reports. */
  readonly key: string;
  readonly allowed: number;
  readonly source: string;
}

/** The limits by what they are about. */
export const limits = {
  /** Filter, term, counter, policy, prefix-list and community names. */
  name: {
    key: "name-length",
    allowed: 64,
    source: "Juniper, Firewall Filter Names and Options: letters, digits and hyphens, up to 64 characters",
  },
  /** The instance of an interface-specific filter appends `-<interface>-i` and has 64 bytes in all. */
  filterName: {
    key: "interface-specific-filter-name-length",
    allowed: 52,
    source: "Juniper, Interface-Specific Firewall Filter Instances Overview",
  },
  instanceName: {
    key: "routing-instance-name-length",
    allowed: 128,
    source: "Juniper, routing-instances configuration statement",
  },
  keyChainName: {
    key: "key-chain-name-length",
    allowed: 128,
    source: "Juniper YANG junos-conf-protocols 24.4R1, authentication-key-chain",
  },
  description: {
    key: "description-length",
    allowed: 255,
    source: "a limit of this product, not of Juniper: what network management still shows on one line",
  },
  unit: {
    key: "logical-unit-number",
    allowed: 16_384,
    source: "Juniper, unit (Interfaces) configuration statement: 0 through 16,384",
  },
  filterTerms: {
    key: "terms-per-filter",
    allowed: 4_000,
    source: "a budget of this product, not of Juniper: the capacity of a line card is not a fixed number of terms",
  },
} as const satisfies Readonly<Record<string, JunosLimit>>;

/** Address sides with more prefixes than this go to a prefix list. */
export const INLINE_PREFIXES = 4;

/** Prefixes of everything that carries our name in Junos' own namespaces. */
export const OWNED_PREFIX = "DEMARC-";

/** Names of routing instances that Junos keeps for itself. */
export const RESERVED_INSTANCES: ReadonlySet<string> = new Set(["default", "master", "all", "mgmt_junos"]);
