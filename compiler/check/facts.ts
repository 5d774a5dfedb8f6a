/** Facts of declarations that decide which properties are used, and words for them in messages. */
import { listed } from "../diagnostics/entry.js";
import type { Fact, Use } from "../schema/types.js";

const PLACES: Readonly<Record<string, string>> = {
  aws: "at a cloud of `aws`",
  azure: "at a cloud of `azure`",
  gcp: "at a cloud of `gcp`",
  router: "at a router of ours",
  unmanaged: "at an unmanaged router",
};

/** Where a declaration stands that has these values of a fact: `at a cloud of aws`, `on an mpls link`. */
export function whereWords(fact: Fact, values: readonly string[]): string {
  const [first = ""] = values;
  switch (fact) {
    case "provider":
      return PLACES[first] ?? `with \`provider = ${first}\``;
    case "place":
      return PLACES[first] ?? "here";
    case "hub":
      return `with \`hub = ${first}\``;
    case "os":
      return `with \`os = ${first}\``;
    case "kind":
      return `on a link of kind \`${first}\``;
    case "end":
    case "ends":
      return "between these ends";
  }
}

/** Where a property is used that has this condition. */
export function usedWords({ fact, oneOf }: Use): string {
  switch (fact) {
    case "provider":
      return `with ${listed(oneOf.map((each) => `provider = ${each}`))}`;
    case "hub":
      return `with ${listed(oneOf.map((each) => `hub = ${each}`))}`;
    case "place":
      if (oneOf.length === 3) return "at clouds";
      return oneOf.length === 1 ? (PLACES[oneOf[0] ?? ""] ?? "elsewhere") : `at clouds of ${listed(oneOf)}`;
    case "os":
      return "on routers of ours";
    case "kind":
      return oneOf.length === 5 ? "on every kind but `mpls`" : `on links of kind ${listed(oneOf)}`;
    case "end":
      return "where a router of ours is an end";
    case "ends":
      return "where the other end is an external or a router";
  }
}
