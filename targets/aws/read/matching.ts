/** What security group rules and network ACL entries match above the addresses. */
import type { TransportMatch } from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import type { Block } from "./block.js";

/** Protocols that AWS knows by name. Source: Amazon EC2 API Reference, `IpPermission`. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ["icmp", 1],
  ["tcp", 6],
  ["udp", 17],
  ["icmpv6", 58],
]);

/** The attributes that hold a range of ports, or an ICMP type and code. */
export interface PortAttributes {
  readonly protocol: string;
  readonly first: string;
  readonly last: string;
  readonly type: string;
  readonly code: string;
}

/** Fragments that have a header with ports or types. */
const WITH_HEADER = ["whole", "first"] as const;

/** The protocol: a number, or `all` for `-1`; undefined and refused where it is neither. */
function protocolIn(block: Block, attribute: string): number | "all" | undefined {
  const text = block.text(attribute);
  if (text === undefined) return undefined;
  if (text === "-1") return "all";
  const number = NAMES.get(text) ?? (/^(?:0|[1-9][0-9]{0,2})$/.test(text) ? Number(text) : 256);
  return number < 256
    ? number
    : block.refuse(attribute, "a protocol number, `tcp`, `udp`, `icmp`, `icmpv6` or `-1` is expected here");
}

/**
 * What a rule matches. `-1` and protocols other than TCP, UDP and ICMP take no ports; TCP and UDP need both ends of a range;
 * of ICMP, type or code -1 is any. Anything else AWS refuses or reads in a way of its own, and is refused here.
 */
export function transportIn(block: Block, names: PortAttributes, family: Family): TransportMatch | undefined {
  if (!block.demand(names.protocol)) return undefined;
  const protocol = protocolIn(block, names.protocol);
  if (protocol === undefined) return undefined;
  if (protocol === 6 || protocol === 17) return portsIn(block, names, protocol);
  if (protocol === 1 || protocol === 58) {
    if ((protocol === 1) === (family === 4)) return icmpIn(block, names, protocol);
    return block.refuse(names.protocol, `this protocol does not go with IPv${family}`);
  }
  const ports = new Set([names.first, names.last, names.type, names.code]);
  for (const attribute of ports) {
    if (block.has(attribute)) return block.refuse(attribute, "this protocol takes no ports");
  }
  return protocol === "all" ? {} : { protocols: [[protocol, protocol]] };
}

function portsIn(block: Block, names: PortAttributes, protocol: number): TransportMatch | undefined {
  if (!block.demand(names.first, names.last)) return undefined;
  for (const attribute of [names.type, names.code]) {
    const other = attribute !== names.first && attribute !== names.last;
    if (other && block.has(attribute)) return block.refuse(attribute, "TCP and UDP have ports, not types");
  }
  const [first, last] = [block.integer(names.first, 0, 65_535), block.integer(names.last, 0, 65_535)];
  if (first === undefined || last === undefined) return undefined;
  if (first > last) return block.refuse(names.first, "the range of ports is reversed");
  return { protocols: [[protocol, protocol]], fragments: WITH_HEADER, destinationPorts: [[first, last]] };
}

function icmpIn(block: Block, names: PortAttributes, protocol: number): TransportMatch | undefined {
  if (!block.demand(names.type, names.code)) return undefined;
  for (const attribute of [names.first, names.last]) {
    const other = attribute !== names.type && attribute !== names.code;
    if (other && block.has(attribute)) return block.refuse(attribute, "ICMP has types, not ports");
  }
  const [type, code] = [block.integer(names.type, -1, 255), block.integer(names.code, -1, 255)];
  if (type === undefined || code === undefined) return undefined;
  const protocols = [[protocol, protocol]] as const;
  if (type === -1) return code === -1 ? { protocols } : block.refuse(names.code, "a code needs a type");
  const types = [[type, type]] as const;
  const codes = code === -1 ? {} : { codes: [[code, code]] as const };
  return { protocols, fragments: WITH_HEADER, types, ...codes };
}
