/**
 * Names of ICMP types: the IANA names in kebab-case, and the aliases that network systems use.
 *
 * Source: IANA, "Internet Control Message Protocol (ICMP) Parameters", ICMP Type Numbers, and "Internet Control Message
 * Protocol version 6 (ICMPv6) Parameters", ICMPv6 "type" Numbers.
 */

/** One message type. `name` is the IANA name; a service literal may use the name, an alias or the number. */
export interface IcmpType {
  readonly type: number;
  readonly name: string;
  readonly aliases: readonly string[];
}

const entry = (type: number, name: string, ...aliases: readonly string[]): IcmpType => ({ type, name, aliases });

/** ICMP for IPv4, by type number. */
export const ICMP_TYPES: readonly IcmpType[] = [
  entry(0, "echo-reply"),
  entry(3, "destination-unreachable", "unreachable"),
  entry(4, "source-quench"),
  entry(5, "redirect"),
  entry(6, "alternate-host-address"),
  entry(8, "echo", "echo-request"),
  entry(9, "router-advertisement"),
  entry(10, "router-solicitation"),
  entry(11, "time-exceeded"),
  entry(12, "parameter-problem"),
  entry(13, "timestamp", "timestamp-request"),
  entry(14, "timestamp-reply"),
  entry(15, "information-request"),
  entry(16, "information-reply"),
  entry(17, "address-mask-request", "mask-request"),
  entry(18, "address-mask-reply", "mask-reply"),
  entry(30, "traceroute"),
  entry(31, "datagram-conversion-error", "conversion-error"),
  entry(32, "mobile-host-redirect", "mobile-redirect"),
  entry(33, "ipv6-where-are-you"),
  entry(34, "ipv6-i-am-here"),
  entry(35, "mobile-registration-request"),
  entry(36, "mobile-registration-reply"),
  entry(37, "domain-name-request"),
  entry(38, "domain-name-reply"),
  entry(39, "skip"),
  entry(40, "photuris"),
  entry(42, "extended-echo-request"),
  entry(43, "extended-echo-reply"),
];

/** ICMPv6, by type number. */
export const ICMPV6_TYPES: readonly IcmpType[] = [
  entry(1, "destination-unreachable", "unreachable"),
  entry(2, "packet-too-big", "too-big"),
  entry(3, "time-exceeded"),
  entry(4, "parameter-problem"),
  entry(128, "echo-request"),
  entry(129, "echo-reply"),
  entry(130, "multicast-listener-query", "mld-query"),
  entry(131, "multicast-listener-report", "mld-report"),
  entry(132, "multicast-listener-done", "mld-done"),
  entry(133, "router-solicitation"),
  entry(134, "router-advertisement"),
  entry(135, "neighbor-solicitation"),
  entry(136, "neighbor-advertisement"),
  entry(137, "redirect-message", "redirect"),
  entry(138, "router-renumbering"),
  entry(139, "node-information-query"),
  entry(140, "node-information-response"),
  entry(141, "inverse-neighbor-discovery-solicitation"),
  entry(142, "inverse-neighbor-discovery-advertisement"),
  entry(143, "version-2-multicast-listener-report", "mldv2-report"),
  entry(144, "home-agent-address-discovery-request"),
  entry(145, "home-agent-address-discovery-reply"),
  entry(146, "mobile-prefix-solicitation"),
  entry(147, "mobile-prefix-advertisement"),
  entry(148, "certification-path-solicitation"),
  entry(149, "certification-path-advertisement"),
  entry(151, "multicast-router-advertisement"),
  entry(152, "multicast-router-solicitation"),
  entry(153, "multicast-router-termination"),
  entry(154, "fmipv6-messages"),
  entry(155, "rpl-control"),
  entry(156, "ilnpv6-locator-update"),
  entry(157, "duplicate-address-request"),
  entry(158, "duplicate-address-confirmation"),
  entry(159, "mpl-control"),
  entry(160, "extended-echo-request"),
  entry(161, "extended-echo-reply"),
];

function byName(types: readonly IcmpType[]): ReadonlyMap<string, number> {
  return new Map(types.flatMap((each) => [each.name, ...each.aliases].map((name) => [name, each.type] as const)));
}

const NUMBERS = { icmp: byName(ICMP_TYPES), icmpv6: byName(ICMPV6_TYPES) };

/** The type number of a name or alias; undefined where the protocol has no such type. */
export function icmpTypeNumber(protocol: "icmp" | "icmpv6", name: string): number | undefined {
  return NUMBERS[protocol].get(name);
}

/** Every name and alias of a protocol's types, for suggestions and completion. */
export function icmpTypeNames(protocol: "icmp" | "icmpv6"): readonly string[] {
  return [...NUMBERS[protocol].keys()];
}
