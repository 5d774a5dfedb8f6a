/** Addresses and regions as text, and generated rules that read like those of an estate. */
import { AddressSet } from "../../../compiler/sets/address-set.js";
import type { Region } from "../../../compiler/sets/engine.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { serviceTexts } from "../../../compiler/sets/service-text.js";
import { type Family, formatPrefix, parseAddress, prefixOf } from "../../../grammar/address.js";

/** The set of a prefix given as text. */
export function addresses(prefix: string): AddressSet {
  const [text = "", length = ""] = prefix.split("/");
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`\`${prefix}\` is no prefix`);
  return AddressSet.ofPrefix(prefixOf(address, Number(length)));
}

/** One line for each region: prefixes and services. */
export function shown(regions: readonly Region[]): readonly string[] {
  const text = (set: AddressSet): string => set.prefixes().map(formatPrefix).join(", ");
  return regions.map(
    ({ source, destination, service }) =>
      `${text(source)} -> ${text(destination)} on ${serviceTexts(service).join(", ")}`,
  );
}

export interface Rule {
  readonly source: AddressSet;
  readonly destination: AddressSet;
  readonly service: ServiceSet;
}

/** Whole numbers below a limit, the same on every run (a linear congruential generator; Knuth, TAOCP vol. 2, section 3.2.1). */
export function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Rules of 1-4 prefixes to 1-4 prefixes on 1-3 services, over nested and neighbouring networks of both families. */
export function rules(count: number, seed: number): readonly Rule[] {
  const next = numbers(seed);
  const networks = Array.from({ length: 400 }, (_, i) => {
    const family: Family = i % 3 === 0 ? 6 : 4;
    const value =
      family === 4 ? (10n << 24n) + (BigInt(next(4096)) << 8n) : (0x20010db8n << 96n) + (BigInt(next(512)) << 64n);
    return AddressSet.ofPrefix(prefixOf({ family, value }, family === 4 ? 20 + next(8) : 56 + next(9)));
  });
  const services = [22, 53, 80, 443, 3306, 5432].flatMap((port) => [
    ServiceSet.ports("tcp", port),
    ServiceSet.ports("udp", port),
  ]);
  services.push(ServiceSet.ports("tcp", 1024, 65_535), ServiceSet.protocol(47), ServiceSet.icmp(4, 8), ServiceSet.any);
  const some = <T>(list: readonly T[], most: number): readonly T[] =>
    Array.from({ length: 1 + next(most) }, () => list[next(list.length)]).filter((item) => item !== undefined);
  return Array.from({ length: count }, () => ({
    source: AddressSet.unionAll(some(networks, 4)),
    destination: AddressSet.unionAll(some(networks, 4)),
    service: ServiceSet.unionAll(some(services, 3)),
  }));
}
