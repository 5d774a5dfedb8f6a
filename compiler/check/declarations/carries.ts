/** Checking what links carry. */
import {
  formatInterfaceAddress,
  type InterfaceAddress,
  type Prefix,
  prefixContains,
  prefixOf,
} from "../../../grammar/address.js";
import { compareCodePoints } from "../../../grammar/source.js";
import type { Declaration } from "../../../grammar/syntax/nodes.js";
import { isMissing, refText, spanIn } from "../../bind/lookup.js";
import { linksCatalogue as findings } from "../../diagnostics/links-catalogue.js";
import { valuesCatalogue } from "../../diagnostics/values-catalogue.js";
import type { AddressPair, Carries, External, Located } from "../../model/estate.js";
import { linkKinds } from "../../schema/kinds/links.js";
import { kinds } from "../../schema/kinds.js";
import { nearest } from "../../suggest.js";
import { Properties } from "../properties.js";
import { familyName } from "../values/decode.js";
import { headerRefs, nestedOf, optional } from "./common.js";
import { edgeWords, isHost, tagsOf } from "./lan.js";
import { type LinkScope, reportNeedlessCarries } from "./links.js";

/** Checks every `carries` of a link; the result is sorted by segment. */
export function checkAllCarries(link: Properties, scope: LinkScope): readonly Carries[] {
  if (scope.kind !== undefined && !linkKinds[scope.kind].carries) {
    reportNeedlessCarries(link, scope);
    return [];
  }
  const external = externalOf(scope);
  const found = new Map<string, Carries>();
  const declarations = nestedOf(link.declaration, "carries");
  for (const declaration of declarations) {
    const made = checkCarries(declaration, link, external, scope);
    if (made === undefined) continue;
    const first = found.get(made.domain);
    if (first === undefined) found.set(made.domain, made);
    else {
      const related = [{ message: "it is carried here first", span: first.span }];
      link.report(findings["repeated-carries"], { segment: made.domain }, made.span, { related });
    }
  }
  reportStatic(link, external, scope);
  if (declarations.length === 0) reportNoCarries(link, external, scope);
  return [...found.values()].sort((a, b) => compareCodePoints(a.domain, b.domain));
}

/** The external at an end, where it is sound. */
function externalOf({ ends, drafts }: LinkScope): External | undefined {
  const end = ends.find(({ tag }) => tag === "external");
  return end === undefined || !drafts.isSound(end.place) ? undefined : drafts.externals.get(end.place.name);
}

function reportNoCarries(
  link: Properties,
  external: External | undefined,
  { name, kind, ends, tools }: LinkScope,
): void {
  if (link.faulty || kind === undefined || ends.length < 2) return;
  if (external !== undefined) {
    link.report(findings["missing-carries"], { link: name, segment: external.domain }, link.span);
  } else if (ends.every(({ tag }) => tag !== "external")) {
    tools.diagnostics.report(findings["carries-nothing"], { link: name }, link.span);
  }
}

const SESSION_OPTIONS = { link: ["bfd", "md5", "local-asn"], carries: ["max-prefixes", "md5"] } as const;

/** Options of a BGP session where routes are static. */
function reportStatic(properties: Properties, external: External | undefined, _scope: LinkScope): void {
  if (external === undefined || external.asn !== undefined) return;
  const options = properties.kind.word === "link" ? SESSION_OPTIONS.link : SESSION_OPTIONS.carries;
  for (const property of options) {
    if (!properties.has(property)) continue;
    const related = [{ message: `external \`${external.name}\` is declared here`, span: external.span }];
    const params = { property, external: external.name };
    properties.report(findings["static-session"], params, properties.keySpan(property), { related });
  }
}

function checkCarries(
  declaration: Declaration,
  link: Properties,
  external: External | undefined,
  scope: LinkScope,
): Carries | undefined {
  const { file } = link;
  const { tools, drafts } = scope;
  const properties = new Properties(kinds.carries, declaration, file, tools);
  headerRefs(kinds.carries, declaration, file, properties);
  properties.settle(scope.facts);
  const segment = isMissing(declaration.name) ? undefined : tools.lookup.ref(declaration.name, file, ["segment"]);
  const domain = refText(declaration.name);
  const span = spanIn(file, declaration.name);
  if (segment !== undefined && external !== undefined && external.domain !== domain) {
    const params = { segment: domain, external: external.name, own: external.domain };
    properties.report(findings["foreign-carries"], params, span);
  }
  reportStatic(properties, external, scope);
  const carries: Carries = {
    domain,
    span,
    ...tagsOf(properties),
    addresses: addressPairs(properties),
    ...optional("circuit", properties.text("circuit")),
    ...optional("path", properties.word<"primary" | "secondary">("path")),
    ...optional("bandwidth", properties.rate("bandwidth")),
    ...optional("maxPrefixes", properties.integer("max-prefixes")),
    announce: announcements(properties, scope),
    ...optional("md5", properties.secret("md5")),
  };
  if (properties.faulty || segment === undefined || drafts.faulty.has(domain)) link.fail();
  return segment === undefined ? undefined : carries;
}

/** Pairs of addresses, one for each family, in `between` order. */
function addressPairs(properties: Properties): readonly AddressPair[] {
  const given = properties.interfaceAddresses("addresses");
  const pairs: AddressPair[] = [];
  for (const family of [4, 6] as const) {
    const own = given.filter(({ value }) => value.address.family === family);
    const [first, second] = own;
    if (own.length === 0) continue;
    if (first === undefined || second === undefined || own.length > 2) {
      const params = { family: familyName(family), given: own.length };
      properties.report(findings["address-pairs"], params, properties.valueSpan("addresses"));
    } else if (!isPair(first.value, second.value)) {
      const params = { first: formatInterfaceAddress(first.value), second: formatInterfaceAddress(second.value) };
      properties.report(findings["address-pair"], params, properties.valueSpan("addresses"));
    } else if (areHosts([first, second], properties)) {
      const span = { ...first.span, end: second.span.end };
      pairs.push({ family, ends: [first.value, second.value], span });
    }
  }
  return pairs;
}

/** False, and reported, where an end has the network or the broadcast address of the pair's prefix. */
function areHosts(ends: readonly Located<InterfaceAddress>[], properties: Properties): boolean {
  const wrong = ends.filter(({ value }) => !isHost(prefixOf(value.address, value.length), value.address));
  for (const { value, span } of wrong) {
    const prefix = prefixOf(value.address, value.length);
    const params = { address: formatInterfaceAddress(value), what: edgeWords(prefix, value.address) };
    properties.report(findings["link-address-not-a-host"], params, span);
  }
  return wrong.length === 0;
}

function isPair(first: InterfaceAddress, second: InterfaceAddress): boolean {
  return (
    first.length === second.length &&
    first.address.value !== second.address.value &&
    prefixContains(prefixOf(first.address, first.length), prefixOf(second.address, second.length))
  );
}

function announcements(properties: Properties, { ends }: LinkScope): ReadonlyMap<string, readonly Located<Prefix>[]> {
  const names = ends.map(({ place }) => place.name);
  const found = new Map<string, readonly Located<Prefix>[]>();
  for (const { key, keySpan, value } of properties.entries<Prefix>("announce")) {
    if (names.length === 2 && !names.includes(key)) {
      const params = { property: "announce", key, near: nearest(key, names), keys: names };
      properties.report(valuesCatalogue["unknown-key"], params, keySpan);
    } else {
      found.set(key, value);
    }
  }
  return found;
}
