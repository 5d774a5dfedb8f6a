/** One interface and tag of a router serves one thing; prefixes of links are apart from all others of their segment. */
import { formatInterfaceAddress, formatPrefix, type InterfaceAddress, prefixOf } from "../../../grammar/address.js";
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import { compareSpans, type Span } from "../../../grammar/source.js";
import { addressesCatalogue as findings } from "../../diagnostics/addresses-catalogue.js";
import { linksCatalogue } from "../../diagnostics/links-catalogue.js";
import type { Lan, Located } from "../../model/estate.js";
import { type OwnedPrefix, Ownership } from "../../model/ownership.js";
import type { Drafts } from "../declarations/drafts.js";

/** Something that an interface with its tags is given to. */
interface Use {
  readonly router: string;
  readonly interface: string;
  readonly vlan: number | undefined;
  readonly outerVlan: number | undefined;
  readonly what: string;
  readonly span: Span;
  readonly leaveOut: () => void;
}

/** The LANs of an estate, each with the path of its network or subnet. */
function lansOf(drafts: Drafts): readonly { readonly path: string; readonly domain: string; readonly lan: Lan }[] {
  return drafts.sound(drafts.networks).flatMap(({ path, domain, lan, subnets }) => {
    const inner = subnets.filter((subnet) => !drafts.faulty.has(subnet.path));
    return [{ path, lan }, ...inner].flatMap((each) =>
      each.lan === undefined ? [] : [{ path: each.path, domain, lan: each.lan }],
    );
  });
}

/** Judges what interfaces of our routers are used for. */
export function checkInterfaces(drafts: Drafts, diagnostics: Diagnostics): void {
  const taken = new Map<string, Use>();
  for (const use of [...lanUses(drafts), ...linkUses(drafts)].sort((a, b) => compareSpans(a.span, b.span))) {
    const key = JSON.stringify([use.router, use.interface, use.outerVlan ?? 0, use.vlan ?? 0]);
    const other = taken.get(key);
    if (other === undefined) {
      taken.set(key, use);
      continue;
    }
    const params = { router: use.router, circuit: circuitWords(use), other: other.what };
    const related = [{ message: "it is used here first", span: other.span }];
    diagnostics.report(findings["interface-taken"], params, use.span, { related });
    use.leaveOut();
  }
}

function circuitWords({ interface: name, vlan, outerVlan }: Use): string {
  if (vlan === undefined) return `\`${name}\` without a tag`;
  return outerVlan === undefined ? `VLAN ${vlan} on \`${name}\`` : `VLAN ${vlan} in ${outerVlan} on \`${name}\``;
}

function lanUses(drafts: Drafts): readonly Use[] {
  return lansOf(drafts).flatMap(({ path, lan }) =>
    lan.attachments.map(
      (each): Use => ({
        router: each.router,
        interface: each.interface.value,
        vlan: each.vlan?.value,
        outerVlan: each.outerVlan?.value,
        what: `network \`${path}\``,
        span: (each.vlan ?? each.interface).span,
        leaveOut: () => drafts.faulty.add(path),
      }),
    ),
  );
}

function linkUses(drafts: Drafts): readonly Use[] {
  return drafts.soundLinks().flatMap((link) =>
    link.ends.flatMap((end) => {
      const name = end.interface;
      if (name === undefined) return [];
      return link.carries.map(
        (carries): Use => ({
          router: end.place.name,
          interface: name.value,
          vlan: carries.vlan?.value,
          outerVlan: carries.outerVlan?.value,
          what: `link \`${link.name}\` for segment \`${carries.domain}\``,
          span: carries.vlan?.span ?? carries.span,
          leaveOut: () => drafts.faultyLinks.add(link.name),
        }),
      );
    }),
  );
}

/** A given address of a link, or of a router on the way to a next hop. */
interface LinkAddress {
  readonly domain: string;
  readonly address: InterfaceAddress;
  readonly span: Span;
  readonly by: string;
}

function linkAddresses(drafts: Drafts): readonly LinkAddress[] {
  const ofLinks = drafts
    .soundLinks()
    .flatMap(({ name, carries }) =>
      carries.flatMap(({ domain, addresses }) =>
        addresses.flatMap(({ ends, span }) =>
          ends.map((address) => ({ domain, address, span, by: `link \`${name}\`` })),
        ),
      ),
    );
  const ofLans = lansOf(drafts).flatMap(({ path, domain, lan }) => {
    if (lan.nextHops.length === 0) return [];
    const own = lan.attachments.flatMap(({ addresses }) => addresses);
    return own.map(({ value, span }: Located<InterfaceAddress>) => ({
      domain,
      address: value,
      span,
      by: `network \`${path}\``,
    }));
  });
  return [...ofLinks, ...ofLans];
}

/** Addresses of links lie outside the declared prefixes of their segment; shown at the prefix. */
export function checkLinkAddresses(
  drafts: Drafts,
  ownerships: ReadonlyMap<string, Ownership>,
  diagnostics: Diagnostics,
): void {
  const reported = new Set<Span>();
  for (const { domain, address, span, by } of linkAddresses(drafts)) {
    for (const entry of ownerships.get(domain)?.around(address.address) ?? []) {
      if (entry.summary || reported.has(entry.span)) continue;
      reported.add(entry.span);
      const kind = drafts.externals.has(entry.owner) ? "external" : "network";
      const params = {
        prefix: formatPrefix(entry.prefix),
        owner: `${kind} \`${entry.owner}\``,
        address: formatInterfaceAddress(address),
        by,
      };
      const related = [{ message: "the address is given here", span }];
      diagnostics.report(findings["link-address-covered"], params, entry.span, { related });
      drafts.faulty.add(entry.owner);
    }
  }
  checkLinkPrefixes(drafts, diagnostics);
}

/** Two links of one segment at one place have prefixes apart. */
function checkLinkPrefixes(drafts: Drafts, diagnostics: Diagnostics): void {
  const atPlaces = new Map<string, { domain: string; place: string; entries: OwnedPrefix[] }>();
  for (const link of drafts.soundLinks()) {
    for (const { domain, addresses } of link.carries) {
      for (const { place } of link.ends) {
        const key = `${place.name} ${domain}`;
        const list = atPlaces.get(key) ?? { domain, place: place.name, entries: [] };
        for (const { ends, span } of addresses) {
          const prefix = prefixOf(ends[0].address, ends[0].length);
          list.entries.push({ prefix, owner: link.name, summary: false, span });
        }
        atPlaces.set(key, list);
      }
    }
  }
  const reported = new Set<Span>();
  for (const { domain, place, entries } of atPlaces.values()) {
    for (const { later, earlier } of Ownership.of(entries).overlaps()) {
      if (reported.has(later.span)) continue;
      reported.add(later.span);
      const params = { address: formatPrefix(later.prefix), link: earlier.owner, segment: domain, place };
      const related = [{ message: "the other addresses are given here", span: earlier.span }];
      diagnostics.report(linksCatalogue["shared-link-prefix"], params, later.span, { related });
      drafts.faultyLinks.add(later.owner);
    }
  }
}
