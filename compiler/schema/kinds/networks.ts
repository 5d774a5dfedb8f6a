/** Schema of `network` and what is nested in it. */
import { description, integer, labels, many, mtuRange, one, text, uses, vlanRange } from "../build.js";
import type { KindSchema, PropertySchema } from "../types.js";
import { accountForms } from "./places.js";

const atRouter = [uses("place", "router")];
const atCloud = [uses("place", "aws", "azure", "gcp")];

/** Properties of a LAN: of a network without subnets, else of each subnet. */
const lanProperties: readonly PropertySchema[] = [
  text("interface", "Interface of the router. Every LAN at a router of ours has one.", { when: atRouter }),
  integer("vlan", vlanRange, "Tag on the interface.", { when: atRouter, default: "untagged" }),
  integer("outer-vlan", vlanRange, "Outer tag; needs `vlan`.", { when: atRouter }),
  many("gateway", { type: "address" }, "The address that hosts use as gateway, one per prefix.", {
    when: atRouter,
    default: "the first host of each prefix",
  }),
  many("next-hop", { type: "address" }, "The prefixes lie behind these addresses, one per family.", {
    when: atRouter,
    perFamily: true,
  }),
  many(
    "address",
    { type: "interface-address" },
    "The router's own addresses, one per family. Needed with `next-hop` and `attach`.",
    { when: atRouter, perFamily: true },
  ),
  many("dhcp-relay", { type: "address" }, "Servers that DHCP requests are relayed to.", { when: atRouter }),
  integer("mtu", mtuRange, "Largest packet on the interface, in bytes.", { when: atRouter }),
];

/** Names of the properties that stand on the LAN itself. */
export const lanPropertyNames: readonly string[] = lanProperties.map(({ name }) => name);

/** Schema of `network NAME in SEGMENT at PLACE`. */
export const networkKind: KindSchema = {
  word: "network",
  doc: "Addresses of a segment at a place: a VPC, a virtual network, a LAN.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [
    { word: "in", refers: ["segment"] },
    { word: "at", refers: ["cloud", "router"] },
  ],
  statements: [],
  properties: [
    many("cidr", { type: "prefix" }, "Its prefixes, of both families.", { required: true }),
    labels,
    description,
    text("account", "AWS account, where it is not the cloud's.", {
      when: [uses("place", "aws")],
      form: accountForms.account,
      default: "the cloud's",
    }),
    text("subscription", "Azure subscription, where it is not the cloud's.", {
      when: [uses("place", "azure")],
      form: accountForms.subscription,
      default: "the cloud's",
    }),
    text("project", "Google Cloud project, where it is not the cloud's.", {
      when: [uses("place", "gcp")],
      form: accountForms.project,
      default: "the cloud's",
    }),
    text("existing", "Id of the network to use instead of making one.", { when: atCloud }),
    ...lanProperties,
  ],
  example: 'network tills in pci at chi { cidr = 10.31.0.0/24  interface = "xe-0/0/3"  vlan = 310 }',
};

/** Schema of `subnet NAME` inside a network. */
export const subnetKind: KindSchema = {
  word: "subnet",
  doc: "A part of a network: a subnet of the provider, or one of several LANs at a router.",
  inside: ["network"],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [
    many("cidr", { type: "prefix" }, "Its prefixes, inside those of the network.", { required: true }),
    text("zone", "Letter of the availability zone.", { when: [uses("place", "aws")], default: "an allocated letter" }),
    labels,
    text("existing", "Id of the subnet to use instead of making one.", { when: atCloud }),
    text("route-table", "Id of the table that gets our routes; beside `existing`.", {
      when: [uses("place", "aws", "azure")],
    }),
    one("health-probes", { type: "service" }, "Lets the provider's health probes in, on this service.", {
      when: atCloud,
      default: "none",
    }),
    ...lanProperties,
  ],
  example: 'subnet web { cidr = 10.20.1.0/24  zone = "a"  labels = { tier = "web" } }',
};

/** Schema of `host NAME` inside a network, a subnet or an external. */
export const hostKind: KindSchema = {
  word: "host",
  doc: "One machine, by its addresses.",
  inside: ["network", "subnet", "external"],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [many("address", { type: "address" }, "Its addresses.", { required: true }), labels],
  example: 'host orders { address = 10.1.0.9  labels = { tier = "api" } }',
};

/** Schema of `attach ROUTER` inside a network or subnet at a router. */
export const attachKind: KindSchema = {
  word: "attach",
  doc: "Puts the LAN on a router; for a LAN on several routers, the `at` router first.",
  inside: ["network", "subnet"],
  form: "body",
  name: "router",
  headers: [],
  statements: [],
  properties: [
    text("interface", "Interface of that router.", { required: true }),
    integer("vlan", vlanRange, "Tag on the interface.", { default: "untagged" }),
    integer("outer-vlan", vlanRange, "Outer tag; needs `vlan`."),
    many("address", { type: "interface-address" }, "That router's own addresses, one per family.", {
      required: true,
      perFamily: true,
    }),
  ],
  example: 'attach chi { interface = "xe-0/0/3"  vlan = 310  address = 10.31.0.2/24 }',
};
