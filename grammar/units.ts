/** The units of quantities. */
import type { Dimension } from "./literals.js";

/** What one of a unit is: bits per second, or milliseconds. */
export interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
}

/** Every unit by its spelling, small ones first. Rates are decimal (1 Kbps is 1000 bit/s), as in the vendors' own units. */
export const units: ReadonlyMap<string, Unit> = new Map([
  ["bps", { dimension: "rate", factor: 1 }],
  ["Kbps", { dimension: "rate", factor: 1e3 }],
  ["Mbps", { dimension: "rate", factor: 1e6 }],
  ["Gbps", { dimension: "rate", factor: 1e9 }],
  ["Tbps", { dimension: "rate", factor: 1e12 }],
  ["ms", { dimension: "time", factor: 1 }],
  ["s", { dimension: "time", factor: 1e3 }],
  ["m", { dimension: "time", factor: 60e3 }],
  ["h", { dimension: "time", factor: 3600e3 }],
  ["d", { dimension: "time", factor: 86400e3 }],
]);

/** True where a word is spelt as a unit is. */
export function isUnit(word: string): boolean {
  return units.has(word);
}

const otherSpellings: ReadonlyMap<string, string> = new Map([
  ["kbit", "Kbps"],
  ["mbit", "Mbps"],
  ["gbit", "Gbps"],
  ["k", "Kbps"],
  ["g", "Gbps"],
  ["t", "Tbps"],
  ["kb", "Kbps"],
  ["mb", "Mbps"],
  ["gb", "Gbps"],
  ["tb", "Tbps"],
  ["msec", "ms"],
  ["sec", "s"],
  ["secs", "s"],
  ["seconds", "s"],
  ["min", "m"],
  ["minutes", "m"],
  ["hours", "h"],
  ["hour", "h"],
  ["day", "d"],
  ["days", "d"],
]);

/** The unit that a misspelt one stands for: `gbps`, `Gbit`, `sec`. */
export function meantUnit(spelling: string): string | undefined {
  const lower = spelling.toLowerCase();
  for (const unit of units.keys()) if (unit.toLowerCase() === lower) return unit;
  return otherSpellings.get(lower);
}
