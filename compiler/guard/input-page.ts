/** The reference page of the guard-rail input, made from its schema. */
import { ADDRESS_SPACES, PUBLIC_SPACE } from "./address-spaces.js";
import { MOST_COUNTED } from "./input.js";
import { ESTATE_PART, GUARD_TABLES, guardInputSchema } from "./input-schema.js";
import type { Part, Table } from "./schema-parts.js";
import { SERVICE_CLASSES } from "./service-classes.js";

/** The whole page as Markdown, with a final newline. */
export function guardInputPage(): string {
  const tables = Object.entries<Table>(GUARD_TABLES);
  return [
    ...HEAD,
    "## `estate`",
    "",
    "The estate as a whole.",
    "",
    ...keysOf(ESTATE_PART),
    ...tables.flatMap(([name, table]) => tableSection(name, table)),
    "## A region",
    "",
    "What `open`, `unenforced`, `residual` and `tcpResidual` of a pair hold.",
    "",
    ...keysOf(regionPart()),
    ...classSection(),
    ...spaceSection(),
  ].join("\n");
}

const HEAD: readonly string[] = [
  "# The input of guard rails",
  "",
  "What a guard rail written in Rego finds in `input`. This page and `docs/schema/guard-input.schema.json` are generated",
  "from `compiler/guard/input-schema.ts`.",
  "",
  "- The document holds the estate as it was checked, and facts that were proved of it. It exists only where everything",
  "  could be judged: a faulty estate has errors and no document.",
  "- Objects stand in tables under their **id**, which begins with their kind: `input.rules[id]`. A finding names one of",
  "  these ids as its `subject`, and is shown where that object is written.",
  "- A key that has no meaning for an object is absent. In Rego a reference to an absent key is undefined and the rule does",
  "  not fire: test with `not rule.until`, and never take an absent key for a small number.",
  "- All arithmetic on addresses and ports is done. Rego has no use for its `net.*` built-ins here.",
  `- Counts are whole numbers; what is more than ${MOST_COUNTED} is given as that number. For IPv6 compare \`widestIpv6\`.`,
  "- There is no date of today: `daysLeft` counts from the day of the check (`--today`).",
  "- Lists and tables are sorted, and the same sources give the same bytes.",
  "",
  "```rego",
  "# Rules from an external to a service that administers machines.",
  "findings contains finding if {",
  "\tsome id, rule in input.rules",
  "\tsome external in rule.sourceExternals",
  '\tservices := input.services[rule.service].classes["remote-administration"]',
  '\tfinding := {"subject": id, "data": {"external": external, "services": services}}',
  "}",
  "```",
  "",
];

function tableSection(name: string, { about, key, entry }: Table): readonly string[] {
  const ids = key === "text" ? "" : ` Ids: ${key.map((kind) => `\`${kind}:…\``).join(", ")}.`;
  return [`## \`${name}\``, "", `${about}${ids}`, "", ...keysOf(entry)];
}

function keysOf(part: Part): readonly string[] {
  const properties = recordOf(part.properties);
  const required: readonly unknown[] = Array.isArray(part.required) ? part.required : [];
  return [
    "| Key | Type | Meaning |",
    "|---|---|---|",
    ...Object.entries(properties).map(([key, value]) => {
      const one = recordOf(value);
      const optional = required.includes(key) ? "" : ", may be absent";
      return `| \`${key}\` | ${typeText(one)}${optional} | ${String(one.description ?? "")} |`;
    }),
    "",
  ];
}

function typeText(part: Part): string {
  if (Array.isArray(part.enum)) return part.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (typeof part.$ref === "string") return "region";
  if (typeof part.pattern === "string") return "id";
  if (part.type === "array") return `list of ${plural(typeText(recordOf(part.items)))}`;
  if (part.type === "string") return "text";
  if (part.type === "integer" || part.type === "number") return "number";
  if (part.type === "boolean") return "true or false";
  return "object";
}

function plural(word: string): string {
  return /^[a-z]+$/.test(word) ? `${word}s` : word;
}

function regionPart(): Part {
  return recordOf(recordOf(guardInputSchema().$defs).region);
}

function recordOf(value: unknown): Part {
  return typeof value === "object" && value !== null ? (value as Part) : {};
}

function classSection(): readonly string[] {
  return [
    "## Classes of services",
    "",
    "A set of services is of a class where it has a service of it in common: `any` is of every class, and so is a wide range",
    "of ports. Ports are those of `std`; a service on another port is not known for what it is.",
    "",
    "| Class | What is in it | Services |",
    "|---|---|---|",
    ...SERVICE_CLASSES.map(
      ({ name, meaning, services }) =>
        `| \`${name}\` | ${meaning} | ${services.map((one) => `\`${one}\``).join(", ")} |`,
    ),
    "",
    "GRE and ESP (`gre`, `esp`) are of `tunnel` too.",
    "",
  ];
}

function spaceSection(): readonly string[] {
  return [
    "## Parts of the address space",
    "",
    "| Space | Meaning | Prefixes |",
    "|---|---|---|",
    ...ADDRESS_SPACES.map(
      ({ name, meaning, prefixes }) =>
        `| \`${name}\` | ${meaning} | ${prefixes.map((one) => `\`${one}\``).join(", ")} |`,
    ),
    `| \`${PUBLIC_SPACE}\` | everything else | |`,
    "",
  ];
}
