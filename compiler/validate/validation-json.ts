/**
 * The outcome of validation for machines: the result of `demarc verify` in JSON, and `report/validation.json`. Holds no times,
 * so that it is the same every day.
 */
import type { Axiom } from "../model/axiom.js";
import { packetData, placeText, regionData } from "./report-findings.js";
import type { Validation } from "./validate.js";

/** The outcome as plain data. */
export function validationJson(validation: Validation): Readonly<Record<string, unknown>> {
  const { proved, read, targets, unread, unreadPoints, handedOff, surplus, size } = validation;
  return {
    proved,
    read,
    targets,
    unread,
    unreadPoints,
    handedOff,
    size,
    differences: validation.findings.map((finding) => {
      if ("invariant" in finding) {
        const { kind, invariant, family, place, witness, regions } = finding;
        const subject = `${invariant.kind} ${invariant.text}`;
        const packet = packetData(witness);
        return { kind, subject, family, at: placeText(place), packet, regions: regions.map(regionData) };
      }
      if ("witness" in finding) {
        const { kind, point, family, place, witness, regions } = finding;
        const packet = packetData(witness);
        return { kind, subject: point, family, at: placeText(place), packet, regions: regions.map(regionData) };
      }
      if (finding.kind === "not-proved") return { kind: finding.kind, subject: finding.subject };
      const { kind, subject, what, place } = finding;
      return { kind, subject, what, ...(place === undefined ? {} : { at: placeText(place) }) };
    }),
    refused: validation.refusals.map(({ target, place, what, why }) => ({ target, at: placeText(place), what, why })),
    coarse: validation.coarse.map(({ point, family, accepted, regions }) => ({
      ...{ point, family, accepted },
      regions: regions.map(regionData),
    })),
    surplus,
    invariants: validation.invariants.map(({ invariant, status, passages }) => ({
      ...{ id: invariant.id, kind: invariant.kind, text: invariant.text, status, passages },
    })),
    assumptions: validation.assumptions.map(({ id, text, place }) => ({ id, text, at: placeText(place) })),
  };
}

/** What the files of an output were proved to do, and what that rests on: `report/validation.json`. */
export function validationReport(
  validation: Validation,
  about: {
    readonly estate: string;
    readonly axioms: readonly Axiom[];
    /** Targets whose files this compile leaves as they were. */
    readonly kept: readonly string[];
  },
): Readonly<Record<string, unknown>> {
  return { formatVersion: 1, ...about, ...validationJson(validation) };
}

/** The verdict in words. */
export function verdictText({ proved, findings, refusals }: Validation): string {
  if (proved) return "as meant";
  const wrong = refusals.length > 0 || findings.some((one) => one.kind !== "not-proved");
  return wrong ? "not as meant" : "not proved";
}

/** What was read back, as a person counts it: "19 files of 2 targets: 5 filters, 9 tables". */
export function readText({ targets }: Pick<Validation, "targets">): string {
  const sum = (of: "files" | "filters" | "tables"): number => targets.reduce((all, one) => all + one[of], 0);
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  const read = `${count(sum("files"), "file")} of ${count(targets.length, "target")}`;
  return `${read}: ${count(sum("filters"), "filter")}, ${count(sum("tables"), "table")}`;
}
