/** The answer to a query for a person: the verdict, each region with a witness as a sentence, and what is missing. */
import { safeLine } from "../compiler/diagnostics/render/cells.js";
import type { Paint } from "../compiler/diagnostics/render/pretty.js";
import type { Answer, AnswerRegion, AnswerVerdict } from "../compiler/prove/query.js";

const VERDICTS: Readonly<Record<AnswerVerdict, string>> = {
  open: "every flow of it is open",
  closed: "no flow of it is open",
  partial: "its flows differ",
  unenforced: "nobody enforces it: what is not permitted is not stopped either",
};

/** The text of an answer. `display` gives the path of a source file as the user would write it. */
export function answerText(query: string, answer: Answer, paint: Paint, display: (path: string) => string): string {
  const colour = answer.verdict === "open" ? paint.good : answer.verdict === "closed" ? paint.error : paint.warning;
  const parts = [
    `${colour(answer.verdict)}: ${paint.bold(safeLine(query.trim()))}: ${VERDICTS[answer.verdict]}\n`,
    section("open", answer.open, paint, display),
    section("closed", answer.closed, paint, display),
    section("unenforced", answer.unenforced, paint, display),
    reasonsText(answer, paint, display),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function section(
  title: string,
  regions: readonly AnswerRegion[],
  paint: Paint,
  display: (path: string) => string,
): string {
  if (regions.length === 0) return "";
  const bodies = regions.map((region) => regionText(region, display));
  return `${paint.bold(title)}\n${bodies.join("")}`;
}

function regionText(region: AnswerRegion, display: (path: string) => string): string {
  const lines = [`  ${region.source} -> ${region.destination} on ${region.service}`, `    ${region.sentence}`];
  if (region.path.length > 0) {
    const hops = region.path.map(({ place, point }) => (point === undefined ? place : `${place} (${point})`));
    lines.push(`    path   ${hops.join(", ")}`);
  }
  for (const rule of region.rules) {
    const { line, column } = rule.span.source.position(rule.span.start);
    lines.push(`    rule   ${rule.id} at ${display(rule.span.source.path)}:${line}:${column}`);
  }
  return lines.map((line) => `${safeLine(line)}\n`).join("");
}

function reasonsText(answer: Answer, paint: Paint, display: (path: string) => string): string {
  if (answer.reasons.length === 0) return "";
  const lines = answer.reasons.map(({ kind, message, mend, at }) => {
    const position = at?.source.position(at.start);
    const place =
      at === undefined || position === undefined ? "" : ` (${safeLine(display(at.source.path))}:${position.line})`;
    const remedy = mend === undefined ? "" : `\n    ${paint.bold("help:")} ${safeLine(mend)}`;
    return `  ${kind}: ${safeLine(message)}${place}${remedy}\n`;
  });
  return `${paint.bold("why")}\n${lines.join("")}`;
}
