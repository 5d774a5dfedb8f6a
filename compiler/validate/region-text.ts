/** The services of regions of packets, as people write them. */
import { ServiceSet, SLOTS, slotMeaning } from "../sets/service-set.js";
import { serviceTexts } from "../sets/service-text.js";
import type { PacketRegion } from "./packet-set.js";

/** Services of a region; later fragments are told by their protocol. */
export function serviceRange({ service, fragment }: PacketRegion): readonly string[] {
  const later = fragment[0] === 2;
  const whole: number[] = [];
  const pieces: { protocol: number; first: number; last: number }[] = [];
  for (let i = 0; i + 1 < service.length; i += 2) {
    const [from = 0, end = 0] = [service[i], service[i + 1]];
    for (let at = from; at < end; ) {
      const protocol = Math.floor(at / SLOTS);
      const stop = Math.min(end, (protocol + 1) * SLOTS);
      if (later || slotMeaning(protocol) === "none") whole.push(protocol);
      else pieces.push({ protocol, first: at - protocol * SLOTS, last: stop - 1 - protocol * SLOTS });
      at = stop;
    }
  }
  const set = ServiceSet.unionAll([ServiceSet.ofPieces(pieces), ...whole.map((one) => ServiceSet.protocol(one))]);
  return serviceTexts(set).map((text) => (later ? `${text} (later fragments)` : text));
}
