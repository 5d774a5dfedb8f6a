/** Checking hosts, inside whatever declares them. */
import { addressIn, formatAddress, formatPrefix, type Prefix } from "../../../grammar/address.js";
import type { Bound } from "../../bind/bind.js";
import type { MemberSymbol } from "../../bind/symbols.js";
import { addressesCatalogue } from "../../diagnostics/addresses-catalogue.js";
import { listed } from "../../diagnostics/entry.js";
import { valuesCatalogue } from "../../diagnostics/values-catalogue.js";
import type { Host, Located } from "../../model/estate.js";
import { kinds } from "../../schema/kinds.js";
import { Properties, type Tools } from "../properties.js";
import { declared, headerRefs, membersOf } from "./common.js";
import type { Drafts } from "./drafts.js";

/** Whose hosts they are. */
export interface HostParent {
  /** In words, for messages: `subnet shop.web`. */
  readonly what: string;
  /** Empty where the parent's prefixes are faulty: then hosts are not judged by them. */
  readonly cidrs: readonly Located<Prefix>[];
}

/** Checks the hosts of a parent; faulty ones are in the result too, and named in `drafts.faulty`. */
export function checkHosts(
  parent: Pick<Bound, "members">,
  where: HostParent,
  drafts: Drafts,
  tools: Tools,
): readonly Host[] {
  const owners = new Map<string, Host>();
  return membersOf(parent.members, "host").map((member) => checkHost(member, where, owners, drafts, tools));
}

function checkHost(
  member: MemberSymbol,
  where: HostParent,
  owners: Map<string, Host>,
  drafts: Drafts,
  tools: Tools,
): Host {
  const properties = new Properties(kinds.host, member.declaration, member.file, tools);
  headerRefs(kinds.host, member.declaration, member.file, properties);
  properties.settle(new Map());
  const host: Host = {
    ...declared(member, member.path),
    addresses: properties.addresses("address"),
    labels: properties.labels(),
  };
  for (const { value, span } of host.addresses) {
    const address = formatAddress(value);
    const owner = owners.get(address);
    if (owner === host) {
      properties.report(valuesCatalogue["repeated-value"], { property: "address", value: address }, span);
    } else if (owner !== undefined) {
      const related = [{ message: `host \`${owner.name}\` is declared here`, span: owner.span }];
      properties.report(addressesCatalogue["shared-host-address"], { address, host: owner.path }, span, { related });
    } else {
      owners.set(address, host);
    }
    if (where.cidrs.length > 0 && !where.cidrs.some((cidr) => addressIn(cidr.value, value))) {
      const params = { address, parent: where.what, cidrs: prefixList(where.cidrs) };
      properties.report(addressesCatalogue["host-outside"], params, span);
    }
  }
  if (properties.faulty) drafts.faulty.add(member.path);
  return host;
}

/** Prefixes in words: `10.0.0.0/8` and `2001:db8::/32`. */
export function prefixList(cidrs: readonly Located<Prefix>[]): string {
  return listed(
    cidrs.map(({ value }) => formatPrefix(value)),
    "and",
  );
}
