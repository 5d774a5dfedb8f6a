/** Checking links. */

import type { Span } from "../../../grammar/source.js";
import type { Bound } from "../../bind/bind.js";
import { refText, spanIn } from "../../bind/lookup.js";
import { kindsCatalogue } from "../../diagnostics/kinds-catalogue.js";
import { linksCatalogue as findings } from "../../diagnostics/links-catalogue.js";
import type { IpsecOptions, Link, LinkEnd, LinkKind, Located, PlaceRef } from "../../model/estate.js";
import { linkKinds } from "../../schema/kinds/links.js";
import type { Fact } from "../../schema/types.js";
import type { Properties, Tools } from "../properties.js";
import { checkAllCarries } from "./carries.js";
import { declared, headerRefs, nestedOf, optional, propertiesOf } from "./common.js";
import type { Drafts } from "./drafts.js";
import { type End, endWords, fittingKinds, joinsWords, pairOf } from "./ends.js";

/** What the parts of a link need to know of it. */
export interface LinkScope {
  readonly name: string;
  readonly kind: LinkKind | undefined;
  readonly ends: readonly End[];
  readonly facts: ReadonlyMap<Fact, readonly string[]>;
  readonly drafts: Drafts;
  readonly tools: Tools;
}

/** Checks a link with all that it carries. */
export function checkLink(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  const ends = endsOf(bound, properties, drafts, tools);
  const kind = properties.word<LinkKind>("kind");
  const fits = kind === undefined || checkJoins(kind, ends, properties);
  const facts = factsOf(kind?.value, fits ? ends : []);
  const scope: LinkScope = { name: bound.name, kind: kind?.value, ends: fits ? ends : [], facts, drafts, tools };
  properties.settle(facts);
  const interfaces = interfacesOf(properties, scope);
  const carries = checkAllCarries(properties, scope);
  const [first, second] = ends.map((end, index) => linkEnd(end, interfaces.get(index)));
  const isLost = ends.some(({ place }) => !drafts.isSound(place));
  if (kind === undefined || first === undefined || second === undefined || isLost || properties.faulty) {
    drafts.faultyLinks.add(bound.name);
  }
  if (kind === undefined || first === undefined || second === undefined) return;
  const link: Link = {
    ...declared(bound),
    kind: kind.value,
    ends: [first, second],
    ...linkOptions(properties, kind),
    ...optional("ipsec", kind.value === "ipsec" ? ipsecOptions(properties) : undefined),
    carries,
  };
  if (properties.faulty) drafts.faultyLinks.add(bound.name);
  drafts.links.set(bound.name, link);
}

function linkEnd({ place, span }: End, name: Located<string> | undefined): LinkEnd {
  return { place, span, ...optional("interface", name) };
}

/** The places that the link joins, where they are known. */
function endsOf(bound: Bound, properties: Properties, drafts: Drafts, tools: Tools): readonly End[] {
  const headers = headerRefs(bound.kind, bound.declaration, bound.file, properties);
  const ends: End[] = [];
  for (const ref of headers.get("between")?.refs ?? []) {
    const symbol = tools.lookup.ref(ref, bound.file, ["cloud", "router", "external"]);
    if (symbol === undefined) continue;
    const place: PlaceRef = { kind: symbol.kind as PlaceRef["kind"], name: symbol.name };
    ends.push({ place, span: spanIn(bound.file, ref), tag: drafts.tags.get(refText(ref)) });
  }
  const [first, second] = ends;
  if (first === undefined || second === undefined) {
    properties.fail();
    return ends;
  }
  if (first.place.name !== second.place.name) return ends;
  properties.report(findings["link-to-itself"], { place: first.place.name }, second.span);
  return [];
}

/** False, and reported, where the kind does not join the ends. */
function checkJoins(kind: Located<LinkKind>, ends: readonly End[], properties: Properties): boolean {
  const [first, second] = ends;
  if (first === undefined || second === undefined || first.tag === undefined || second.tag === undefined) return true;
  const near = fittingKinds(first.tag, second.tag);
  if (near.includes(kind.value)) return true;
  const params = { kind: kind.value, ends: [endWords(first), endWords(second)], joins: joinsWords(kind.value), near };
  const related = ends.map((end) => ({ message: `\`${end.place.name}\` is ${endWords(end)}`, span: end.span }));
  properties.report(findings["unfit-ends"], params, kind.span, { related });
  return false;
}

