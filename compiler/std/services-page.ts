/** The reference page of `std` and of the ICMP type names, made from the tables. */
import type { ServiceLiteral } from "../../grammar/literals.js";
import { ICMP_TYPES, ICMPV6_TYPES, type IcmpType } from "./icmp-types.js";
import { PROTOCOL_NAMES } from "./names.js";
import { STD_SERVICES } from "./services.js";

/** The whole page as Markdown, with a final newline. */
export function servicesPage(): string {
  return [
    "# Well-known services",
    "",
    "What the language knows by name without an import, fixed for edition 1. This page is generated from the tables in `compiler/std/`.",
    "",
    "## Protocols",
    "",
    "These names stand for a whole protocol wherever a service is wanted. Any other protocol is written by number, as in `ip/89`.",
    "",
    ...table(
      ["Name", "Same as"],
      [...PROTOCOL_NAMES].map(([name, number]) => [code(name), code(`ip/${number}`)]),
    ),
    "",
    "## Services of `std`",
    "",
    "Ports are those of the IANA registry of service names and port numbers; *default* marks the port that a product listens on unless told otherwise.",
    "",
    ...table(
      ["Name", "Meaning", "Services"],
      STD_SERVICES.map(({ name, title, parts, origin }) => [
        code(`std.${name}`),
        origin === "iana" ? title : `${title} (*default*)`,
        parts.map((part) => code(partText(part))).join(", "),
      ]),
    ),
    "",
    ...types("ICMP", "icmp", ICMP_TYPES),
    "",
    ...types("ICMPv6", "icmpv6", ICMPV6_TYPES),
    "",
  ].join("\n");
}

function types(title: string, protocol: string, entries: readonly IcmpType[]): readonly string[] {
  return [
    `## Types of ${title}`,
    "",
    `A name means every code of its type; a code is added by number, as in \`${protocol}/3/1\`. Types without a name are written by number.`,
    "",
    ...table(
      ["Type", "Name", "Also"],
      entries.map(({ type, name, aliases }) => [
        String(type),
        code(`${protocol}/${name}`),
        aliases.map((alias) => code(`${protocol}/${alias}`)).join(", "),
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function code(text: string): string {
  return `\`${text}\``;
}

function partText(part: ServiceLiteral): string {
  switch (part.protocol) {
    case "ip":
      return `ip/${part.number}`;
    case "icmp":
    case "icmpv6":
      return `${part.protocol}/${part.type}`;
    case "tcp":
    case "udp":
      return part.first === part.last
        ? `${part.protocol}/${part.first}`
        : `${part.protocol}/${part.first}-${part.last}`;
  }
}
