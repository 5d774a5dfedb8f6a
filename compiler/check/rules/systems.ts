/** Autonomous systems and loopbacks: which must differ, which must agree, and where one is needed. */
import { formatAddress } from "../../../grammar/address.js";
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import { compareSpans, type Span } from "../../../grammar/source.js";
import { linksCatalogue as findings } from "../../diagnostics/links-catalogue.js";
import type { Cloud, Link, Router } from "../../model/estate.js";
import type { Drafts } from "../declarations/drafts.js";

/** Who has an autonomous system. */
interface Holder {
  readonly asn: number;
  readonly what: string;
  readonly span: Span;
  /** Name of the declaration that is left out where the number clashes; the estate's is never. */
  readonly name: string | undefined;
  readonly isOwnRouter: boolean;
}

/** Applies the rules of autonomous systems and loopbacks to the places. */
export function checkSystems(drafts: Drafts, diagnostics: Diagnostics): void {
  checkLoopbacks(drafts, diagnostics);
  checkDistinct(drafts, diagnostics);
}

function sortedRouters(drafts: Drafts): readonly Router[] {
  return [...drafts.sound(drafts.routers)].sort((a, b) => compareSpans(a.span, b.span));
}

function checkLoopbacks(drafts: Drafts, diagnostics: Diagnostics): void {
  const owners = new Map<string, Router>();
  for (const router of sortedRouters(drafts)) {
    for (const { value, span } of router.loopbacks) {
      const address = formatAddress(value);
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, router);
      else {
        const related = [{ message: `router \`${owner.name}\` is declared here`, span: owner.span }];
        diagnostics.report(findings["shared-loopback"], { address, router: owner.name }, span, { related });
        drafts.faulty.add(router.name);
      }
    }
  }
}

function holdersOf(drafts: Drafts): readonly Holder[] {
  const found: Holder[] = [];
  const add = (
    asn: { readonly value: number; readonly span: Span } | undefined,
    what: string,
    name?: string,
    own = false,
  ): void => {
    if (asn !== undefined) found.push({ asn: asn.value, what, span: asn.span, name, isOwnRouter: own });
  };
  if (!drafts.faultyHeader) add(drafts.header?.asn, `estate \`${drafts.header?.name ?? ""}\``);
  for (const cloud of drafts.sound<Cloud>(drafts.clouds)) {
    add(cloud.asn, `cloud \`${cloud.name}\``, cloud.name);
    if (cloud.provider !== "aws") continue;
    for (const [segment, asn] of cloud.gatewayAsns) {
      add(asn, `the gateway of segment \`${segment}\` at cloud \`${cloud.name}\``, cloud.name);
    }
  }
  for (const external of drafts.sound(drafts.externals))
    add(external.asn, `external \`${external.name}\``, external.name);
  for (const router of drafts.sound(drafts.routers)) {
    const isOwn = router.os !== "unmanaged";
    add(router.asn, `router \`${router.name}\``, router.name, isOwn);
  }
  return found.sort((a, b) => compareSpans(a.span, b.span));
}

/** Those that are not our routers are pairwise distinct; a router of ours may share its own with the estate and its like. */
function checkDistinct(drafts: Drafts, diagnostics: Diagnostics): void {
  const byAsn = new Map<number, Holder[]>();
  for (const holder of holdersOf(drafts)) {
    const others = byAsn.get(holder.asn) ?? [];
    const clash = others.find((other) => !mayShare(holder, other));
    if (clash !== undefined) {
      const related = [{ message: `${clash.what} has it here`, span: clash.span }];
      const params = { asn: holder.asn, of: holder.what, other: clash.what };
      diagnostics.report(findings["shared-asn"], params, holder.span, { related });
      if (holder.name === undefined) drafts.faultyHeader = true;
      else drafts.faulty.add(holder.name);
    }
    byAsn.set(holder.asn, [...others, holder]);
  }
}

function mayShare(a: Holder, b: Holder): boolean {
  const isOurs = (holder: Holder): boolean => holder.isOwnRouter || holder.name === undefined;
  return isOurs(a) && isOurs(b);
}

/** Applies the rules of autonomous systems to the links between the places. */
export function checkSessions(drafts: Drafts, diagnostics: Diagnostics): void {
  checkEstateAsn(drafts, diagnostics);
  if (drafts.faultyHeader) return;
  checkCores(drafts, diagnostics);
  checkHandoffs(drafts, diagnostics);
}

/** True where a router at an end of the link exchanges routes by BGP. */
function hasBgp(link: Link, drafts: Drafts): boolean {
  return !link.ends.some(
    ({ place }) => place.kind === "external" && drafts.externals.get(place.name)?.asn === undefined,
  );
}

function checkEstateAsn(drafts: Drafts, diagnostics: Diagnostics): void {
  const { header } = drafts;
  if (header?.asn !== undefined || drafts.faultyHeader) return;
  const speaking = new Set<string>();
  for (const link of drafts.soundLinks()) {
    if (hasBgp(link, drafts)) for (const { place } of link.ends) speaking.add(place.name);
  }
  const router = sortedRouters(drafts).find(({ name, os }) => os !== "unmanaged" && speaking.has(name));
  if (router === undefined) return;
  const related =
    header === undefined ? [] : [{ message: `router \`${router.name}\` is declared here`, span: router.span }];
  const params = { router: router.name, estate: header?.name };
  diagnostics.report(findings["missing-estate-asn"], params, header?.span ?? router.span, { related });
  drafts.faultyHeader = true;
}

function asnOf(router: Router, drafts: Drafts): number | undefined {
  return router.asn?.value ?? drafts.header?.asn?.value;
}

/** All routers of one core have one autonomous system. */
function checkCores(drafts: Drafts, diagnostics: Diagnostics): void {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    return root;
  };
  for (const link of drafts.soundLinks()) {
    if (link.kind !== "mpls") continue;
    const [a, b] = link.ends;
    parents.set(rootOf(a.place.name), rootOf(b.place.name));
  }
  const first = new Map<string, Router>();
  for (const router of sortedRouters(drafts)) {
    const root = rootOf(router.name);
    const other = first.get(root);
    if (other === undefined) {
      first.set(root, router);
      continue;
    }
    const own = asnOf(router, drafts);
    const wanted = asnOf(other, drafts);
    if (own === wanted || own === undefined || wanted === undefined) continue;
    const related = [{ message: `router \`${other.name}\` is declared here`, span: other.span }];
    const params = { router: router.name, asn: String(own), other: other.name, otherAsn: String(wanted) };
    diagnostics.report(findings["core-asn"], params, router.asn?.span ?? router.span, { related });
    drafts.faulty.add(router.name);
  }
}

/** A hand-off between two routers of ours joins two autonomous systems. */
function checkHandoffs(drafts: Drafts, diagnostics: Diagnostics): void {
  for (const link of drafts.soundLinks()) {
    if (link.kind !== "handoff" || link.localAsn !== undefined) continue;
    const [first, second] = link.ends.map(({ place }) => drafts.routers.get(place.name));
    if (first === undefined || second === undefined) continue;
    const asn = asnOf(first, drafts);
    if (asn === undefined || asn !== asnOf(second, drafts)) continue;
    const [, end] = link.ends;
    const params = { asn, first: first.name, second: second.name };
    diagnostics.report(findings["one-system-handoff"], params, end.span);
    drafts.faultyLinks.add(link.name);
  }
}
