/**
 * The gaps that `accept` in `demarc.json` can name: places where the output is less strict than the source says, which an
 * owner may take as they are. Whatever is not listed here cannot be accepted.
 */
import type { TARGET_NAMES } from "./schema.js";

/** One gap. */
export interface Gap {
  /** What is accepted, as a sentence of the manual. */
  readonly meaning: string;
  /** Targets that have the gap; absent where it is one of the proofs, and so of no target. */
  readonly targets?: readonly (typeof TARGET_NAMES)[number][];
}

/** Every gap by its name. */
export const GAPS = {
  "residual-reply": {
    meaning:
      "replies of protocols other than TCP, where no stateful filter is on their way, open more than their flow; a `never` leaves that out and lists it",
  },
  "part-of-subnet": {
    meaning:
      "a rule for a part of a subnet that is no declared host is in the security group of the whole subnet, and nothing else on the way cuts out the rest",
    targets: ["aws"],
  },
  "coarse-service": {
    meaning:
      "a rule for a type of ICMP, or for a protocol that a security group cannot name, is written for all of ICMP or for every protocol, and nothing else on the way cuts out the rest",
    targets: ["azure"],
  },
} as const satisfies Readonly<Record<string, Gap>>;

/** The name of a gap. */
export type GapName = keyof typeof GAPS;

/** The names of all gaps. */
export const GAP_NAMES: readonly string[] = Object.keys(GAPS);

/** The gap of a name; undefined where there is none. */
export function gapNamed(name: string): Gap | undefined {
  return Object.entries<Gap>(GAPS).find(([key]) => key === name)?.[1];
}
