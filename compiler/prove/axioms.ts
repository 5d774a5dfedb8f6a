/** The axioms of an estate: what its proofs rest on and no artefact enforces. */
import { formatPrefix } from "../../grammar/address.js";
import type { Axiom } from "../design/design.js";
import type { Estate } from "../model/estate.js";

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
  for (const link of estate.links) {
    const kinds = link.ends.map((end) => end.place.kind);
    const unmanaged = link.ends.some(
      (end) => estate.routers.find((router) => router.name === end.place.name)?.os === "unmanaged",
    );
    if (kinds.includes("cloud") && (kinds.includes("external") || unmanaged)) {
      axioms.push({ id: "far-end-source", text: "the far end sends only from its own addresses", about: link.name });
    }
  }
  return axioms;
}