function factsOf(kind: LinkKind | undefined, ends: readonly End[]): ReadonlyMap<Fact, readonly string[]> {
  const facts = new Map<Fact, readonly string[]>();
  if (kind !== undefined) facts.set("kind", [kind]);
  const tags = ends.map(({ tag }) => tag).filter((tag) => tag !== undefined);
  if (tags.length < 2) return facts;
  facts.set("end", tags);
  facts.set("ends", [pairOf(tags)]);
  return facts;
}

/** The interface of each end that is a router of ours, by index of the end. */
function interfacesOf(properties: Properties, scope: LinkScope): ReadonlyMap<number, Located<string>> {
  const { kind, ends } = scope;
  const given = properties.texts("interface");
  const found = new Map<number, Located<string>>();
  if (kind === undefined || kind === "mpls" || kind === "ipsec" || ends.length < 2) return found;
  const ours = [...ends.entries()].filter(([, { tag }]) => tag === "router").map(([index]) => index);
  if (ends.some(({ tag }) => tag === undefined) || ours.length === 0) return found;
  if (!properties.has("interface")) {
    if (!properties.faulty) properties.require("interface");
    return found;
  }
  if (given.length === 0) return found;
  if (given.length !== ours.length) {
    const at = properties.valueSpan("interface");
    properties.report(findings["interface-count"], { given: given.length, wanted: ours.length }, at);
    return found;
  }
  for (const [order, index] of ours.entries()) {
    const name = given[order];
    if (name !== undefined) found.set(index, name);
  }
  return found;
}

type Options = Pick<Link, "hosted" | "partner" | "preference"> &
  Partial<Pick<Link, "bandwidth" | "connection" | "edgeDomain" | "localAsn" | "mtu" | "bfd" | "md5">>;

/** Higher wins; what a link has that does not say. */
const DEFAULT_PREFERENCE = 100;

function linkOptions(properties: Properties, kind: Located<LinkKind>): Options {
  const mtu = properties.integer("mtu");
  if (mtu !== undefined) checkMtu(mtu, kind.value, properties);
  return {
    hosted: properties.flag("hosted"),
    partner: properties.flag("partner"),
    preference: properties.integer("preference")?.value ?? DEFAULT_PREFERENCE,
    ...optional("bandwidth", properties.rate("bandwidth")),
    ...optional("connection", properties.text("connection")),
    ...optional("edgeDomain", properties.integer("edge-domain")),
    ...optional("localAsn", properties.integer("local-asn")),
    ...optional("mtu", mtu),
    ...optional("bfd", properties.time("bfd")),
    ...optional("md5", properties.secret("md5")),
  };
}

function checkMtu(mtu: Located<number>, kind: LinkKind, properties: Properties): void {
  const row = linkKinds[kind];
  const offered: readonly number[] | undefined = "mtus" in row ? row.mtus : undefined;
  if (offered === undefined || offered.includes(mtu.value)) return;
  const mtus =
    offered.length === 1 ? String(offered[0]) : `${offered.slice(0, -1).join(", ")} or ${offered.at(-1) ?? ""}`;
  properties.report(findings["unoffered-mtu"], { mtu: mtu.value, kind, mtus }, mtu.span);
}

function ipsecOptions(properties: Properties): IpsecOptions {
  return {
    public: properties.addresses("public"),
    peerPublic: properties.addresses("peer-public"),
    ...optional("wanInterface", properties.text("wan-interface")),
    ...optional("wanVrf", properties.text("wan-vrf")),
    psk: properties.secrets("psk"),
    ike: new Map(
      properties.entries<string | number>("ike").flatMap(({ key, value }) => {
        const [only] = value;
        return only === undefined ? [] : [[key, only] as const];
      }),
    ),
  };
}

/** Reports `carries` on a kind that has none. */
export function reportNeedlessCarries(properties: Properties, { kind }: LinkScope): void {
  for (const carries of nestedOf(properties.declaration, "carries")) {
    const params = { word: "carries", where: `on a link of kind \`${kind ?? ""}\``, used: "on every kind but `mpls`" };
    const at: Span = spanIn(properties.file, carries.word);
    properties.report(kindsCatalogue["unused-declaration"], params, at);
  }
}
