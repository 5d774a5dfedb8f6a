/** What the configuration of a router admits or leaves out beyond the letter of the rules, listed and not an error. */
import type { Remark } from "../../compiler/contract.js";
import type { EnforcementPoint } from "../../compiler/design/design.js";
import { UDP } from "../../compiler/sets/service-set.js";
import { type Address, formatAddress } from "../../grammar/address.js";
import type { RouterSlice } from "../shared/routers/slice.js";
import type { FilterTerm, JunosConfig } from "./model.js";

/** UDP port of DHCP servers (RFC 2131). */
const BOOTPS = 67;

/** The remarks of one router: residual exposure of each filter, and what this target does not serve. */
export function remarksOf(slice: RouterSlice, config: JunosConfig): readonly Remark[] {
  const out: Remark[] = [];
  const remark = (kind: Remark["kind"], subject: string, text: string, sources: Remark["sources"]): void => {
    out.push({ kind, target: "junos", subject, text, sources });
  };
  for (const filter of config.filters) {
    const subject = `${config.router}/${filter.name}`;
    const list = (text: string, terms: readonly FilterTerm[]): void => {
      if (terms.length === 0) return;
      remark("residual-exposure", subject, `${text} (${terms.map(({ name }) => `\`${name}\``).join(", ")})`, [
        ...new Set(terms.flatMap(({ origins }) => origins.map(({ span }) => span))),
      ]);
    };
    const accepts = filter.terms.filter(({ action }) => action === "accept");
    list(
      "replies of TCP need ACK or RST and no more",
      accepts.filter(({ match, name }) => match.tcpEstablished && !name.startsWith("ctl-")),
    );
    list(
      "non-initial fragments pass between the addresses of the flows, whatever their ports",
      accepts.filter(({ match }) => match.fragment === "later"),
    );
    list("ICMP errors pass towards those who may open flows", accepts.filter(isErrors));
  }
  for (const { lans } of slice.instances) {
    for (const { lan, point } of lans) {
      if (lan.gateways.some(({ family }) => family === 6)) {
        const text = `no router advertisements are sent on \`${lan.id}\`: its IPv6 hosts get their gateway by other means`;
        remark("not-served", `${config.router}/${lan.id}`, text, lan.sources);
      }
      const closed = lan.dhcpRelay.filter(
        (server) => server.family === 4 && point !== undefined && !renews(point, server),
      );
      if (closed.length === 0) continue;
      const servers = closed.map((server) => `\`${formatAddress(server)}\``).join(", ");
      const text = `no rule lets DHCP clients of \`${lan.id}\` renew by unicast at ${servers} (udp/67): they do so by broadcast, later`;
      remark("not-served", `${config.router}/${lan.id}`, text, lan.sources);
    }
  }
  for (const { circuit } of slice.tunnels) {
    remark(
      "not-served",
      circuit.id,
      `the tunnel's half on \`${config.router}\` is a hand-off document`,
      circuit.sources,
    );
  }
  for (const { circuits } of slice.instances) {
    for (const { circuit } of circuits) {
      for (const { family, kind } of circuit.addressing) {
        if (kind !== "provider") continue;
        const text = `the IPv${family} session waits for addresses that the provider chooses; see the delivery notes`;
        remark("not-served", circuit.id, text, circuit.sources);
      }
    }
  }
  return out;
}

/** True where some rule opens the port of a DHCP server from a LAN: whether from all of it is the rule's own affair. */
function renews(point: EnforcementPoint, server: Address): boolean {
  return point.entries.some(
    ({ kind, destination, service }) =>
      kind === "flow" && destination.contains(server) && service.contains({ protocol: UDP, slot: BOOTPS }),
  );
}

function isErrors({ name }: FilterTerm): boolean {
  return /-errors(?:-[0-9]+)?$/.test(name);
}
