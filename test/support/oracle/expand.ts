/** Expands regions of the compiler's answers, which are texts of the language, to the flows of the oracle. */
import type { Checked } from "../../../compiler/check/check.js";
import type { EndpointSet } from "../../../compiler/model/endpoint-set.js";
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import type { Address } from "../../../grammar/address.js";
import { questionOf } from "../estate-from.js";
import type { Endpoint, Oracle } from "./oracle.js";
import { POINTS } from "./world.js";

/** A product in the estate's own names. */
export interface RegionText {
  readonly source: string;
  readonly destination: string;
  readonly service: string;
}

const BASE = { 4: 10n << 24n, 6: 0x2001_0db8n << 96n } as const;

/** The flows of some regions: a mask of services for each ordered pair of endpoints between which flows can go. */
export function expand(made: Checked, oracle: Oracle, regions: readonly RegionText[]): Map<number, number> {
  const flows = new Map<number, number>();
  for (const region of regions) {
    const question = questionOf(made, `${region.source} -> ${region.destination}`);
    const services = POINTS.reduce(
      (mask, [protocol, slot], bit) => (inServices(region.service, protocol, slot) ? mask | (1 << bit) : mask),
      0,
    );
    const [flow] = question.flows;
    if (flow === undefined || services === 0) continue;
    const destinations = indexesOf(oracle, flow.destination);
    for (const from of indexesOf(oracle, flow.source)) {
      for (const to of destinations) {
        const { flows: meaningful } = oracle.pair(from, to);
        if ((services & meaningful) === 0) continue;
        const key = from * oracle.endpoints.length + to;
        flows.set(key, (flows.get(key) ?? 0) | (services & meaningful));
      }
    }
  }
  return flows;
}

function indexesOf(oracle: Oracle, set: EndpointSet): readonly number[] {
  return set.domains().flatMap((segment) => indexesIn(oracle, segment, set.in(segment)));
}

/** The oracle's endpoints of a segment that a set of addresses holds, by index. */
export function indexesIn(oracle: Oracle, segment: string, set: AddressSet): readonly number[] {
  return oracle.endpoints.flatMap((one, index) =>
    one.segment === segment && set.contains(addressOf(one)) ? [index] : [],
  );
}

/** The address of an endpoint as the compiler writes it. */
export function addressOf({ family, value }: Endpoint): Address {
  return { family, value: BASE[family] + value };
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/**
 * True where a list of services as answers write it holds a service: `any`, `tcp`, `tcp/0-442`, `icmp/8`, `icmp/3/0-4`,
 * `ip/2-5`, in brackets where there are several. (Runs of protocols are no literals of the language.)
 */
function inServices(text: string, protocol: number, slot: number): boolean {
  return text
    .replace(/[[\]]/g, "")
    .split(", ")
    .some((one) => {
      const [name = "", first, second] = one.split("/");
      if (name === "any") return true;
      if (name === "ip") return isIn(first, protocol);
      if (NUMBERS[name] !== protocol) return false;
      if (!name.startsWith("icmp")) return isIn(first, slot);
      return isIn(first, slot >> 8) && isIn(second, slot & 255);
    });
}

/** True where `4` or `3-5` holds a number; all do where there is no text. */
function isIn(range: string | undefined, value: number): boolean {
  const [first, last = first] = (range ?? "0-65535").split("-").map(Number);
  return first !== undefined && last !== undefined && value >= first && value <= last;
}
