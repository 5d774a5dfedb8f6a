/** Normal texts of the literals that endpoint and service expressions may hold: one text for one meaning. */
import {
  type AddressRange,
  formatAddress,
  formatInterfaceAddress,
  formatPrefix,
  prefixSize,
  rangeToPrefixes,
} from "../../../grammar/address.js";
import type { Literal, ServiceLiteral } from "../../../grammar/literals.js";
import { icmpTypeNumber } from "../../std/icmp-types.js";
import { PROTOCOL_NAMES } from "../../std/names.js";

const NAMES_BY_NUMBER: ReadonlyMap<number, string> = new Map(
  [...PROTOCOL_NAMES].map(([name, number]) => [number, name]),
);

/**
 * The normal text of a literal. Equal sets of addresses have one text (`10.1.0.0..10.1.0.255` is `10.1.0.0/24`, a /32 is
 * its address), and so do equal services (`ip/6` and `tcp/0-65535` are `tcp`, ICMP types are numbers).
 */
export function literalText(literal: Literal): string {
  switch (literal.form) {
    case "int":
      return String(literal.value);
    case "quantity":
    case "invalid":
      return literal.text;
    case "date":
      return dateText(literal);
    case "address":
      return formatAddress(literal.address);
    case "prefix":
      return prefixSize(literal.prefix.family, literal.prefix.length) === 1n
        ? formatAddress(literal.prefix)
        : formatPrefix(literal.prefix);
    case "interface-address":
      return formatInterfaceAddress(literal.value);
    case "range":
      return rangeText(literal.range);
    case "service":
      return serviceText(literal.service);
  }
}

/** `2027-06-30`. */
export function dateText(day: { readonly year: number; readonly month: number; readonly day: number }): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(day.year).padStart(4, "0")}-${two(day.month)}-${two(day.day)}`;
}

function rangeText(range: AddressRange): string {
  const { family, first, last } = range;
  const prefixes = rangeToPrefixes(range);
  const [only] = prefixes;
  if (prefixes.length === 1 && only !== undefined) return literalText({ form: "prefix", prefix: only });
  return `${formatAddress({ family, value: first })}..${formatAddress({ family, value: last })}`;
}

function serviceText(service: ServiceLiteral): string {
  switch (service.protocol) {
    case "ip":
      return NAMES_BY_NUMBER.get(service.number) ?? `ip/${service.number}`;
    case "icmp":
    case "icmpv6": {
      const type = typeof service.type === "number" ? service.type : icmpTypeNumber(service.protocol, service.type);
      const code = service.code === undefined ? "" : `/${service.code}`;
      return `${service.protocol}/${type ?? service.type}${code}`;
    }
    case "tcp":
    case "udp":
      if (service.first === 0 && service.last === 65535) return service.protocol;
      if (service.first === service.last) return `${service.protocol}/${service.first}`;
      return `${service.protocol}/${service.first}-${service.last}`;
  }
}
