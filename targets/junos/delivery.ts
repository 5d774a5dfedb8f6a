/** The delivery notes of a router: what must be there already, what is filled in by hand, how to load and to take back. */
import { formatAddress, formatPrefix } from "../../grammar/address.js";
import type { CircuitSlice, RouterSlice } from "../shared/routers/slice.js";
import { OWNED_PREFIX } from "./limit-data.js";
import { keyChainName } from "./lower-bgp.js";
import type { JunosConfig } from "./model.js";

/** The text of `delivery.md`. */
export function deliveryNotes(slice: RouterSlice, config: JunosConfig): string {
  const sections = [
    `# Delivery notes for \`${slice.router.name}\` (Junos)\n`,
    preconditions(slice, config),
    secrets(slice),
    laterValues(slice),
    notServed(slice),
    axioms(slice),
    loading(slice.router.name),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}\n`).join("");
}

function preconditions(slice: RouterSlice, config: JunosConfig): string {
  const { router, core, peers } = slice;
  const items: string[] = [];
  const loopbacks = router.loopbacks.map(({ value }) => `\`${formatAddress(value)}\``).join(" and ");
  const unit = router.loopbackInterface?.value ?? "lo0.0";
  items.push(`The loopback ${loopbacks} is on \`${unit}\` in the main routing table.`);
  const asn = router.asn?.value;
  if (asn !== undefined) items.push(`\`set routing-options autonomous-system ${asn}\` is configured.`);
  if (core !== undefined && peers.length > 0) {
    const names = peers.map(({ name }) => `\`${name}\``).join(", ");
    items.push(
      `An IGP and label transport (LDP, RSVP or segment routing) reach the loopbacks of ${names}, with \`family mpls\` on the core interfaces.`,
    );
    items.push("`set protocols mpls ipv6-tunneling` is configured where IPv6 prefixes cross the core.");
    if (router.vpnSessions === "existing")
      items.push(
        `VPN sessions exist already (\`inet-vpn\` and \`inet6-vpn\` unicast) to ${names}, or to route reflectors that serve them; none are emitted.`,
      );
  }
  items.push(...portConditions(config));
  items.push(
    "Interface filters and a loopback filter that protects the routing engine are two things: the latter is not ours and stays.",
  );
  return `## What must be there\n\nNone of this is configured by these files.\n\n${list(items)}`;
}

function portConditions(config: JunosConfig): readonly string[] {
  const ports = [...new Set(config.units.map(({ port }) => port))];
  return ports.map((port) => {
    const units = config.units.filter((unit) => unit.port === port);
    const tagged = units.some(({ vlan }) => vlan !== undefined);
    const twice = units.some(({ outerVlan }) => outerVlan !== undefined);
    const mtu = Math.max(1500, ...units.flatMap(({ families }) => families.flatMap((family) => family.mtu ?? [])));
    const words = [
      tagged ? "`flexible-vlan-tagging`" : "no VLAN tagging",
      ...(twice ? ["`encapsulation flexible-ethernet-services`"] : []),
      `a media MTU that holds IP packets of ${mtu} bytes${tagged ? " behind their tags" : ""}`,
    ];
    return `Port \`${port}\`: ${words.join(", ")}.`;
  });
}

function circuitsOf(slice: RouterSlice): readonly CircuitSlice[] {
  return slice.instances.flatMap(({ circuits }) => circuits);
}

function secrets(slice: RouterSlice): string {
  const chains = new Map<string, { readonly secret: string; readonly circuits: string[] }>();
  for (const { circuit } of circuitsOf(slice)) {
    if (circuit.md5 === undefined || circuit.routing !== "bgp") continue;
    const chain = chains.get(keyChainName(circuit.md5.name)) ?? { secret: circuit.md5.name, circuits: [] };
    chain.circuits.push(circuit.id);
    chains.set(keyChainName(circuit.md5.name), chain);
  }
  if (chains.size === 0) return "";
  const rows = [...chains].map(
    ([name, { secret, circuits }]) =>
      `| \`${name}\` | \`${secret.replace(/[`|\n]/g, " ")}\` | ${circuits.map((id) => `\`${id}\``).join(", ")} |\n`,
  );
  const first = [...chains.keys()][0] ?? "";
  return [
    "## Secrets\n",
    "BGP sessions name a key chain; the files hold no key. Define each key chain in the same candidate or before, from where",
    "your secrets are kept. A key chain that is missing must stop the commit; check it with `commit check`.\n",
    "| Key chain | Secret | Sessions |\n| --- | --- | --- |",
    rows.join(""),
    "For example, with the key put in by the tool that delivers:\n",
    "```",
    `set security authentication-key-chains key-chain ${first} key 0 secret "<key>"`,
    `set security authentication-key-chains key-chain ${first} key 0 start-time 2020-1-1.00:00:00`,
    "```\n",
  ].join("\n");
}

