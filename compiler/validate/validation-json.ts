/** The outcome of validation for machines: the result of `demarc verify` in JSON. Holds no times, so that it is the same every day. */
import { packetData, placeText, regionData } from "./report-findings.js";
import type { Validation } from "./validate.js";

/** The outcome as plain data. */
export function validationJson(validation: Validation): Readonly<Record<string, unknown>> {
  const { proved, read, unread, unreadPoints, handedOff, surplus, size } = validation;
  return {
    proved,
    read,
    unread,
    unreadPoints,
    handedOff,
    size,
    differences: validation.findings.map((finding) => {
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
    assumptions: validation.assumptions.map(({ id, text, place }) => ({ id, text, at: placeText(place) })),
  };
}
