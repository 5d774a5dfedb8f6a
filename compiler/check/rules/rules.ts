/** The rules between declarations: what each of them cannot see, and all of them together must keep. */
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import type { Ownership } from "../../model/ownership.js";
import type { Drafts } from "../declarations/drafts.js";
import { checkAddresses } from "./addresses.js";
import { checkCircuits, checkConnectionTags } from "./circuits.js";
import { checkInterfaces, checkLinkAddresses } from "./interfaces.js";
import { checkSegments } from "./segments.js";
import { checkSessions, checkSystems } from "./systems.js";

/**
 * Applies the rules; what breaks one is reported and named in the drafts, with what depends on it. Returns the prefixes
 * of each domain, those of sound declarations only.
 */
export function applyRules(drafts: Drafts, diagnostics: Diagnostics): ReadonlyMap<string, Ownership> {
  checkSegments(drafts, diagnostics);
  checkSystems(drafts, diagnostics);
  leaveOutDependents(drafts);
  checkSessions(drafts, diagnostics);
  leaveOutDependents(drafts);
  checkCircuits(drafts, diagnostics);
  checkInterfaces(drafts, diagnostics);
  checkConnectionTags(drafts, diagnostics);
  const addresses = checkAddresses(drafts, diagnostics);
  checkLinkAddresses(drafts, addresses.ownerships(), diagnostics);
  leaveOutDependents(drafts);
  return addresses.ownerships();
}

/** Leaves out, silently, what refers to something that is left out. */
function leaveOutDependents(drafts: Drafts): void {
  const { faulty, faultyLinks } = drafts;
  for (const external of drafts.sound(drafts.externals)) {
    if (faulty.has(external.domain)) faulty.add(external.path);
  }
  for (const network of drafts.sound(drafts.networks)) {
    const routers = (network.lan?.attachments ?? []).map(({ router }) => router);
    const isLost = [network.domain, network.place.name, ...routers].some((name) => faulty.has(name));
    for (const subnet of network.subnets) {
      if (subnet.lan?.attachments.some(({ router }) => faulty.has(router)) === true) faulty.add(subnet.path);
    }
    const isEmpty = network.subnets.length > 0 && network.subnets.every(({ path }) => faulty.has(path));
    if (isLost || isEmpty) faulty.add(network.path);
  }
  for (const link of drafts.soundLinks()) {
    const names = [...link.ends.map(({ place }) => place.name), ...link.carries.map(({ domain }) => domain)];
    if (names.some((name) => faulty.has(name))) faultyLinks.add(link.name);
  }
}
