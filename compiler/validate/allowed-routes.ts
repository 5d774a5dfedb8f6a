/** What the tables of a domain may lead to: everything that is present in it, and for each domain what that one brings. */
import { type Prefix, prefixOf } from "../../grammar/address.js";
import type { DomainId } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import type { Subject } from "./judged.js";

/** What routes may lead to. `meant` leaves out what meeting places leak beyond their shares. */
export interface Reach {
  readonly all: AddressSet;
  readonly meant: AddressSet;
}

/** Answers what routes may lead to. Remembers what it has computed. */
export class AllowedRoutes {
  private readonly subject: Subject;
  private readonly lists = new Map<DomainId, readonly Allowed[]>();
  private readonly known = new Map<string, Reach>();

  constructor(subject: Subject) {
    this.subject = subject;
  }

  /** What a table of `domain` may lead to by way of `into`; by its own ways it may lead to all that is present. */
  reach(domain: DomainId, into: DomainId): Reach {
    const key = JSON.stringify([domain, into]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const list = this.lists.get(domain) ?? allowedIn(this.subject, domain);
    this.lists.set(domain, list);
    const held = list.filter((one) => into === domain || one.domain === into);
    const union = (some: readonly Allowed[]): AddressSet => AddressSet.unionAll(some.map((one) => one.addresses));
    const made = { all: union(held), meant: union(held.filter((one) => !one.surplus)) };
    this.known.set(key, made);
    return made;
  }
}

/** Addresses that a table may lead to, with the domain that brings them. */
interface Allowed {
  readonly addresses: AddressSet;
  readonly domain: DomainId;
  readonly surplus: boolean;
}

/** What the tables of a domain may hold: what is present in it, its links and router interfaces, what ends announce in it. */
function allowedIn({ relations, design }: Subject, domain: DomainId): readonly Allowed[] {
  const of = (prefix: Prefix, owner: DomainId, surplus = false): Allowed => ({
    addresses: AddressSet.ofPrefix(prefix),
    domain: owner,
    surplus,
  });
  const present = relations.present(domain).map(({ prefix, cause, pair }) => {
    const other = pair === undefined ? domain : pair.from === domain ? pair.to : pair.from;
    return of(prefix, other, cause === "surplus");
  });
  const circuits = design.circuits.filter((one) => one.domain === domain);
  const links = circuits.flatMap(({ addressing, tunnels }) =>
    [...addressing, ...tunnels.flatMap((tunnel) => tunnel.addressing)].flatMap((one) =>
      one.kind === "provider" ? [] : one.ends.map(({ address, length }) => of(prefixOf(address, length), domain)),
    ),
  );
  const announced = circuits.flatMap((circuit) =>
    circuit.ends.flatMap((end) =>
      end.announces.map(({ prefix, cause }) => of(prefix, cause.kind === "own" ? domain : cause.domain)),
    ),
  );
  const surplus = design.leaks.flatMap((leak) =>
    leak.surplus
      .filter((one) => one.into === domain)
      .map(({ prefix }) => of(prefix, domain === leak.from ? leak.to : leak.from, true)),
  );
  const lans = design.attachments.flatMap((one) =>
    one.kind === "lan" && one.domain === domain ? one.attachments : [],
  );
  const connected = lans.flatMap((lan) =>
    lan.addresses.map(({ value: { address, length } }) => of(prefixOf(address, length), domain)),
  );
  return [...present, ...links, ...announced, ...connected, ...surplus];
}
