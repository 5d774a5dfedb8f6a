/** Clauses after rules, shares and invariants: `log`, `until`, `because`, `at`. */
import type { Clause, Ref } from "../../../grammar/syntax/nodes.js";
import { statementsCatalogue } from "../../diagnostics/statements-catalogue.js";
import { valuesCatalogue } from "../../diagnostics/values-catalogue.js";
import { daysBetween, WARNING_DAYS } from "../../model/days.js";
import type { Day, Located } from "../../model/estate.js";
import { dateText } from "../expressions/literal-text.js";
import { type Place, reportAt, spanOf } from "../expressions/report.js";
import { hasControls } from "../values/decode.js";

/** The clauses of one statement, read. */
export interface Clauses {
  readonly log: boolean;
  readonly until?: Located<Day>;
  readonly because?: Located<string>;
  /** What `at` names, in the order written. */
  readonly at: readonly Ref[];
  /** False where a clause is faulty or the date has passed: the statement is left out. */
  readonly sound: boolean;
}

const NONE: Clauses = { log: false, at: [], sound: true };

/** Reads and judges the clauses of a statement; `statement` is what messages call it. */
export function readClauses(clauses: readonly Clause[], statement: string, place: Place): Clauses {
  if (clauses.length === 0) return NONE;
  const once = (word: Clause["word"]): Clause | undefined => clauses.find((clause) => clause.word === word);
  const repeated = clauses.filter((clause) => clause.word !== "at" && once(clause.word) !== clause);
  for (const clause of repeated) {
    const first = once(clause.word) ?? clause;
    const related = [{ message: "it stands here already", span: spanOf(place, first) }];
    reportAt(place, clause, statementsCatalogue["repeated-clause"], { word: clause.word }, { related });
  }
  const until = readDay(once("until"), place);
  const because = readReason(once("because"), place);
  const isClean = because === undefined || !hasControls(because.value);
  if (because !== undefined && !isClean) {
    const params = { property: "because" };
    place.context.diagnostics.report(valuesCatalogue["control-character"], params, because.span);
  }
  const complete = clauses.every((clause) => clause.word === "log" || isThere(clause));
  const alive = until === undefined || judgeDay(until, statement, place);
  return {
    log: once("log") !== undefined,
    at: clauses.flatMap(({ value }) => (value?.kind === "Ref" ? [value] : [])),
    sound: repeated.length === 0 && complete && alive && isClean,
    ...(until === undefined ? {} : { until }),
    ...(because === undefined ? {} : { because }),
  };
}

/** False where the parser found nothing, or the wrong thing, behind the clause's word; it has said so. */
function isThere({ word, value }: Clause): boolean {
  if (word === "at") return value?.kind === "Ref";
  if (word === "because") return value?.kind === "String";
  return value?.kind === "Literal" && value.literal.form === "date";
}

function readDay(clause: Clause | undefined, place: Place): Located<Day> | undefined {
  const value = clause?.value;
  if (value?.kind !== "Literal" || value.literal.form !== "date") return undefined;
  const { year, month, day } = value.literal;
  return { value: { year, month, day }, span: spanOf(place, value) };
}

function readReason(clause: Clause | undefined, place: Place): Located<string> | undefined {
  const value = clause?.value;
  return value?.kind === "String" ? { value: value.value, span: spanOf(place, value) } : undefined;
}

/** Reports a date that has passed, or is near; false where it has passed. A date counts through its end in UTC. */
function judgeDay({ value, span }: Located<Day>, statement: string, { context }: Place): boolean {
  const left = daysBetween(context.today, value);
  const date = dateText(value);
  if (left < 0) context.diagnostics.report(statementsCatalogue.expired, { statement, date }, span);
  else if (left <= WARNING_DAYS) {
    context.diagnostics.report(statementsCatalogue["expires-soon"], { statement, date, left }, span);
  }
  return left >= 0;
}
