/** The findings about literals, DMC0130 to DMC0169. */
import type { DiagnosticEntry } from "../diagnostic.js";

function error<P = object>(
  code: string,
  message: (p: P) => string,
  help?: (p: P) => string | undefined,
): DiagnosticEntry<P> {
  return { code, severity: "error", message, ...(help === undefined ? {} : { help }) };
}

function didYouMean(instead: string | undefined): string | undefined {
  return instead === undefined ? undefined : `did you mean \`${instead}\`?`;
}

/** Entries of the syntax catalogue that concern literals. */
export const literalEntries = {
  "unknown-literal": error<{ text: string }>(
    "DMC0130",
    ({ text }) => `\`${text}\` is not a value`,
    () =>
      "a value is a number, a quantity such as `10Gbps`, a date, an address, a prefix or a service; other text stands in quotes",
  ),
  "unquoted-interface": error<{ text: string }>(
    "DMC0131",
    ({ text }) => `\`${text}\` must be quoted`,
    ({ text }) => `write \`"${text}"\``,
  ),
  "leading-zero": error<{ text: string }>(
    "DMC0132",
    ({ text }) => `\`${text}\` has a leading zero`,
    () => "numbers are decimal and begin with no zero",
  ),
  "number-too-large": error<{ text: string }>(
    "DMC0133",
    ({ text }) => `\`${text}\` is too large`,
    () => "numbers go up to 9007199254740991",
  ),
  "decimal-without-unit": error<{ text: string }>(
    "DMC0134",
    ({ text }) => `\`${text}\` has no unit`,
    () => "only a quantity may have a decimal point, such as `2.5Gbps`",
  ),
  "unknown-unit": error<{ unit: string; instead: string | undefined }>(
    "DMC0135",
    ({ unit }) => `\`${unit}\` is not a unit`,
    ({ instead }) =>
      didYouMean(instead) ?? "units are `bps`, `Kbps`, `Mbps`, `Gbps`, `Tbps`, and `ms`, `s`, `m`, `h`, `d`",
  ),
  "loose-unit": error<{ joined: string }>(
    "DMC0136",
    () => "a blank between a number and its unit",
    ({ joined }) => `write \`${joined}\``,
  ),
  "too-fine": error<{ text: string; least: string }>(
    "DMC0137",
    ({ text, least }) => `\`${text}\` is not a whole number of \`${least}\``,
    ({ least }) => `the finest step is \`${least}\``,
  ),
  "number-range": error<{ text: string }>(
    "DMC0138",
    ({ text }) => `\`${text}\` is not a value`,
    () => "a range of ports names its protocol, such as `tcp/1024-2048`; a difference has blanks round `-`",
  ),
  "digit-groups": error<{ text: string }>(
    "DMC0139",
    ({ text }) => `\`${text}\` is not a number`,
    () => "write the digits without `_`",
  ),
  "date-form": error<{ text: string; padded: string | undefined }>(
    "DMC0140",
    ({ text }) => `\`${text}\` is not a date`,
    ({ padded }) => (padded === undefined ? "a date is written year, month, day: `2027-06-30`" : `write \`${padded}\``),
  ),
  "no-such-day": error<{ text: string; year: number; days: number }>(
    "DMC0141",
    ({ text }) => `there is no day \`${text}\``,
    ({ year, days }) =>
      year === 0
        ? "years go from 0001 to 9999"
        : days === 0
          ? "months go from 01 to 12"
          : `that month has ${days} days`,
  ),
  "faulty-address": error<{ text: string; family: 4 | 6; reason: string; instead: string | undefined }>(
    "DMC0142",
    ({ text, family, reason }) => `\`${text}\` is not an IPv${family} address: ${reason}`,
    ({ instead, family }) =>
      didYouMean(instead) ??
      (family === 4
        ? "an IPv4 address is four numbers from 0 to 255"
        : "an IPv6 address is eight groups of hexadecimal digits, `::` for zeros"),
  ),
  "prefix-length": error<{ length: string; family: 4 | 6; most: number }>(
    "DMC0143",
    ({ length, family }) =>
      length === "" ? "a length is missing after `/`" : `\`/${length}\` is not a length of an IPv${family} prefix`,
    ({ family, most }) => `lengths of IPv${family} prefixes go from 0 to ${most}`,
  ),
  netmask: error<{ instead: string }>(
    "DMC0144",
    () => "a prefix with a netmask",
    ({ instead }) => `write \`${instead}\``,
  ),
  "faulty-range": error<{ text: string }>(
    "DMC0145",
    ({ text }) => `\`${text}\` is not a range`,
    () => "a range is two addresses, such as `10.0.0.10..10.0.0.20`",
  ),
  "range-of-prefixes": error<{ text: string }>(
    "DMC0146",
    ({ text }) => `\`${text}\` joins prefixes`,
    () => "the ends of a range are addresses, such as `10.0.0.10..10.0.0.20`; for several prefixes write a list",
  ),
  "range-of-two-families": error<{ text: string }>(
    "DMC0147",
    ({ text }) => `\`${text}\` goes from one family to the other`,
    () => "both ends of a range are IPv4 or both are IPv6",
  ),
  "range-reversed": error<{ text: string; instead: string }>(
    "DMC0148",
    ({ text }) => `\`${text}\` ends before it begins`,
    ({ instead }) => didYouMean(instead),
  ),
  "hyphen-range": error<{ instead: string }>(
    "DMC0149",
    () => "a range of addresses with `-`",
    ({ instead }) => `write \`${instead}\``,
  ),
  "hyphen-difference": error<{ text: string; instead: string }>(
    "DMC0150",
    ({ text }) => `\`${text}\` is not an address, a prefix or a range`,
    ({ instead }) => `a difference has blanks: \`${instead}\``,
  ),
  "loose-range": error<object>(
    "DMC0151",
    () => "`..` with blanks round it",
    () => "the two addresses of a range stand close: `10.0.0.10..10.0.0.20`",
  ),
  "unknown-protocol": error<{ protocol: string; instead: string | undefined }>(
    "DMC0152",
    ({ protocol }) => `\`${protocol}\` is not a protocol`,
    ({ instead }) =>
      didYouMean(instead) ?? "services begin with `tcp`, `udp`, `icmp`, `icmpv6` or `ip`, such as `tcp/443` or `ip/47`",
  ),
  "port-range-form": error<{ instead: string }>(
    "DMC0153",
    () => "a range of ports with `..`",
    ({ instead }) => `write \`${instead}\``,
  ),
  "named-port": error<{ protocol: string; name: string }>(
    "DMC0154",
    ({ name }) => `\`${name}\` is not a port number`,
    ({ protocol, name }) =>
      `well-known services have names, such as \`std.${name}\`; a port is a number, such as \`${protocol}/443\``,
  ),
  "faulty-ports": error<{ text: string; protocol: string; rest: string }>(
    "DMC0155",
    ({ text, rest }) => (rest === "" ? `a port is missing after \`${text}\`` : `\`${text}\` is not a service`),
    ({ protocol }) =>
      `write a port or a range, such as \`${protocol}/443\` or \`${protocol}/1024-65535\`; every port is \`${protocol}\``,
  ),
  "faulty-protocol-number": error<{ text: string }>(
    "DMC0156",
    ({ text }) => `\`${text}\` is not a service`,
    () => "after `ip/` stands the number of a protocol, such as `ip/47`",
  ),
  "faulty-icmp": error<{ text: string; protocol: string; rest: string }>(
    "DMC0157",
    ({ text, rest }) => (rest === "" ? `a type is missing after \`${text}\`` : `\`${text}\` is not a service`),
    ({ protocol }) =>
      `write a type by name or number, such as \`${protocol}/echo-request\` or \`${protocol}/${protocol === "icmp" ? "3/4" : "1/4"}\`; a name means every code`,
  ),
  "out-of-range": error<{ what: string; digits: string; most: number }>(
    "DMC0158",
    ({ what, digits, most }) => `${what} \`${digits}\` is above ${most}`,
    ({ what, most }) => `a ${what} is a number from 0 to ${most}`,
  ),
} as const;