/** Sessions whose addresses a provider chooses when its half is applied. */
function laterValues(slice: RouterSlice): string {
  const waiting = circuitsOf(slice).flatMap(({ circuit }) =>
    circuit.addressing
      .filter(({ kind }) => kind === "provider")
      .map(
        ({ family }) =>
          `\`${circuit.id}\`, IPv${family}: \`addresses\` in \`carries ${circuit.domain}\` of \`link ${circuit.link.name}\`.`,
      ),
  );
  if (waiting.length === 0) return "";
  return [
    "## Sessions that wait for the provider\n",
    "The provider chooses these addresses when its half is applied, so the files have no session and no interface address of that",
    "family yet, and its filter admits none. Once they are known write them down in the source and compile again:\n",
    list(waiting),
  ].join("\n");
}

function notServed(slice: RouterSlice): string {
  if (slice.tunnels.length === 0) return "";
  const items = slice.tunnels.map(
    ({ circuit }) => `\`${circuit.id}\`: the hand-off document is \`links/${circuit.link.name}/\`.`,
  );
  return `## What these files do not configure\n\nIPsec tunnels that end on this router:\n\n${list(items)}`;
}

function axioms(slice: RouterSlice): string {
  const management = slice.router.management.map(({ value }) => `\`${formatPrefix(value)}\``);
  const items = [
    ...(management.length === 0
      ? []
      : [
          `Packets from ${management.join(", ")} reach the router's own addresses through every filter of ours (\`management\`).`,
        ]),
    "No router outside the estate uses the route targets of these routing instances.",
    ...pathErrors(slice),
  ];
  return `## What is taken for granted\n\n${list(items)}`;
}

/** What the source check of links costs. */
function pathErrors(slice: RouterSlice): readonly string[] {
  const links = [
    ...new Set(circuitsOf(slice).flatMap(({ circuit, point }) => (point === undefined ? [] : [circuit.link.name]))),
  ];
  if (links.length === 0) return [];
  const names = links.map((name) => `\`${name}\``).join(", ");
  return [
    `The way behind ${names} takes packets of the size that the interface has. ICMP errors come through these links only from addresses accepted on the link: a router behind it that answers from another address (its own link address, as most do) fails the source check, and its "packet too big", "unreachable" and "time exceeded" are discarded. Path MTU discovery does not see smaller MTUs there, and traceroute shows no such router. Keep the MTU of that way at least that of the link, or clamp the TCP MSS.`,
  ];
}

function loading(router: string): string {
  return [
    "## Loading\n",
    "`junos.set` and `junos.replace.conf` say the same. `ownership.json` lists every object that is ours with the SHA-256 of its",
    `text; all but routing instances and units begin with \`${OWNED_PREFIX}\`.\n`,
    "First time, from the configuration mode of the router:\n",
    "```",
    `load replace ${router}/junos.replace.conf`,
    "commit check",
    "show | compare",
    "commit confirmed 10",
    "commit",
    "```\n",
    "Later: `load replace` replaces each object that is still there and leaves those that are gone. Load the `rollback.set` of the",
    "configuration that is on the router first, then the new file, and commit both as one candidate:\n",
    "```",
    "load set <previous>/rollback.set",
    `load set ${router}/junos.set`,
    "commit confirmed 10",
    "```\n",
    "Terms keep the order of the file only when a filter is loaded whole, as both ways above do. Do not add single `set` lines to a",
    "filter that exists.\n",
    "With NAPALM: `load_merge_candidate` with `rollback.set` and `junos.set` in one text, `compare_config`, `commit_config(revert_in=600)`.",
    "Its `load_replace_candidate` replaces the whole configuration of the router: never use it with these files.\n",
    "With Ansible: `junipernetworks.junos.junos_config` with `src: junos.replace.conf`, `src_format: text`, `update: replace`,",
    "`confirm: 10`.\n",
    "To take everything back: `load set rollback.set`. It deletes what is listed in `ownership.json` and nothing else.",
    "",
  ].join("\n");
}
