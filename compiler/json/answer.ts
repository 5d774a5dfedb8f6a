/** The JSON form of the answer to a query: architecture.md, "Machine output". */
import type { Answer, AnswerRegion } from "../prove/query.js";
import { placeJson } from "./diagnostics.js";

/** The `result` of `demarc query --format json`. */
export function answerJson(answer: Answer): unknown {
  return {
    verdict: answer.verdict,
    open: answer.open.map(regionJson),
    closed: answer.closed.map(regionJson),
    unenforced: answer.unenforced.map(regionJson),
    reasons: answer.reasons.map(({ kind, message, at }) => ({
      kind,
      message,
      ...(at === undefined ? {} : { at: placeJson(at) }),
    })),
  };
}

/** The same under `--open-only`. What is not listed is left out, so that an empty list still means that there is nothing. */
export function openJson(answer: Answer): unknown {
  return { verdict: answer.verdict, open: answer.open.map(regionJson) };
}

function regionJson(region: AnswerRegion): unknown {
  return {
    source: region.source,
    destination: region.destination,
    service: region.service,
    witness: region.witness,
    rules: region.rules.map((rule) => ({ id: rule.id, policy: rule.policy, ...placeJson(rule.span) })),
    path: region.path.map(({ place, point }) => ({ place, ...(point === undefined ? {} : { point }) })),
  };
}
