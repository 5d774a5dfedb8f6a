/** Schema of the places: `cloud`, `router`, `external`. */
import { asnRange, boolean, description, integer, labels, many, one, text, uses, word } from "../build.js";
import type { KindSchema, TextForm } from "../types.js";

/** Systems of routers that we configure. */
export const managedSystems = ["junos", "iosxr", "sros", "eos", "frr"] as const;

/** What accounts of the providers look like. */
export const accountForms: Readonly<Record<"account" | "subscription" | "project", TextForm>> = {
  /** AWS, "AWS account identifiers": a 12-digit number. */
  account: { pattern: "^[0-9]{12}$", words: "12 digits" },
  /** Azure, "Get subscription and tenant IDs": a GUID. */
  subscription: {
    pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
    words: "a GUID such as `00000000-0000-0000-0000-000000000000`",
  },
  /** Google Cloud, "Creating and managing projects": 6 to 30 lower-case letters, digits and hyphens. */
  project: {
    pattern: "^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$",
    words: "6 to 30 lower-case letters, digits and hyphens, beginning with a letter",
  },
};

const aws = [uses("provider", "aws")];
const azure = [uses("provider", "azure")];
const gcp = [uses("provider", "gcp")];

/** Schema of `cloud NAME`. */
export const cloudKind: KindSchema = {
  word: "cloud",
  doc: "One region of a provider, in one account.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [
    word("provider", ["aws", "azure", "gcp"], "Whose cloud it is.", { required: true }),
    text("region", "The provider's name of the region.", { required: true }),
    integer("asn", asnRange, "Autonomous system of the hub (aws) or the Cloud Routers (gcp).", {
      when: [uses("provider", "aws", "gcp")],
    }),
    text("account", "AWS account.", { when: aws, form: accountForms.account }),
    word("hub", ["transit-gateway", "cloud-wan"], "What joins the networks of a segment.", {
      when: aws,
      default: "`transit-gateway`",
    }),
    one(
      "gateway-asn",
      { type: "object", keys: "segment", values: { type: "integer", ...asnRange }, many: false },
      "Autonomous system of the Direct Connect gateway of each segment.",
      { when: aws, default: "allocated" },
    ),
    text("ipv6-pool", "Address pool that IPv6 networks are taken from. Needed where a network has IPv6.", {
      when: aws,
    }),
    text("flow-logs", "Where flow logs go.", { when: [uses("provider", "aws", "azure")] }),
    text("subscription", "Azure subscription.", { when: azure, form: accountForms.subscription }),
    one("hub-cidr", { type: "prefix" }, "Addresses of the virtual hubs.", { when: azure, required: true }),
    text("resource-group", "Existing Azure resource group to use instead of making one.", { when: azure }),
    text("project", "Google Cloud project.", { when: gcp, form: accountForms.project }),
    text("shared-vpc-host", "Project that hosts the Shared VPC.", { when: gcp, form: accountForms.project }),
    text("existing", "Id of the hub to use instead of making one."),
  ],
  example: 'cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }',
};

const managed = [uses("os", ...managedSystems)];

/** Schema of `router NAME`. */
export const routerKind: KindSchema = {
  word: "router",
  doc: "A router of ours, or (`os = unmanaged`) one that somebody else runs.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [
    word("os", [...managedSystems, "unmanaged"], "The system it runs.", { required: true }),
    many("loopback", { type: "address" }, "Address of the router itself, one per family.", {
      required: true,
      perFamily: true,
      when: managed,
    }),
    integer("asn", asnRange, "Its autonomous system. Needed with `unmanaged`.", { default: "the estate's" }),
    text("site", "Where it stands."),
    text("loopback-interface", "Interface that holds the loopback address.", {
      when: managed,
      default: "the system's usual one",
    }),
    boolean("route-reflector", "It reflects the VPN routes of its core.", { when: managed }),
    word("vpn-sessions", ["managed", "existing"], "Whether its VPN sessions to the core are configured by us.", {
      when: managed,
      default: "`managed`",
    }),
    many("management", { type: "prefix" }, "Whence the router's own addresses may be reached.", { when: managed }),
  ],
  example: 'router chi { os = junos  loopback = 192.0.2.1  site = "Chicago" }',
};

/** Schema of `external NAME in SEGMENT`. */
export const externalKind: KindSchema = {
  word: "external",
  doc: "A place that we do not manage and that owns addresses: a partner, a branch. It is reached by a link.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [{ word: "in", refers: ["segment"] }],
  statements: [],
  properties: [
    many("cidr", { type: "prefix" }, "Its prefixes; from it we accept these and longer ones, up to /24 and /48.", {
      required: true,
    }),
    boolean("summary", "Its prefixes may cover longer ones of the segment; it owns what no longer prefix owns."),
    integer("asn", asnRange, "Its autonomous system. Absent: static routes both ways."),
    many("next-hop", { type: "address" }, "Where static routes to it point.", {
      perFamily: true,
      default: "the far addresses of its link",
    }),
    labels,
    description,
  ],
  example: "external globex in partners { cidr = 203.0.113.0/26  asn = 65010 }",
};
