/** Schema of `link` and `carries`, and the table of link kinds. */
import { asnRange, boolean, integer, many, mtuRange, one, text, uses, vlanRange, word } from "../build.js";
import type { KindSchema, PlaceClass } from "../types.js";

/** One kind of link. */
export interface LinkKindSchema {
  /** The pairs of ends that it joins; a cloud end of a provider by the provider's name. */
  readonly joins: readonly (readonly [LinkEndTag, LinkEndTag])[];
  /** It has `carries`; else it carries every segment. */
  readonly carries: boolean;
  /** Packet sizes that the provider's side can be given, in bytes; absent: any. The least is the default. */
  readonly mtus?: readonly number[];
  readonly doc: string;
}

/** The tag of an end: `cloud` stands for every provider, `router` for routers of ours, `unmanaged` for others'. */
export type LinkEndTag = PlaceClass | "aws" | "azure" | "gcp";

/**
 * The kinds of links and what they join (language.md §5). Packet sizes: AWS Direct Connect, "MTUs for virtual
 * interfaces" (transit virtual interface); Google Cloud, "Cloud Interconnect MTU".
 */
export const linkKinds = {
  "direct-connect": {
    joins: [
      ["aws", "router"],
      ["aws", "unmanaged"],
      ["aws", "external"],
    ],
    carries: true,
    mtus: [1500, 8500],
    doc: "One Direct Connect gateway per hub and segment, one transit virtual interface per carried segment; the port exists.",
  },
  "express-route": {
    joins: [
      ["azure", "router"],
      ["azure", "unmanaged"],
      ["azure", "external"],
    ],
    carries: true,
    mtus: [1500],
    doc: "Every carried segment names its own existing circuit and path; a circuit with one path is a warning.",
  },
  interconnect: {
    joins: [
      ["gcp", "router"],
      ["gcp", "unmanaged"],
      ["gcp", "external"],
    ],
    carries: true,
    mtus: [1440, 1460, 1500, 8896],
    doc: "One VLAN attachment per carried segment, one Cloud Router per region and segment.",
  },
  ipsec: {
    joins: [
      ["cloud", "cloud"],
      ["cloud", "router"],
      ["cloud", "unmanaged"],
      ["cloud", "external"],
      ["router", "router"],
      ["router", "unmanaged"],
      ["router", "external"],
      ["unmanaged", "unmanaged"],
      ["unmanaged", "external"],
    ],
    carries: true,
    doc: "Tunnels. The router half is emitted where the system has IPsec and all addresses are known, else handed off as a document.",
  },
  handoff: {
    joins: [
      ["router", "router"],
      ["router", "unmanaged"],
      ["router", "external"],
      ["unmanaged", "unmanaged"],
      ["unmanaged", "external"],
    ],
    carries: true,
    doc: "VRF-lite with BGP between two autonomous systems, or to an external.",
  },
  mpls: {
    joins: [["router", "router"]],
    carries: false,
    doc: "Existing label transport between the loopbacks: routers joined so form one core. Carries every segment.",
  },
} as const satisfies Readonly<Record<string, LinkKindSchema>>;

/** Words of the link kinds, in the order of the manual. */
export const linkKindWords = Object.keys(linkKinds) as readonly (keyof typeof linkKinds)[];

/** Keys of `ike`: overrides of the tunnels' proposals. */
export const ikeKeys = [
  "version",
  "encryption",
  "integrity",
  "dh-group",
  "lifetime",
  "esp-encryption",
  "esp-integrity",
  "pfs-group",
  "esp-lifetime",
  "dpd-timeout",
] as const;

const circuits = ["direct-connect", "express-route", "interconnect", "ipsec", "handoff"] as const;
const tagged = ["direct-connect", "express-route", "interconnect", "handoff"] as const;
const onCircuits = [uses("kind", ...circuits)];
const onIpsec = [uses("kind", "ipsec")];
const onOurIpsec = [uses("kind", "ipsec"), uses("end", "router")];
/** Pairs of ends of which the one opposite to us has an address of its own to write. */
const peers = ["cloud-external", "cloud-unmanaged", "router-router", "external-router", "router-unmanaged"] as const;

