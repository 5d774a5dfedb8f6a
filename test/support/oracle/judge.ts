/** What the oracle says of statements: verdicts of questions, invariants that fail, rules and shares that are reported. */
import type { Endpoint, Oracle } from "./oracle.js";
import { type Opening, POINTS } from "./world.js";

/** The flows of one sort: a mask of services for each ordered pair of endpoints, `source * endpoints + destination`. */
export type FlowMasks = ReadonlyMap<number, number>;

/** The answer to a question. */
export interface Verdict {
  readonly open: FlowMasks;
  readonly closed: FlowMasks;
  readonly unenforced: FlowMasks;
}

/** Answers a question flow by flow. */
export function decide(oracle: Oracle, question: Opening): Verdict {
  const open = new Map<number, number>();
  const closed = new Map<number, number>();
  const unenforced = new Map<number, number>();
  oracle.forEach(question, (facts, asked, source, destination) => {
    const key = source * oracle.endpoints.length + destination;
    const opened = facts.routed ? asked & facts.permitted : 0;
    const nobody = facts.unenforced ? asked & ~facts.permitted : 0;
    const rest = asked & ~opened & ~nobody;
    if (opened !== 0) open.set(key, opened);
    if (nobody !== 0) unenforced.set(key, nobody);
    if (rest !== 0) closed.set(key, rest);
  });
  return { open, closed, unenforced };
}

/** `open`, `closed`, `unenforced` where all flows are of one sort, else `partial`; undefined where there are none. */
export function verdictWord(verdict: Verdict): string | undefined {
  const sorts = (["open", "closed", "unenforced"] as const).filter((sort) => verdict[sort].size > 0);
  return sorts.length > 1 ? "partial" : sorts[0];
}

/** What is wrong with a `never`. */
export interface NeverFaults {
  readonly opened: boolean;
  readonly byReply: boolean;
  /** All its flows stay where nobody filters. */
  readonly nothingEnforced: boolean;
}

/** Judges a `never`. */
export function judgeNever(oracle: Oracle, never: Opening): NeverFaults {
  let opened = false;
  let byReply = false;
  let some = false;
  let enforced = false;
  oracle.forEach(never, (facts, asked) => {
    some = true;
    const open = facts.routed ? asked & facts.permitted : 0;
    opened ||= open !== 0;
    byReply ||= (asked & facts.residual & ~open) !== 0;
    enforced ||= !facts.unenforced || (asked & facts.permitted) !== 0;
  });
  return { opened, byReply, nothingEnforced: some && !enforced };
}

/** True where every flow of an `always` is open. */
export function holdsAlways(oracle: Oracle, always: Opening): boolean {
  let holds = true;
  oracle.forEach(always, (facts, asked) => {
    if (!facts.routed || (asked & ~facts.permitted) !== 0) holds = false;
  });
  return holds;
}

/** What is reported of a rule. */
export interface RuleFaults {
  readonly missingShare: boolean;
  readonly notRouted: boolean;
  readonly redundant: boolean;
  /** A longer prefix takes all its flows away. */
  readonly hidden: boolean;
}

/** Judges a rule of the world. */
export function judgeRule(oracle: Oracle, rule: Opening): RuleFaults {
  const others = oracle.world.rules.filter((other) => other !== rule);
  let flows = 0;
  let alone = 0;
  oracle.forEach(rule, (_, asked, source, destination) => {
    const [from, to] = [oracle.endpoints[source], oracle.endpoints[destination]];
    if (from === undefined || to === undefined) return;
    flows++;
    const covered = others.reduce((mask, other) => mask | oracle.mask(other, from, to), 0);
    if ((asked & ~covered) !== 0) alone++;
  });
  const { source, destination } = rule;
  const back = { ...rule, source: destination, destination: source, both: false };
  const directions = rule.both ? [{ ...rule, both: false }, back] : [rule];
  const faults = directions.map((one) => routeFaults(oracle, one));
  return {
    missingShare: faults.some(({ missingShare }) => missingShare),
    notRouted: faults.some(({ notRouted }) => notRouted),
    redundant: flows > 0 && alone === 0,
    hidden: flows === 0,
  };
}

/** Judges one direction of a rule. A pair of segments that lacks a share is reported for that alone. */
function routeFaults(oracle: Oracle, direction: Opening): Pick<RuleFaults, "missingShare" | "notRouted"> {
  const unshared = new Set<string>();
  const unrouted = new Set<string>();
  oracle.forEach(direction, (facts, _, source, destination) => {
    const [from, to] = [oracle.endpoints[source], oracle.endpoints[destination]];
    if (from === undefined || to === undefined) return;
    const pair = `${from.segment} ${to.segment}`;
    if (from.segment !== to.segment && !oracle.isShared(to, from.segment)) unshared.add(pair);
    if (!facts.routed) unrouted.add(pair);
  });
  return { missingShare: unshared.size > 0, notRouted: [...unrouted].some((pair) => !unshared.has(pair)) };
}

/** True where some rule has flows from the segment of a share to what it shares. */
export function isNeeded(oracle: Oracle, index: number): boolean {
  const share = oracle.world.shares[index];
  if (share === undefined) return false;
  let needed = false;
  for (const rule of oracle.world.rules) {
    oracle.forEach(rule, (_, __, source, destination) => {
      const to = oracle.endpoints[destination];
      needed ||= oracle.endpoints[source]?.segment === share.with && to !== undefined && oracle.inSide(share.what, to);
    });
  }
  return needed;
}

/** The sort of a concrete flow, for witnesses; undefined where the endpoints are not among the oracle's. */
export function sortOf(oracle: Oracle, from: Endpoint, to: Endpoint, protocol: number, slot: number): string {
  const facts = oracle.pair(oracle.endpoints.indexOf(from), oracle.endpoints.indexOf(to));
  const bit = POINTS.findIndex(([one, other]) => one === protocol && other === slot);
  const at = 1 << bit;
  if (facts.routed && (facts.permitted & at) !== 0) return "open";
  if (facts.unenforced && (facts.permitted & at) === 0) return "unenforced";
  return (facts.residual & at) !== 0 ? "residual" : "closed";
}
