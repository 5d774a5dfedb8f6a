/** The axioms of an estate: what its proofs rest on and no artefact enforces. */
import { formatPrefix } from "../../grammar/address.js";
import type { Axiom } from "../model/axiom.js";
import type { Estate, Link } from "../model/estate.js";

/** The axioms that apply to an estate, by id and subject. */
export function estateAxioms(estate: Estate): readonly Axiom[] {
  const axioms: Axiom[] = [];
  const clouds = estate.clouds.map((cloud) => cloud.name);
  const routers = estate.routers.filter((router) => router.os !== "unmanaged");
  for (const cloud of clouds) {
    axioms.push(
      {
        id: "provider-addresses",
        text: "provider addresses that no filter stops (resolver, metadata) open nothing between endpoints",
        about: cloud,
      },
      {
        id: "workload-group",
        text: "a workload takes only its subnet's group, or that of its declared host",
        about: cloud,
      },
    );
  }
  for (const { path, place, existing } of estate.networks) {
    const isAws = estate.clouds.some((cloud) => cloud.name === place.name && cloud.provider === "aws");
    if (!isAws || existing === undefined) continue;
    const text = "no workload takes the default security group of the VPC, which exists and is left as it is";
    axioms.push({ id: "default-group", text, about: path });
  }
  if (routers.length > 0) {
    axioms.push(
      { id: "route-targets", text: "no router outside the estate uses our route targets" },
      { id: "address-owner", text: "a host owns its address on its LAN" },
    );
  }
  for (const router of routers) {
    if (router.management.length === 0) continue;
    const prefixes = router.management.map((prefix) => formatPrefix(prefix.value)).join(", ");
    axioms.push({ id: "management", text: `${prefixes} may reach the router's own addresses`, about: router.name });
  }
  for (const router of estate.routers.filter((one) => one.os === "unmanaged")) {
    axioms.push({ id: "unmanaged-router", text: "keeps segments apart and filters nothing", about: router.name });
  }
  for (const link of estate.links) axioms.push(...linkAxioms(estate, link));
  return axioms;
}

/** What a link rests on: the far end's manners, addresses that come later, halves that somebody types. */
function linkAxioms(estate: Estate, link: Link): readonly Axiom[] {
  const routers = link.ends.map((end) => estate.routers.find((router) => router.name === end.place.name));
  const atCloud = link.ends.some((end) => end.place.kind === "cloud");
  const atExternal = link.ends.some((end) => end.place.kind === "external");
  const unmanaged = routers.some((router) => router?.os === "unmanaged");
  const managed = routers.some((router) => router !== undefined && router.os !== "unmanaged");
  const axioms: Axiom[] = [];
  const about = link.name;
  if (atCloud && (atExternal || unmanaged)) {
    axioms.push({ id: "far-end-source", text: "the far end sends only from its own addresses", about });
  }
  if (link.kind === "direct-connect" && managed && carriesIpv6(estate, link)) {
    axioms.push({
      id: "provider-link-addresses",
      text: "IPv6 flows once the addresses that AWS chose are written as `addresses` and compiled again",
      about,
    });
  }
  if (link.kind === "ipsec") {
    axioms.push({
      id: "tunnel-half",
      text: "each half that is not emitted is typed from the hand-off document",
      about,
    });
  }
  return axioms;
}

/** True where a carried segment has IPv6 at a cloud of the link and the link's own addresses are not written. */
function carriesIpv6(estate: Estate, link: Link): boolean {
  const clouds = new Set(link.ends.filter((end) => end.place.kind === "cloud").map((end) => end.place.name));
  return link.carries.some(
    (carried) =>
      !carried.addresses.some((pair) => pair.family === 6) &&
      estate.networks.some(
        (network) =>
          network.domain === carried.domain &&
          clouds.has(network.place.name) &&
          network.cidrs.some((cidr) => cidr.value.family === 6),
      ),
  );
}
