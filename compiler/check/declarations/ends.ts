/** Ends of links: what they are, and which kinds join them. */
import type { Span } from "../../../grammar/source.js";
import { listed } from "../../diagnostics/entry.js";
import type { LinkKind, PlaceRef } from "../../model/estate.js";
import { type LinkEndTag, linkKinds, linkKindWords } from "../../schema/kinds/links.js";
import type { PlaceClass, PlaceTag } from "../../schema/types.js";

/** One end of a link; the tag is unknown where the place is faulty. */
export interface End {
  readonly place: PlaceRef;
  readonly span: Span;
  readonly tag: PlaceTag | undefined;
}

/** The coarser view of a tag. */
export function classOf(tag: PlaceTag): PlaceClass {
  return tag === "aws" || tag === "azure" || tag === "gcp" ? "cloud" : tag;
}

/** The pair of classes of two ends, sorted: `cloud-external`. */
export function pairOf(tags: readonly PlaceTag[]): string {
  return tags.map(classOf).sort().join("-");
}

/** The kinds of links that join two ends. */
export function fittingKinds(first: PlaceTag, second: PlaceTag): readonly LinkKind[] {
  const fits = (tag: LinkEndTag, end: PlaceTag): boolean => tag === end || tag === classOf(end);
  return linkKindWords.filter((kind) =>
    linkKinds[kind].joins.some(([a, b]) => (fits(a, first) && fits(b, second)) || (fits(a, second) && fits(b, first))),
  );
}

const WORDS: Readonly<Record<LinkEndTag, string>> = {
  cloud: "a cloud",
  aws: "an aws cloud",
  azure: "an azure cloud",
  gcp: "a gcp cloud",
  router: "a router of ours",
  unmanaged: "an unmanaged router",
  external: "an external",
};

/** What an end is, in words. */
export function endWords({ tag }: End): string {
  return tag === undefined ? "a place" : WORDS[tag];
}

/** What a kind joins, in words: `an aws cloud with a router of ours, an unmanaged router or an external`. */
export function joinsWords(kind: LinkKind): string {
  const byFirst = new Map<LinkEndTag, LinkEndTag[]>();
  for (const [a, b] of linkKinds[kind].joins) byFirst.set(a, [...(byFirst.get(a) ?? []), b]);
  return [...byFirst]
    .map(([a, seconds]) => `${WORDS[a]} with ${listed(seconds.map((b) => WORDS[b])).replaceAll("`", "")}`)
    .join(", and ");
}
