/** Explanations of DMC0130 to DMC0169: literals. */
import type { literalEntries } from "../../../grammar/classify/findings.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const literalExplanations: Explanations<typeof literalEntries> = {
  "unknown-literal": `A run that begins with a digit is one value: a number (\`64512\`), a quantity (\`10Gbps\`, \`300ms\`), a date
(\`2027-06-30\`), an address, a prefix, a range (\`10.0.0.10..10.0.0.20\`) or a service (\`tcp/443\`). This one is none of
them. Any other text stands in double quotes.`,
  "unquoted-interface": `The name of an interface is text, whatever a vendor writes in it: \`interface = "et-0/0/0"\`. Without quotes it
would be read as a difference of a name and a number.`,
  "leading-zero": `Some tools read \`010\` as eight. Demarc refuses to guess: numbers are decimal and begin with no zero.`,
  "number-too-large": `The number cannot be held exactly. No ASN, VLAN, port or identifier is that large.`,
  "decimal-without-unit": `A decimal point makes sense only in a quantity, which has a unit: \`2.5Gbps\`, \`0.3s\`.`,
  "unknown-unit": `Rates are in \`bps\`, \`Kbps\`, \`Mbps\`, \`Gbps\` and \`Tbps\` (powers of ten), times in \`ms\`, \`s\`, \`m\`, \`h\` and \`d\`.
Case matters, because \`m\` and \`M\` mean different things elsewhere.`,
  "loose-unit": `A number and its unit are one word, without a blank: \`10Gbps\`.`,
  "too-fine": `The quantity is finer than devices can be told: rates are whole bits per second, times whole milliseconds.`,
  "number-range": `A bare pair of numbers with \`-\` says nothing. Ports belong to a protocol: \`tcp/1024-2048\`.`,
  "digit-groups": `Digits are written without \`_\` between them.`,
  "date-form": `A date is year, month and day with two digits each: \`2027-06-30\`. Other orders are read differently in different
countries.`,
  "no-such-day": `The calendar has no such day. A date after \`until\` is the last day a rule holds, to its end in UTC.`,
  "faulty-address": `The text looks like an address and is none; the message says why. An IPv4 address is four numbers from 0 to
255, an IPv6 address eight groups of hexadecimal digits with \`::\` for one run of zeros.`,
  "prefix-length": `The length after \`/\` is missing or longer than an address of the family: 0 to 32 for IPv4, 0 to 128 for IPv6.`,
  netmask: `A prefix is written with its length, \`10.0.0.0/8\`, not with a netmask. The help line has the same prefix so.`,
  "faulty-range": `A range is two addresses of one family joined by \`..\` without blanks: \`10.0.0.10..10.0.0.20\`, both included.`,
  "range-of-prefixes": `The ends of a range are addresses. Several prefixes are a list: \`[10.0.0.0/24, 10.0.2.0/24]\`.`,
  "range-of-two-families": `A range cannot lead from IPv4 to IPv6. Write one range for each family, in a list.`,
  "range-reversed": `The second address of a range is before the first. The help line has them in order.`,
  "hyphen-range": `A range of addresses is written with \`..\`; a \`-\` with blanks round it is a difference of two sets.`,
  "hyphen-difference": `Joined by \`-\` without blanks, two prefixes look like one value. A difference has blanks:
\`10.0.0.0/8 - 10.1.0.0/16\`.`,
  "loose-range": `The two addresses of a range and the \`..\` between them are one word, without blanks.`,
  "unknown-protocol": `A service begins with its protocol: \`tcp\`, \`udp\`, \`icmp\`, \`icmpv6\`, or \`ip\` with the number of any other
(\`ip/47\` is GRE). \`std\` has the well-known services by name: \`std.https\`, \`std.dns\`.`,
  "port-range-form": `A range of ports is written with \`-\`: \`udp/1024-65535\`. The \`..\` joins addresses.`,
  "named-port": `Ports are numbers. The well-known services have names in \`std\`: \`std.https\` instead of \`tcp/https\`.`,
  "faulty-ports": `After \`tcp/\` or \`udp/\` stands one port or a range of them: \`tcp/443\`, \`udp/1024-65535\`. Several services are a
list: \`[tcp/80, tcp/443]\`.`,
  "faulty-protocol-number": `After \`ip/\` stands the number of a protocol as IANA assigns it, from 0 to 255: \`ip/47\` is GRE, \`ip/50\` is ESP.`,
  "faulty-icmp": `After \`icmp/\` or \`icmpv6/\` stands a type, by name or number, and where wanted a code: \`icmp/echo-request\`,
\`icmp/3/4\`. A type without a code means every code.`,
  "out-of-range": `The number is larger than the field of the packet can hold: ports go to 65535, protocols, ICMP types and codes to
255.`,
};
