/**
 * What replies admit beyond the flow they answer, where no stateful filter lies on their way.
 *
 * A reply rule at a stateless point matches the service at the source port and any client port. For TCP it asks for ACK
 * or RST, so no flow can be opened through it; for UDP every port of the client is open to the server's service port;
 * another protocol number has no ports and is open as it is. An ICMP reply opens no service.
 */
import type { AddressSet } from "../sets/address-set.js";
import { PairMemo } from "../sets/memo.js";
import { ICMP, ICMPV6, ServiceSet, TCP } from "../sets/service-set.js";
import type { RuleBox } from "./boxes.js";

/** A product that replies leave open, or nearly so. */
export interface ResidualBox {
  /** Where the reply comes from: the destination of the flow. */
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
  readonly rule: RuleBox["rule"];
}

const replies = new WeakMap<ServiceSet, ServiceSet>();

/** Protocols whose replies open what a `never` counts; ports of UDP become every port of the client. */
export function replyServices(service: ServiceSet): ServiceSet {
  const known = replies.get(service) ?? openedBy(service);
  replies.set(service, known);
  return known;
}

function openedBy(service: ServiceSet): ServiceSet {
  const protocols = new Set(service.pieces().map((piece) => piece.protocol));
  const opened = [...protocols].filter((protocol) => ![TCP, ICMP, ICMPV6].includes(protocol));
  return ServiceSet.unionAll(opened.map((protocol) => ServiceSet.protocol(protocol)));
}

const ALL_TCP = ServiceSet.protocol(TCP);

/** The TCP part: listed as residual exposure, not open. */
export function tcpReplies(service: ServiceSet): ServiceSet {
  return service.overlaps(ALL_TCP) ? ALL_TCP : ServiceSet.empty;
}

const unfilteredPart = new PairMemo((set, unfiltered) => set.intersect(unfiltered));

/**
 * The replies of a box as flows of their own, limited to ends without a stateful filter: `unfiltered` gives the
 * addresses of a domain that are not in a cloud subnet. `services` picks what counts.
 */
export function residualOf(
  box: RuleBox,
  unfiltered: (domain: string) => AddressSet,
  services: (service: ServiceSet) => ServiceSet,
): ResidualBox | undefined {
  const service = services(box.service);
  if (service.isEmpty()) return undefined;
  const source = unfilteredPart.of(box.destination, unfiltered(box.to));
  const destination = unfilteredPart.of(box.source, unfiltered(box.from));
  if (source.isEmpty() || destination.isEmpty()) return undefined;
  return { source, destination, service, rule: box.rule };
}