/** Schema of `link NAME between PLACE and PLACE`. */
export const linkKind: KindSchema = {
  word: "link",
  doc: "What joins two places.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [{ word: "between", refers: ["cloud", "router", "external"] }],
  statements: [],
  properties: [
    word("kind", linkKindWords, "How the places are joined.", { required: true }),
    many("interface", { type: "text" }, "Interface of each router of ours, in `between` order.", {
      when: [uses("kind", ...tagged), uses("end", "router")],
    }),
    one("bandwidth", { type: "rate" }, "Rate of the link.", { when: onCircuits }),
    text("connection", "The provider's id of the port or connection.", {
      when: [uses("kind", "direct-connect", "interconnect")],
      default: "a variable of the module",
    }),
    boolean("hosted", "The connection is a partner's hosted connection.", { when: [uses("kind", "direct-connect")] }),
    boolean("partner", "The attachments are a partner's.", { when: [uses("kind", "interconnect")] }),
    integer("edge-domain", { min: 1, max: 2 }, "Edge availability domain.", { when: [uses("kind", "interconnect")] }),
    integer("preference", { min: 1, max: 65_535 }, "Higher wins, in both directions.", {
      when: onCircuits,
      default: "100",
    }),
    integer("local-asn", asnRange, "Autonomous system that our router shows on this link.", {
      when: [uses("kind", ...circuits), uses("end", "router")],
      default: "the router's",
    }),
    integer("mtu", mtuRange, "Largest packet on the link, in bytes.", {
      when: onCircuits,
      default: "the kind's minimum",
    }),
    one("bfd", { type: "time", min: 10, max: 30_000 }, "Interval of BFD.", { when: onCircuits, default: "no BFD" }),
    one("md5", { type: "secret" }, "Key of the BGP sessions.", {
      when: onCircuits,
      default: "where the kind demands one, named after link and segment",
    }),
    many("public", { type: "address" }, "Outer addresses of our router (of the first-named where both are ours).", {
      when: onOurIpsec,
    }),
    many("peer-public", { type: "address" }, "Outer addresses of the other end, where that is no cloud.", {
      when: [uses("kind", "ipsec"), uses("ends", ...peers)],
    }),
    text("wan-interface", "Interface that the tunnels leave by.", { when: onOurIpsec }),
    text("wan-vrf", "VRF that the outer addresses are reached in.", { when: onOurIpsec }),
    many("psk", { type: "secret" }, "Pre-shared key of each tunnel.", { when: onIpsec }),
    one(
      "ike",
      {
        type: "object",
        keys: "listed",
        listed: ikeKeys,
        values: [{ type: "text" }, { type: "integer", min: 1, max: 4_294_967_295 }],
        many: false,
      },
      "Overrides of the tunnels' proposals.",
      { when: onIpsec },
    ),
  ],
  example:
    'link dx between use1 and chi { kind = direct-connect  interface = "xe-0/0/2"  carries prod { vlan = 101 } }',
};

/** Schema of `carries SEGMENT` inside a link. */
export const carriesKind: KindSchema = {
  word: "carries",
  doc: "Brings one segment over the link: a sub-interface pair, a virtual interface, a set of tunnels.",
  inside: ["link"],
  form: "body",
  name: "segment",
  headers: [],
  statements: [],
  properties: [
    integer("vlan", vlanRange, "Tag of the segment on the link.", { when: [uses("kind", ...tagged)] }),
    integer("outer-vlan", vlanRange, "Outer tag; needs `vlan`.", { when: [uses("kind", ...tagged)] }),
    many("addresses", { type: "interface-address" }, "Addresses in `between` order, one pair per family.", {
      when: onCircuits,
      default: "allocated",
    }),
    text("circuit", "Id of the existing circuit.", { when: [uses("kind", "express-route")], required: true }),
    word("path", ["primary", "secondary"], "Which path of the circuit.", {
      when: [uses("kind", "express-route")],
      required: true,
    }),
    one("bandwidth", { type: "rate" }, "Rate of this segment.", { when: onCircuits }),
    integer("max-prefixes", { min: 1, max: 4_294_967_295 }, "Most prefixes that a BGP session may bring.", {
      when: onCircuits,
    }),
    one(
      "announce",
      { type: "object", keys: "end", values: { type: "prefix" }, many: true },
      "Prefixes by end, which that end announces in place of the routes they cover.",
      { when: onCircuits },
    ),
    one("md5", { type: "secret" }, "Key of the BGP sessions.", { when: onCircuits, default: "the link's" }),
  ],
  example: "carries prod { vlan = 101 }",
};
