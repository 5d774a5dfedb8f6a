/** Rules as products per ordered pair of domains: what permission is the union of. */
import type { AllowRule, DomainId, RuleFlow } from "../model/estate.js";
import { AddressSet } from "../sets/address-set.js";
import type { ServiceSet } from "../sets/service-set.js";
import { hiddenFrom, type Presence, presentIn } from "./presence.js";
import type { Routing } from "./routing.js";

/** One direction of one rule between one pair of domains. Families never mix: a box may hold both, kept apart by family. */
export interface RuleBox {
  readonly rule: AllowRule;
  readonly flow: RuleFlow;
  readonly from: DomainId;
  readonly to: DomainId;
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

/** Takes from summaries what longer prefixes of another domain cover there; asks `presence` for what is there. */
export class Hiding {
  private readonly routing: Routing;
  private readonly presence = new Map<DomainId, readonly Presence[]>();
  private readonly hidden = new Map<string, AddressSet>();
  private readonly anySummary: boolean;

  constructor(routing: Routing) {
    this.routing = routing;
    this.anySummary = routing.topology.estate.externals.some((external) => external.summary);
  }

  /** The addresses of `domain` that have no flow with any endpoint of `other`. */
  from(domain: DomainId, other: DomainId): AddressSet {
    if (!this.anySummary) return AddressSet.empty;
    const key = `${domain} ${other}`;
    const known = this.hidden.get(key);
    if (known !== undefined) return known;
    const hidden = hiddenFrom(this.routing, domain, this.potential(other));
    this.hidden.set(key, hidden);
    return hidden;
  }

  /** All that shares could bring, return or leak into a domain, whatever is permitted. */
  private potential(domain: DomainId): readonly Presence[] {
    const known = this.presence.get(domain);
    if (known !== undefined) return known;
    const all = presentIn(this.routing, domain, (from) =>
      AddressSet.unionAll(this.routing.groupsOf(from).map((group) => group.endpoints)),
    );
    this.presence.set(domain, all);
    return all;
  }
}

/** The boxes of one rule. Domains and families in which a side is empty give none. */
export function ruleBoxes(rule: AllowRule, hiding: Hiding): readonly RuleBox[] {
  return rule.flows.flatMap((flow) =>
    flow.source.domains().flatMap((from) =>
      flow.destination.domains().flatMap((to) => {
        const box = flowBox(flow, from, to, rule.service, hiding);
        return box === undefined ? [] : [{ rule, flow, from, to, ...box, service: rule.service }];
      }),
    ),
  );
}

/** Source and destination of a flow between two domains, limited to the families that both and the service have. */
export function flowBox(
  flow: Pick<RuleFlow, "source" | "destination">,
  from: DomainId,
  to: DomainId,
  service: ServiceSet,
  hiding: Hiding,
): { readonly source: AddressSet; readonly destination: AddressSet } | undefined {
  const source = flow.source.in(from).subtract(hiding.from(from, to));
  const destination = flow.destination.in(to).subtract(hiding.from(to, from));
  const families = ([4, 6] as const).filter(
    (family) =>
      !source.family(family).isEmpty() && !destination.family(family).isEmpty() && !service.forFamily(family).isEmpty(),
  );
  if (families.length === 0) return undefined;
  if (families.length === 2) return { source, destination };
  const [only] = families;
  return only === undefined ? undefined : { source: source.family(only), destination: destination.family(only) };
}
