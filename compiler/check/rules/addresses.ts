/** Prefixes of one segment never overlap, nor do subnets of one network; routers own their addresses. */
import { formatAddress, formatPrefix, type Prefix } from "../../../grammar/address.js";
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import { compareSpans, type Span } from "../../../grammar/source.js";
import { addressesCatalogue as findings } from "../../diagnostics/addresses-catalogue.js";
import type { AzureCloud, Cloud, External, Host, Lan, Located, Network } from "../../model/estate.js";
import { type OwnedPrefix, Ownership } from "../../model/ownership.js";
import type { Drafts } from "../declarations/drafts.js";

/** Judges the address plan. */
export function checkAddresses(drafts: Drafts, diagnostics: Diagnostics): AddressRules {
  const rules = new AddressRules(drafts, diagnostics);
  rules.checkSubnets();
  rules.checkDomains();
  rules.checkHosts();
  rules.checkPools();
  return rules;
}

/** The rules of the address plan, over what is sound when each is applied. */
export class AddressRules {
  private readonly drafts: Drafts;
  private readonly diagnostics: Diagnostics;

  constructor(drafts: Drafts, diagnostics: Diagnostics) {
    this.drafts = drafts;
    this.diagnostics = diagnostics;
  }

  private networks(): readonly Network[] {
    return this.drafts.sound(this.drafts.networks);
  }

  private externals(): readonly External[] {
    return this.drafts.sound(this.drafts.externals);
  }

  /** Subnets of one network lie side by side. */
  checkSubnets(): void {
    for (const network of this.networks()) {
      const entries = network.subnets
        .filter(({ path }) => !this.drafts.faulty.has(path))
        .flatMap(({ path, cidrs }) => cidrs.map((cidr) => entryOf(cidr, path, false)));
      for (const { later, earlier } of Ownership.of(entries).overlaps()) {
        const related = [{ message: `\`${formatPrefix(earlier.prefix)}\` is given here`, span: earlier.span }];
        const params = {
          prefix: formatPrefix(later.prefix),
          other: formatPrefix(earlier.prefix),
          subnet: earlier.owner,
        };
        this.diagnostics.report(findings["subnets-overlap"], params, later.span, { related });
        this.drafts.faulty.add(later.owner);
      }
    }
  }

  /** Prefixes of one segment never overlap. */
  checkDomains(): void {
    for (const [segment, ownership] of this.ownerships(true)) {
      for (const { later, earlier } of ownership.overlaps()) {
        const related = [{ message: `\`${formatPrefix(earlier.prefix)}\` is given here`, span: earlier.span }];
        const params = {
          prefix: formatPrefix(later.prefix),
          owner: this.ownerWords(later.owner),
          other: formatPrefix(earlier.prefix),
          otherOwner: this.ownerWords(earlier.owner),
          segment,
        };
        this.diagnostics.report(findings["prefix-overlap"], params, later.span, { related });
        this.drafts.faulty.add(nameOf(later.owner));
      }
    }
  }

  /** The prefixes of each domain; with `hubs` also the virtual hubs of the Azure clouds that carry it. */
  ownerships(hubs = false): ReadonlyMap<string, Ownership> {
    const entries = new Map<string, OwnedPrefix[]>();
    const enter = (domain: string, entry: OwnedPrefix): void => {
      const list = entries.get(domain);
      if (list === undefined) entries.set(domain, [entry]);
      else list.push(entry);
    };
    for (const { domain, path, cidrs } of this.networks()) {
      for (const cidr of cidrs) enter(domain, entryOf(cidr, path, false));
    }
    for (const { domain, path, cidrs, summary } of this.externals()) {
      for (const cidr of cidrs) enter(domain, entryOf(cidr, path, summary));
    }
    if (hubs) {
      for (const [cloud, domains] of this.azureDomains()) {
        for (const domain of domains) enter(domain, entryOf(cloud.hubCidr, `${HUB}${cloud.name}`, false));
      }
    }
    return new Map([...entries].map(([domain, list]) => [domain, Ownership.of(list)] as const));
  }

