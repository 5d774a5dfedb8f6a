/**
 * The input of guard rails: one JSON document of the estate and of facts that the compiler has proved. All arithmetic on
 * addresses, ports and days is done here; Rego compares names, numbers and words.
 *
 * Objects stand under their ids, which begin with their kind (`segment:prod`, `rule:shop-9c41d07e`) and are what a finding
 * names as its subject. A key without a meaning for an object is left out, and so are empty texts. Counts above
 * `MOST_COUNTED` are given as that number. `input-schema.ts` describes every key; a test holds documents against it.
 */

/** The version of the document; it changes when a rule written for an earlier one could misread it. */
export const GUARD_INPUT_VERSION = 1;

/** The largest count in the document: whole numbers up to here survive every JSON reader. */
export const MOST_COUNTED = Number.MAX_SAFE_INTEGER;

/** An id of an object of the document: the kind, a colon, and the name that the source or the compiler has for it. */
export type ObjectId = string;

/** Objects of one kind by their ids. */
export type ById<T> = Readonly<Record<ObjectId, T>>;

/** What most declarations have. */
export interface GuardDeclared {
  readonly name: string;
  readonly description?: string;
}

/** A domain: what addresses are unique in. Segments are the only kind in this version. */
export interface GuardSegment extends GuardDeclared {
  readonly kind: "segment";
  readonly owner?: string;
  readonly number?: number;
  readonly vrf: string;
  readonly networks: number;
  readonly externals: number;
}

/** A cloud, a router or an external as a place. */
export interface GuardPlace extends GuardDeclared {
  readonly kind: "cloud" | "router" | "external";
  readonly platform: string;
  readonly managed: boolean;
  readonly region?: string;
  readonly account?: string;
  readonly site?: string;
  readonly asn?: number;
  readonly existing?: boolean;
  readonly flowLogs?: boolean;
  readonly managementPrefixes?: number;
  readonly managementAddresses?: number;
  readonly domains: readonly ObjectId[];
}

/** A declared prefix. */
export interface GuardPrefix {
  readonly prefix: string;
  readonly family: 4 | 6;
  readonly length: number;
  readonly space: string;
}

/** An external: its addresses and what is said of it. Its place has the same name. */
export interface GuardExternal extends GuardDeclared {
  readonly domain: ObjectId;
  readonly place: ObjectId;
  readonly prefixes: readonly GuardPrefix[];
  readonly addresses: number;
  readonly summary: boolean;
  readonly bgp: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly hosts: number;
}

/** A network with the sums that its address plan comes to. */
export interface GuardNetwork extends GuardDeclared {
  readonly domain: ObjectId;
  readonly place: ObjectId;
  readonly prefixes: readonly GuardPrefix[];
  readonly addresses: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly existing: boolean;
  readonly lan: boolean;
  readonly subnets: number;
  readonly hosts: number;
  readonly subnetted?: number;
}

/** A subnet of a network. */
export interface GuardSubnet extends GuardDeclared {
  readonly network: ObjectId;
  readonly domain: ObjectId;
  readonly place: ObjectId;
  readonly prefixes: readonly GuardPrefix[];
  readonly addresses: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly existing: boolean;
  readonly hosts: number;
}

