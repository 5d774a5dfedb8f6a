/** The outer addresses of an IPsec link: which end each written address is of, and where the others come from. */
import type { Link, LinkEnd, Router } from "../../../compiler/model/estate.js";
import { formatAddress } from "../../../grammar/address.js";
import { TUNNEL_OUTPUT } from "../vpn-connections.js";

/** The outer addresses of one party. */
export interface OuterAddresses {
  readonly party: string;
  /** `provider`: those of a cloud, known after apply; `unwritten`: the source does not give them. */
  readonly kind: "written" | "provider" | "unwritten";
  readonly addresses: readonly string[];
  /** Where those of the provider stand after apply. */
  readonly output?: { readonly module: string; readonly name: string };
}

/**
 * The outer addresses of both ends, in their order. `public` is of our router, of the first-named where both ends are
 * ours; `peer-public` of the other end that is no cloud (language.md section 6). `module` gives the Terraform module of
 * an end at AWS.
 */
export function outerAddresses(
  link: Link,
  routers: readonly Router[],
  module: (end: LinkEnd) => string | undefined,
): readonly [OuterAddresses, OuterAddresses] {
  const [first, second] = link.ends;
  const own = ownEnd(link, routers);
  const addressesOf = (end: LinkEnd): OuterAddresses => {
    const party = end.place.name;
    if (end.place.kind === "cloud") {
      const name = module(end);
      return {
        party,
        kind: "provider",
        addresses: [],
        ...(name === undefined ? {} : { output: { module: name, name: TUNNEL_OUTPUT } }),
      };
    }
    const list = (end === own ? link.ipsec?.public : link.ipsec?.peerPublic) ?? [];
    const addresses = list.map((one) => formatAddress(one.value));
    return { party, kind: addresses.length > 0 ? "written" : "unwritten", addresses };
  };
  return [addressesOf(first), addressesOf(second)];
}

/** The end that `public` is of. */
function ownEnd(link: Link, routers: readonly Router[]): LinkEnd | undefined {
  return link.ends.find(
    ({ place }) => place.kind === "router" && routers.some((one) => one.name === place.name && one.os !== "unmanaged"),
  );
}