  /** The Azure clouds with the domains that a network or a link brings there. */
  private azureDomains(): ReadonlyMap<AzureCloud, ReadonlySet<string>> {
    const azure = new Map<string, readonly [AzureCloud, Set<string>]>();
    for (const cloud of this.drafts.sound<Cloud>(this.drafts.clouds)) {
      if (cloud.provider === "azure") azure.set(cloud.name, [cloud, new Set()]);
    }
    for (const { place, domain } of this.networks()) azure.get(place.name)?.[1].add(domain);
    for (const link of this.drafts.soundLinks()) {
      for (const { place } of link.ends) {
        for (const { domain } of link.carries) azure.get(place.name)?.[1].add(domain);
      }
    }
    return new Map(azure.values());
  }

  private ownerWords(owner: string): string {
    if (owner.startsWith(HUB)) return `the hub of cloud \`${nameOf(owner)}\``;
    return `${this.drafts.externals.has(owner) ? "external" : "network"} \`${owner}\``;
  }

  /** Hosts are not on addresses of routers, nor in prefixes that their external does not own. */
  checkHosts(): void {
    const ownerships = this.ownerships();
    for (const network of this.networks()) {
      this.checkLanHosts(network.hosts, network.lan);
      for (const subnet of network.subnets) this.checkLanHosts(subnet.hosts, subnet.lan);
    }
    for (const external of this.externals()) {
      if (external.summary) this.checkSummaryHosts(external, ownerships.get(external.domain));
    }
  }

  private checkLanHosts(hosts: readonly Host[], lan: Lan | undefined): void {
    if (lan === undefined) return;
    const owned = new Map<string, { readonly router: string; readonly span: Span }>();
    const [first] = lan.attachments;
    for (const { value, span } of lan.gateways) owned.set(formatAddress(value), { router: first?.router ?? "", span });
    for (const { router, addresses } of lan.attachments) {
      for (const { value, span } of addresses) owned.set(formatAddress(value.address), { router, span });
    }
    for (const host of hosts) {
      for (const { value, span } of host.addresses) {
        const address = formatAddress(value);
        const owner = owned.get(address);
        if (owner === undefined || this.drafts.faulty.has(host.path)) continue;
        const related = [{ message: "the router's address comes from here", span: owner.span }];
        const params = { address, router: owner.router };
        this.diagnostics.report(findings["host-on-router-address"], params, span, { related });
        this.drafts.faulty.add(host.path);
      }
    }
  }

  private checkSummaryHosts(external: External, ownership: Ownership | undefined): void {
    for (const host of external.hosts) {
      for (const { value, span } of host.addresses) {
        const owner = ownership?.ownerOf(value);
        if (owner === undefined || owner.owner === external.path || this.drafts.faulty.has(host.path)) continue;
        const params = { address: formatAddress(value), external: external.name, owner: this.ownerWords(owner.owner) };
        const related = [{ message: `\`${formatPrefix(owner.prefix)}\` is given here`, span: owner.span }];
        this.diagnostics.report(findings["host-of-other-prefix"], params, span, { related });
        this.drafts.faulty.add(host.path);
      }
    }
  }

  /** A cloud of AWS where a network has IPv6 says which pool it comes from. */
  checkPools(): void {
    const first = new Map<string, { readonly network: Network; readonly span: Span }>();
    for (const network of [...this.networks()].sort((a, b) => compareSpans(a.span, b.span))) {
      const ipv6 = network.cidrs.find(({ value }) => value.family === 6);
      if (ipv6 !== undefined && !first.has(network.place.name))
        first.set(network.place.name, { network, span: ipv6.span });
    }
    for (const cloud of this.drafts.sound<Cloud>(this.drafts.clouds)) {
      const needs = first.get(cloud.name);
      if (cloud.provider !== "aws" || cloud.ipv6Pool !== undefined || needs === undefined) continue;
      const related = [{ message: "the IPv6 prefix is here", span: needs.span }];
      const params = { cloud: cloud.name, network: needs.network.name };
      this.diagnostics.report(findings["missing-ipv6-pool"], params, cloud.span, { related });
    }
  }
}

/** Marks the owner of a hub's prefix: a name that no declaration can have. */
const HUB = "hub ";

function nameOf(owner: string): string {
  return owner.startsWith(HUB) ? owner.slice(HUB.length) : owner;
}

function entryOf({ value, span }: Located<Prefix>, owner: string, summary: boolean): OwnedPrefix {
  return { prefix: value, owner, summary, span };
}
