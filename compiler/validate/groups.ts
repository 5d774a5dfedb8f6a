/** The groups of workloads of a subnet: which of its addresses take which filters. */
import { AddressSet } from "../sets/address-set.js";
import type { Comparison } from "./comparison.js";
import type { ReadBinding } from "./readback.js";

/** One group of workloads: who takes it, by address. */
export interface Members {
  readonly path: string;
  readonly addresses: AddressSet;
  readonly bindings: readonly ReadBinding[];
}

/** The groups of a subnet: of its declared hosts that have one of their own, and of everybody else. */
export function groupsOf({
  intended,
  match,
  subject,
}: Pick<Comparison, "intended" | "match" | "subject">): readonly Members[] {
  const { attachment, domain } = intended.point;
  if (attachment.kind !== "subnet") return [];
  const whole = match.bindings.filter((binding) => binding.where.kind === "subnet");
  const takes = (path: string) =>
    match.bindings.filter(({ where }) => where.kind === "workloads" && where.path === path);
  const hosts = subject.relations.naming
    .holdingsOf(domain)
    .filter((one) => one.kind === "host" && one.path.startsWith(`${attachment.subnet}.`))
    .map(({ path, addresses }) => ({ path, addresses, own: takes(path) }))
    .filter(({ own }) => own.length > 0);
  const rest = (intended.near.get(domain) ?? AddressSet.empty).subtract(
    AddressSet.unionAll(hosts.map((host) => host.addresses)),
  );
  return [
    ...hosts.map(({ path, addresses, own }) => ({ path, addresses, bindings: [...own, ...whole] })),
    { path: attachment.subnet, addresses: rest, bindings: [...takes(attachment.subnet), ...whole] },
  ];
}
