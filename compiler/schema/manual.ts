/** The reference page of the kinds of declarations, made from the schema. */

import { ikeKeys, linkKinds, linkKindWords } from "./kinds/links.js";
import { kinds, kindWords, nestedWords } from "./kinds.js";
import { platforms } from "./platforms.js";
import { regions } from "./regions.js";
import type { HeaderSchema, KindSchema, PropertySchema, Use, ValueType } from "./types.js";

/** The whole page as Markdown, with a final newline. */
export function kindsManual(): string {
  return [
    "# Kinds of declarations",
    "",
    "What can be declared, with which properties. This page is generated from the schema of kinds in `compiler/schema/`.",
    "",
    "A property that takes several values takes one value or a list (`cidr = 10.0.0.0/8`, `cidr = [10.0.0.0/8, 2001:db8::/32]`).",
    "In a property that takes a word, the bare word is the value and never a name. Texts are of one line, without control characters.",
    "",
    ...kindWords.flatMap((word) => kindSection(kinds[word])),
    ...linkKindSection(),
    ...lanSection(),
    ...platformSection(),
    ...regionSection(),
  ].join("\n");
}

function kindSection(kind: KindSchema): readonly string[] {
  const nested = nestedWords(kind.word);
  return [
    `## ${title(kind)}`,
    "",
    kind.doc,
    "",
    "```demarc",
    kind.example,
    "```",
    "",
    ...(kind.inside.length === 0 ? [] : [`Stands inside ${codes(kind.inside)}.`, ""]),
    ...(nested.length === 0 ? [] : [`May hold ${codes(nested)}.`, ""]),
    ...(kind.statements.length === 0 ? [] : [`May hold the statements ${codes(kind.statements)}.`, ""]),
    ...(kind.properties.length === 0
      ? []
      : [
          ...table(
            ["Property", "Type", "Default", "Used", "Meaning"],
            kind.properties.map((property) => [
              code(property.name),
              typeText(property),
              property.required === true ? "**required**" : (property.default ?? ""),
              (property.when ?? []).map(useText).join(", "),
              property.doc,
            ]),
          ),
          "",
        ]),
  ];
}

/** `network NAME in SEGMENT at PLACE`, in back-ticks. */
function title({ word, name, headers, form }: KindSchema): string {
  const named = { declares: "NAME", segment: "SEGMENT", router: "ROUTER" }[name];
  return code([word, named, ...headers.map(headerText), ...(form === "value" ? ["= …"] : [])].join(" "));
}

function headerText({ word, refers }: HeaderSchema): string {
  const name = refers.length === 1 ? "SEGMENT" : "PLACE";
  return word === "between" ? `between ${name} and ${name}` : `${word} ${name}`;
}

function typeText(property: PropertySchema): string {
  const { value, many, perFamily } = property;
  const plural = many ? (perFamily === true ? ", one per family" : ", one or several") : "";
  return `${valueText(value)}${plural}`;
}

function valueText(value: ValueType): string {
  switch (value.type) {
    case "integer":
      return `integer ${value.min} to ${value.max}`;
    case "time":
      return `time ${value.min} ms to ${value.max / 1000} s`;
    case "word":
      return value.words.map(code).join(", ");
    case "text":
      return value.form === undefined ? "text" : `text: ${value.form.words}`;
    case "interface-address":
      return "address with its length";
    case "object": {
      const choices = Array.isArray(value.values)
        ? (value.values as readonly ValueType[])
        : [value.values as ValueType];
      const keys = { free: "", segment: " by segment", end: " by end", listed: "" }[value.keys];
      return `object of ${choices.map(({ type }) => type).join(" or ")}${keys}`;
    }
    default:
      return value.type;
  }
}

function useText({ fact, oneOf }: Use): string {
  switch (fact) {
    case "os":
      return "routers of ours";
    case "place":
      return `at ${oneOf.map((each) => (each === "router" ? "routers of ours" : code(each))).join(", ")}`;
    case "end":
      return "a router of ours is an end";
    case "ends":
      return "the other end is no cloud";
    default:
      return `${code(fact)} ${oneOf.map(code).join(", ")}`;
  }
}

function linkKindSection(): readonly string[] {
  return [
    "## Kinds of links",
    "",
    "`router` is a router of ours, `unmanaged` one that somebody else runs, `cloud` a cloud of any provider.",
    "",
    ...table(
      ["Kind", "Joins", "`mtu`", "What it is"],
      linkKindWords.map((word) => {
        const kind = linkKinds[word];
        const joins = kind.joins.map(([a, b]) => `${a}–${b}`).join(", ");
        const mtus: readonly number[] = "mtus" in kind ? kind.mtus : [];
        return [code(word), joins, mtus.length === 0 ? "" : mtus.join(", "), kind.doc];
      }),
    ),
    "",
    `Keys of \`ike\`: ${codes(ikeKeys)}.`,
    "",
  ];
}

function lanSection(): readonly string[] {
  return [
    "## LANs on several routers",
    "",
    "A LAN's own properties describe where the router joins it that the network is `at`, and each `attach` a further router. The `at`",
    "router may have an `attach` too: then that one comes first and the LAN itself has no `interface`, `vlan`, `outer-vlan` and `address`.",
    "",
  ];
}

function platformSection(): readonly string[] {
  const yes = (flag: boolean): string => (flag ? "yes" : "no");
  return [
    "## What platforms can do",
    "",
    ...table(
      ["Platform", "Passes traffic between links", "Joins natively", "Shares meet there for", "Filters"],
      Object.entries(platforms).map(([key, row]) => [
        code(key),
        yes(row.passesTraffic),
        yes(row.joinsNatively),
        row.meeting === undefined
          ? "none"
          : {
              both: "two attached sides",
              "one-behind-link": "an attached side and one behind a link",
              any: "any two sides",
            }[row.meeting.serves],
        row.enforcement === "none" ? "none" : row.enforcement,
      ]),
    ),
    "",
  ];
}

function regionSection(): readonly string[] {
  return [
    "## Regions",
    "",
    ...Object.entries(regions).flatMap(([provider, names]) => [`### ${code(provider)}`, "", `${codes(names)}.`, ""]),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
