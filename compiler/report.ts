/**
 * The report of a compile: proofs with what they rest on, what the output is more than the source says, limits with the
 * headroom left, expiries. It holds no date of the run, so that the same input gives the same bytes on any day.
 */
import type { Span } from "../grammar/source.js";
import { compareCodePoints } from "../grammar/source.js";
import type { Headroom, Remark, TargetOutput } from "./contract.js";
import { dayText } from "./model/days.js";
import type { Estate } from "./model/estate.js";
import type { Proof, Proofs } from "./prove/proof.js";

/** A place in a source file, line and column from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A rule or share that ends. */
export interface Expiry {
  readonly id: string;
  readonly kind: "allow" | "share";
  readonly policy: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly source: SourcePlace;
}

/** What a target says of its output. */
export interface TargetReport {
  readonly limits: readonly (Omit<Headroom, "target"> & { readonly left: number })[];
  readonly remarks: readonly {
    readonly kind: Remark["kind"];
    readonly subject: string;
    readonly text: string;
    readonly sources: readonly SourcePlace[];
  }[];
}

/** Something the source asks for that the output does not give: a whole place, or one thing that a target leaves out. */
export type NotServed =
  | { readonly place: string; readonly platform: string }
  | { readonly target: string; readonly subject: string; readonly text: string };

/** A waiver that holds, and how many findings it hides. */
export interface WaiverOutcome {
  readonly rule: string;
  readonly subject?: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  readonly findings: number;
}

/** Guard rails in a result or report. */
export interface GuardReport {
  readonly rules: readonly {
    readonly name: string;
    readonly category: string;
    readonly severity: string;
    readonly bundle: string;
    readonly findings: number;
    readonly waived: number;
  }[];
  readonly waivers: readonly WaiverOutcome[];
}

/** The report as it is written to `report/report.json`. */
export interface Report {
  readonly formatVersion: 1;
  readonly estate: string;
  readonly proofs: readonly ProofReport[];
  readonly axioms: Proofs["axioms"];
  readonly expiries: readonly Expiry[];
  /** Places without a target first, then the `not-served` remarks of the targets, which stand there with their sources. */
  readonly notServed: readonly NotServed[];
  /** Rules that ran, and waivers that hold; findings that depend on the calendar are not counted. */
  readonly guardRails: GuardReport;
  readonly targets: Readonly<Record<string, TargetReport>>;
}

/** Where a span begins. */
export function sourcePlace(at: Span): SourcePlace {
  const { line, column } = at.source.position(at.start);
  return { file: at.source.path, line, column };
}

/** Every rule and share with an end, by day, then id. */
export function expiriesOf(estate: Estate): readonly Expiry[] {
  const found = estate.policies.flatMap((policy) =>
    [...policy.rules, ...policy.shares].flatMap((statement): readonly Expiry[] => {
      if (statement.until === undefined) return [];
      return [
        {
          id: statement.id,
          kind: "flows" in statement ? "allow" : "share",
          policy: policy.name,
          until: dayText(statement.until.value),
          ...(policy.owner === undefined ? {} : { owner: policy.owner.value }),
          ...(policy.ticket === undefined ? {} : { ticket: policy.ticket.value }),
          source: sourcePlace(statement.span),
        },
      ];
    }),
  );
  return found.sort((a, b) => compareCodePoints(a.until, b.until) || compareCodePoints(a.id, b.id));
}

/** One proof in JSON. */
export interface ProofReport {
  readonly id: string;
  readonly kind: Proof["invariant"]["kind"];
  readonly policy?: string;
  /** The invariant in canonical text, and the reason that its author gave. */
  readonly text: string;
  readonly because?: string;
  readonly status: Proof["status"];
  readonly witness?: Proof["witness"];
  readonly unenforced: Proof["unenforced"];
  readonly accepted: Proof["accepted"];
  readonly source: SourcePlace;
}

/** One proof in JSON. */
export function proofJson(proof: Proof): ProofReport {
  const { invariant } = proof;
  return {
    id: invariant.id,
    kind: invariant.kind,
    ...(invariant.policy === undefined ? {} : { policy: invariant.policy }),
    text: invariant.text,
    ...(invariant.because === undefined ? {} : { because: invariant.because.value }),
    status: proof.status,
    ...(proof.witness === undefined ? {} : { witness: proof.witness }),
    unenforced: proof.unenforced,
    accepted: proof.accepted,
    source: sourcePlace(invariant.span),
  };
}

/** What a target says of its output, in canonical order. */
export function targetReport(output: TargetOutput): TargetReport {
  const limits = output.headroom.map(({ limit, subject, used, allowed, source }) => ({
    limit,
    subject,
    used,
    allowed,
    left: allowed - used,
    source,
  }));
  const remarks = output.remarks.map(({ kind, subject, text, sources }) => ({
    kind,
    subject,
    text,
    sources: sources.map(sourcePlace),
  }));
  return {
    limits: limits.sort((a, b) => compareCodePoints(a.limit, b.limit) || compareCodePoints(a.subject, b.subject)),
    remarks: remarks.sort(
      (a, b) =>
        compareCodePoints(a.kind, b.kind) ||
        compareCodePoints(a.subject, b.subject) ||
        compareCodePoints(a.text, b.text),
    ),
  };
}

/** The whole report. `kept` are the reports of targets that this compile leaves as they are. */
export function reportOf(
  estate: Estate,
  proofs: Proofs,
  outputs: ReadonlyMap<string, TargetOutput>,
  unserved: readonly { readonly place: string; readonly platform: string }[],
  kept: Readonly<Record<string, TargetReport>>,
  guardRails: GuardReport,
): Report {
  const made = [...outputs].map(([name, output]) => [name, targetReport(output)] as const);
  const targets = [...Object.entries(kept), ...made].sort(([a], [b]) => compareCodePoints(a, b));
  return {
    formatVersion: 1,
    estate: estate.name,
    proofs: proofs.proofs.map(proofJson),
    axioms: proofs.axioms,
    expiries: expiriesOf(estate),
    notServed: [...unserved, ...targets.flatMap(([name, target]) => leftOut(name, target))],
    guardRails,
    targets: Object.fromEntries(targets),
  };
}

function leftOut(target: string, { remarks }: TargetReport): readonly NotServed[] {
  return remarks
    .filter((remark) => remark.kind === "not-served")
    .map(({ subject, text }) => ({ target, subject, text }));
}
