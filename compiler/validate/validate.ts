/**
 * Validation: what the files of an output do, as read back, against what the estate means.
 *
 * Filters first: every enforcement point against the flows that cross it. Then routes: sessions, tables and what they
 * bring against who has a way to whom. What no reader read is listed and counts for nothing.
 */
import type { Settings } from "../config/settings.js";
import type { Design } from "../design/design.js";
import type { Relations } from "../relations/relations.js";
import { judgeFilters } from "./filter-plane.js";
import { intendPoints } from "./intended-flows.js";
import type { Coarse, Finding, ReadTarget, Subject } from "./judged.js";
import { matchPoints } from "./match-points.js";
import { judgePorts } from "./ports.js";
import { type ProvedAgain, proveAgain } from "./read-invariants.js";
import type { ReadAssumption, ReadResult, Refusal } from "./readback.js";
import { judgeRoutes } from "./route-plane.js";
import { judgeSessions } from "./sessions.js";
import { Sides } from "./sides.js";
import { findStrays } from "./strays.js";
import { handedOffSessions, takenFromDesign } from "./taken.js";

/** One target as it was read; without `result` it has no reader. */
export interface TargetReading {
  readonly target: string;
  readonly places: readonly string[];
  readonly result?: ReadResult;
}

/** How much was compared. */
export interface ValidationSize {
  readonly points: number;
  readonly rules: number;
  readonly tables: number;
  readonly routes: number;
  /** Ways that were followed from where endpoints stand. */
  readonly ways: number;
  readonly sessions: number;
}

/** What was read of one target. */
export interface TargetSize {
  readonly target: string;
  readonly files: number;
  readonly filters: number;
  readonly tables: number;
  readonly sessions: number;
}

/** The outcome. `proved` where something was read and all of it does what the estate means. */
export interface Validation {
  readonly proved: boolean;
  readonly findings: readonly Finding[];
  readonly refusals: readonly (Refusal & { readonly target: string })[];
  readonly coarse: readonly Coarse[];
  readonly assumptions: readonly ReadAssumption[];
  /** Targets that were read and judged, by name. */
  readonly read: readonly string[];
  /** What was read of each of them. */
  readonly targets: readonly TargetSize[];
  /** Targets without a reader. */
  readonly unread: readonly string[];
  /** Points that nothing was read for: of targets without a reader, and halves that another party types. */
  readonly unreadPoints: readonly string[];
  readonly handedOff: readonly string[];
  /** Routes that meeting places leak beyond their shares, as `prefix in table`. */
  readonly surplus: readonly string[];
  /** Invariants, proved again on what was read. */
  readonly invariants: readonly ProvedAgain[];
  readonly size: ValidationSize;
}

/** Judges an output. A target with a refusal is not judged, and the output is not proved. */
export function validate(
  given: {
    readonly relations: Relations;
    readonly design: Design;
    readonly settings: Settings;
    readonly budget?: number;
  },
  readings: readonly TargetReading[],
): Validation {
  const refusals = readings.flatMap(({ target, result }) =>
    (result?.refusals ?? []).map((one) => ({ ...one, target })),
  );
  const read = readings.flatMap(({ target, places, result }): readonly ReadTarget[] =>
    result === undefined || result.refusals.length > 0 ? [] : [{ target, places, readback: result.readback }],
  );
  const subject: Subject = { ...given, read };
  const matches = matchPoints(subject);
  const intended = intendPoints(given.relations, given.design);
  const filters = judgeFilters(subject, intended, matches.matched);
  const found = judgeSessions(subject);
  const handedOff = handedOffSessions(subject);
  const sessions = [...found.sessions, ...handedOff];
  const routes = judgeRoutes(subject, sessions);
  const sides = new Sides(given.relations);
  const { trace } = routes;
  const again = proveAgain(subject, { matched: matches.matched, intended, sessions, trace, sides });
  const findings = [
    ...[...matches.findings, ...judgePorts(subject), ...filters.findings, ...found.findings, ...routes.findings],
    ...findStrays(subject),
    ...again.flatMap((one) => one.findings),
  ];
  return {
    proved: read.length > 0 && findings.length === 0 && refusals.length === 0,
    findings,
    refusals,
    coarse: filters.coarse,
    assumptions: [
      ...read.flatMap(({ readback }) => readback.assumptions),
      ...takenFromDesign(subject, found.sessions, handedOff),
    ],
    read: read.map((one) => one.target),
    targets: read.map((one) => sizeOf(one, readings)),
    unread: readings.filter((one) => one.result === undefined).map((one) => one.target),
    unreadPoints: matches.unread.map((point) => point.id),
    handedOff: matches.handedOff.map((point) => point.id),
    surplus: routes.surplus,
    invariants: again,
    size: {
      points: filters.compared,
      rules: filters.rules,
      tables: read.reduce((sum, { readback }) => sum + readback.tables.length, 0),
      routes: routes.routes,
      ways: routes.ways,
      sessions: read.reduce((sum, { readback }) => sum + readback.channels.filter(isSession).length, 0),
    },
  };
}

function sizeOf({ target, readback }: ReadTarget, readings: readonly TargetReading[]): TargetSize {
  return {
    target,
    files: readings.find((one) => one.target === target)?.result?.files.length ?? 0,
    filters: readback.filters.length,
    tables: readback.tables.length,
    sessions: readback.channels.filter(isSession).length,
  };
}

function isSession({ peer }: { readonly peer: { readonly kind: string } }): boolean {
  return peer.kind !== "table";
}