/** A host. */
export interface GuardHost extends GuardDeclared {
  readonly parent: ObjectId;
  readonly domain: ObjectId;
  readonly place: ObjectId;
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A link and the protection of its sessions. */
export interface GuardLink extends GuardDeclared {
  readonly kind: string;
  readonly ends: readonly ObjectId[];
  readonly toCloud: boolean;
  readonly toExternal: boolean;
  readonly toUnmanaged: boolean;
  readonly encrypted: boolean;
  readonly bandwidth?: number;
  readonly bfd?: number;
  readonly mtu?: number;
  readonly preference: number;
  readonly hosted: boolean;
  readonly partner: boolean;
  readonly ike: Readonly<Record<string, string | number>>;
  readonly domains: readonly ObjectId[];
}

/** One domain on one link: the circuit of the design. */
export interface GuardCarries {
  readonly link: ObjectId;
  readonly domain: ObjectId;
  readonly bgp: boolean;
  readonly authenticated: boolean;
  readonly bfd: boolean;
  readonly maxPrefixes?: number;
  readonly bandwidth?: number;
  readonly redundant: boolean;
  readonly accepted: number;
}

/** A policy. */
export interface GuardPolicy extends GuardDeclared {
  readonly owner?: string;
  readonly ticket?: string;
  readonly rules: number;
  readonly shares: number;
}

/** What rules, shares and invariants say of themselves. */
export interface GuardStatement {
  readonly policy?: ObjectId;
  readonly because?: string;
}

/** The last day of a statement that ends. */
export interface GuardEnding {
  readonly until?: string;
  readonly daysLeft?: number;
}

/** One direction of a rule; the texts are keys of `endpoints`. */
export interface GuardFlow {
  readonly source: readonly string[];
  readonly destination: readonly string[];
}

/** An `allow`. */
export interface GuardRule extends GuardStatement, GuardEnding {
  readonly policy: ObjectId;
  readonly flows: readonly GuardFlow[];
  readonly service: string;
  readonly log: boolean;
  readonly crossing: boolean;
  readonly anyToAny: boolean;
  readonly sourceAddresses: number;
  readonly destinationAddresses: number;
  readonly sourceExternals?: readonly ObjectId[];
  readonly destinationExternals?: readonly ObjectId[];
}

/** A `share`. */
export interface GuardShare extends GuardStatement, GuardEnding {
  readonly policy: ObjectId;
  readonly what: readonly string[];
  readonly with: readonly ObjectId[];
  readonly at: readonly ObjectId[];
  readonly addresses: number;
  readonly used: number;
  readonly needed: boolean;
  readonly externals: readonly ObjectId[];
}

/** A `never` or `always` with the outcome of its proof. */
export interface GuardInvariant extends GuardStatement {
  readonly kind: "never" | "always";
  readonly text: string;
  readonly status: "proved" | "refuted" | "not-proved" | "withheld";
  readonly from: readonly ObjectId[];
  readonly to: readonly ObjectId[];
  readonly unenforced: number;
  readonly accepted: number;
}

/** A set of services and what it is made of. */
export interface GuardService {
  readonly any: boolean;
  readonly protocols: readonly string[];
  readonly wholeProtocols: readonly string[];
  readonly tcpPorts: number;
  readonly udpPorts: number;
  readonly widestRange: number;
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

/** A set of endpoints of one domain and what it is made of. */
export interface GuardEndpoints {
  readonly domain: ObjectId;
  readonly addresses: number;
  readonly widestIpv4?: number;
  readonly widestIpv6?: number;
  readonly whole: boolean;
  readonly owners: readonly ObjectId[];
  readonly externals?: readonly ObjectId[];
}

/** All that is open, unenforced or residual between two domains. */
export interface GuardRegion {
  readonly any: boolean;
  readonly tcpPorts: number;
  readonly udpPorts: number;
  readonly classes: Readonly<Record<string, readonly string[]>>;
  readonly sources: number;
  readonly destinations: number;
  readonly pairs: number;
}

/** What the relations say of one ordered pair of domains. */
export interface GuardPair {
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly rules: number;
  readonly open?: GuardRegion;
  readonly unenforced?: GuardRegion;
  readonly residual?: GuardRegion;
  readonly tcpResidual?: GuardRegion;
}

/** What an external reaches, or what reaches it. */
export interface GuardExposure {
  readonly external: ObjectId;
  readonly direction: "from-external" | "to-external";
  readonly owner: ObjectId;
  readonly domain: ObjectId;
  readonly service: string;
  readonly addresses: number;
  readonly rules: readonly ObjectId[];
}

/** A prefix that a meeting place leaks beyond a share. */
export interface GuardSurplus {
  readonly prefix: string;
  readonly into: ObjectId;
  readonly owner: ObjectId;
  readonly share: ObjectId;
}

/** Two owners that have addresses in common, in different domains. */
export interface GuardOverlap {
  readonly owners: readonly ObjectId[];
  readonly domains: readonly ObjectId[];
  readonly prefix: string;
}

/** How full the fullest instance of a limit is. */
export interface GuardLimit {
  readonly target: string;
  readonly limit: string;
  readonly fullest: string;
  readonly used: number;
  readonly allowed: number;
  readonly left: number;
  readonly percentUsed: number;
  readonly instances: number;
}

/** How many remarks of one kind a target makes about one thing. */
export interface GuardRemark {
  readonly target: string;
  readonly kind: string;
  readonly subject: string;
  readonly count: number;
}

/** The whole document. */
export interface GuardInput {
  readonly formatVersion: typeof GUARD_INPUT_VERSION;
  readonly estate: {
    readonly id: ObjectId;
    readonly name: string;
    readonly owner?: string;
    readonly asn?: number;
    readonly tags: Readonly<Record<string, string>>;
    readonly declared: boolean;
  };
  readonly segments: ById<GuardSegment>;
  readonly places: ById<GuardPlace>;
  readonly externals: ById<GuardExternal>;
  readonly networks: ById<GuardNetwork>;
  readonly subnets: ById<GuardSubnet>;
  readonly hosts: ById<GuardHost>;
  readonly links: ById<GuardLink>;
  readonly carries: ById<GuardCarries>;
  readonly groups: ById<{ readonly name: string; readonly endpoints: readonly string[] }>;
  readonly policies: ById<GuardPolicy>;
  readonly rules: ById<GuardRule>;
  readonly shares: ById<GuardShare>;
  readonly invariants: ById<GuardInvariant>;
  readonly services: Readonly<Record<string, GuardService>>;
  readonly endpoints: Readonly<Record<string, GuardEndpoints>>;
  readonly pairs: ById<GuardPair>;
  readonly exposures: ById<GuardExposure>;
  readonly surplus: ById<GuardSurplus>;
  readonly overlaps: ById<GuardOverlap>;
  readonly limits: ById<GuardLimit>;
  readonly remarks: ById<GuardRemark>;
}
