/** Addresses and prefixes for the naive AWS evaluator, written apart from the compiler's own. */
import { isIPv4, isIPv6 } from "node:net";

/** An address: its family and its bits as a number. */
export interface Point {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A prefix: every address whose first `length` bits are those of `value`. */
export interface Cidr extends Point {
  readonly length: number;
}

/** Bits of an address of a family. */
export function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** Parses an address; undefined where the text is none. */
export function pointOf(text: string): Point | undefined {
  if (isIPv4(text)) {
    return { family: 4, value: text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  if (!isIPv6(text) || text.includes(".")) return undefined;
  const [left = "", right] = text.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = right === undefined ? [] : new Array<string>(8 - head.length - tail.length).fill("0");
  const words = [...head, ...zeros, ...tail];
  return { family: 6, value: words.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n) };
}

/** Parses a prefix; undefined where the text is none. */
export function cidrOf(text: unknown): Cidr | undefined {
  if (typeof text !== "string") return undefined;
  const slash = text.indexOf("/");
  const point = slash < 0 ? undefined : pointOf(text.slice(0, slash));
  const length = Number(text.slice(slash + 1));
  return point === undefined || !/^[0-9]+$/.test(text.slice(slash + 1)) || length > bitsOf(point.family)
    ? undefined
    : { ...point, length };
}

/** True where the first bits agree. */
export function covers(cidr: Cidr, point: Point): boolean {
  if (cidr.family !== point.family) return false;
  const rest = BigInt(bitsOf(cidr.family) - cidr.length);
  return cidr.value >> rest === point.value >> rest;
}

/** The first and last address of a prefix, and their neighbours outside. */
export function edgesOf(cidr: Cidr): readonly Point[] {
  const { family, value, length } = cidr;
  const size = 1n << BigInt(bitsOf(family) - length);
  const top = (1n << BigInt(bitsOf(family))) - 1n;
  return [value - 1n, value, value + size - 1n, value + size]
    .filter((one) => one >= 0n && one <= top)
    .map((one) => ({ family, value: one }));
}
