/** The hand-off document of a link as Markdown, for the people on both sides. */
import type {
  AnnouncedRoute,
  CircuitDocument,
  FamilyAddresses,
  LinkDocument,
  Party,
  TunnelDocument,
} from "./document.js";
import type { OuterAddresses } from "./outer.js";
import type { Phase } from "./proposal.js";

/** The text of a document. */
export function linkMarkdown(document: LinkDocument): string {
  const [first, second] = document.parties;
  const parts = [
    `# Link ${code(document.link)}: ${code(first.name)} and ${code(second.name)}`,
    ...(document.description === undefined ? [] : [escaped(document.description)]),
    bullets([
      ["kind", code(document.kind)],
      ["connection", optional(document.connection, code)],
      ["bandwidth", optional(document.bandwidthBitsPerSecond, rate)],
    ]),
    partiesSection(document.parties),
    ...(document.ipsec === undefined ? [] : [ipsecSection(document.ipsec)]),
    ...(document.kind === "mpls" ? [MPLS] : []),
    ...document.circuits.map((circuit) => circuitSection(circuit, document.parties)),
    "Secrets are named here by their references; their values are exchanged by other means.",
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const MPLS =
  "Label transport and the interior routing between the two loopbacks exist already and are not configured from here. " +
  "Every segment may cross this link inside the L3VPN of its routers.";

/** Characters that Markdown would read as markup are escaped; line ends become blanks. */
function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/([\\`*_[\]<>#|])/g, "\\$1");
}

/** A text in back-ticks, one more than it holds in a row. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${ticks}${pad}${text.replace(/\s+/g, " ").replace(/\|/g, "\\|")}${pad}${ticks}`;
}

function optional<T>(value: T | undefined, show: (value: T) => string): string | undefined {
  return value === undefined ? undefined : show(value);
}

function bullets(rows: readonly (readonly [string, string | undefined])[]): string {
  return rows
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `- ${name}: ${value}`)
    .join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function rate(bits: number): string {
  if (bits % 1e9 === 0) return `${bits / 1e9} Gbps`;
  return bits % 1e6 === 0 ? `${bits / 1e6} Mbps` : `${bits} bps`;
}

function partiesSection(parties: readonly [Party, Party]): string {
  const rows = parties.map((party) => [
    code(party.name),
    [party.kind, party.platform].filter((one) => one !== undefined).join(", "),
    [optional(party.account, code), optional(party.region, code), optional(party.site, escaped)]
      .filter((one) => one !== undefined)
      .join(", "),
    optional(party.interface, code) ?? "",
    configuredText(party),
  ]);
  return `## Parties\n\n${table(["party", "what", "where", "interface", "configured"], rows)}`;
}

function configuredText(party: Party): string {
  if (party.artefacts.length > 0) return party.artefacts.map(code).join("<br>");
  if (party.compiled) return "nothing of its own for this link";
  return party.ours ? "by hand, from this document" : "by its owner, from this document";
}

function outerText(outer: OuterAddresses): string {
  const { kind, addresses, output } = outer;
  if (kind === "written") return addresses.map(code).join(", ");
  if (kind === "unwritten") return "to be told by its owner";
  const where =
    output === undefined ? "" : `, after apply in output ${code(output.name)} of module ${code(output.module)}`;
  return `chosen by the provider${where}`;
}

function ipsecSection(ipsec: NonNullable<LinkDocument["ipsec"]>): string {
  const { proposal } = ipsec;
  const phase = (one: Phase): readonly string[] => [
    code(one.encryption),
    one.integrity === undefined ? "by the cipher" : code(one.integrity),
    String(one.dhGroup),
    `${one.lifetimeSeconds} s`,
  ];
  const rows = [
    [`IKEv${proposal.ikeVersion}`, ...phase(proposal.ike)],
    ["ESP", ...phase(proposal.esp)],
  ];
  return [
    "## Encryption",
    table(["phase", "encryption", "integrity", "DH group", "lifetime"], rows),
    bullets([
      ...ipsec.outer.map((one) => [`public addresses of ${code(one.party)}`, outerText(one)] as const),
      ["interface towards the peer", optional(ipsec.wanInterface, code)],
      ["routing instance towards the peer", optional(ipsec.wanVrf, code)],
      ["dead peer detection", `${proposal.deadPeerSeconds} s`],
    ]),
  ].join("\n\n");
}

function circuitSection(circuit: CircuitDocument, parties: readonly [Party, Party]): string {
  return [
    `## Segment ${code(circuit.segment)}`,
    bullets([
      ["VLAN", optional(circuit.vlan, String)],
      ["outer VLAN", optional(circuit.outerVlan, String)],
      ["circuit", optional(circuit.circuit, code)],
      ["path", optional(circuit.path, code)],
      ["bandwidth", optional(circuit.bandwidthBitsPerSecond, rate)],
      ["MTU", `${circuit.mtu} bytes`],
      ["preference", `${circuit.preference}, higher wins`],
      ["on every route announced to AWS", optional(circuit.towardsAws, towardsAws)],
    ]),
    addressTable(circuit.addresses, parties),
    ...circuit.tunnels.map((tunnel) => tunnelPart(tunnel, parties)),
    routingPart(circuit, parties),
    ...parties.map((party) => announcedPart(party, circuit)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function towardsAws({ community, prepends }: NonNullable<CircuitDocument["towardsAws"]>): string {
  const times = prepends === 1 ? "once" : `${prepends} times`;
  const path = prepends === 0 ? "" : `, and the own ASN prepended ${times}`;
  return `community ${code(community)} and no other of \`7224:7100\` to \`7224:7300\`${path}`;
}

function tunnelPart(tunnel: TunnelDocument, parties: readonly [Party, Party]): string {
  const { number, connection, outside } = tunnel;
  return [
    connection === undefined ? `### Tunnel ${number}` : `### Connection ${code(connection)}, tunnel ${number}`,
    addressTable(tunnel.addresses, parties),
    bullets([
      ["pre-shared key", `reference ${code(tunnel.psk)}`],
      [
        "outer address of the provider",
        optional(outside, (at) => `output ${code(at.output)}, entry ${code(at.key)}, ${code(at.attribute)}`),
      ],
    ]),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function addressTable(addresses: readonly FamilyAddresses[], parties: readonly [Party, Party]): string {
  if (addresses.length === 0) return "";
  const rows = addresses.map((one) => [
    one.family === "ipv4" ? "IPv4" : "IPv6",
    ...parties.map((party) => optional(one.ends[party.name], code) ?? "chosen by the provider"),
  ]);
  return table(["family", ...parties.map((party) => code(party.name))], rows);
}

function routingPart(circuit: CircuitDocument, parties: readonly [Party, Party]): string {
  if (circuit.routing === "static") {
    return bullets([
      ["routing", "static, both ways"],
      ["far next hops", circuit.nextHops.map(code).join(", ")],
    ]);
  }
  const asns = parties.flatMap(
    (party) => optional(circuit.asns[party.name], (asn) => `${code(party.name)} ${asn}`) ?? [],
  );
  return bullets([
    ["routing", "BGP, one session per family"],
    ["ASNs", asns.join(", ")],
    ["BFD", circuit.bfdMilliseconds === undefined ? "none" : `${circuit.bfdMilliseconds} ms`],
    ["MD5", circuit.md5 === undefined ? "none" : `reference ${code(circuit.md5)}`],
    ["prefix limit", circuit.maxPrefixes === undefined ? "none" : `${circuit.maxPrefixes} prefixes per session`],
  ]);
}

function announcedPart(party: Party, circuit: CircuitDocument): string {
  const routes = circuit.announces[party.name] ?? [];
  const verb = circuit.routing === "bgp" ? "announces" : "is reached for";
  if (routes.length === 0) return `${code(party.name)} ${verb} nothing.`;
  const rows = routes.map((route) => [prefixText(route), code(route.owner), CAUSES[route.cause]]);
  return `${code(party.name)} ${verb}:\n\n${table(["prefix", "of", "because"], rows)}`;
}

const CAUSES: Readonly<Record<AnnouncedRoute["cause"], string>> = {
  own: "it lies in this segment",
  share: "it is shared with this segment",
  return: "replies of a share go back there",
  surplus: "the meeting place cannot leave it out",
};

function prefixText(route: AnnouncedRoute): string {
  if (route.upTo === undefined) return code(route.prefix);
  const except = route.except === undefined ? "" : `, nothing in ${route.except.map(code).join(", ")}`;
  return `${code(route.prefix)} and longer, up to /${route.upTo}${except}`;
}
