/** Dates: `2027-06-30`, checked against the calendar. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Run } from "../classify.js";
import type { Literal } from "../literals.js";

/** Reads a run that looks like a date; one that is none is reported. */
export function dateLiteral(run: Run): Literal | undefined {
  const { text, start, end, reporter } = run;
  const exact = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (exact !== null) {
    const [year, month, day] = [Number(exact[1]), Number(exact[2]), Number(exact[3])];
    if (isCalendarDay(year, month, day)) return { form: "date", year, month, day };
    reporter.report(errors["no-such-day"], { text, year, days: daysIn(year, month) }, start, end);
    return undefined;
  }
  const loose = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text);
  if (loose !== null) {
    const [, year = "", month = "", day = ""] = loose;
    const padded = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const certain = isCalendarDay(Number(year), Number(month), Number(day));
    const extras = certain ? reporter.edit(`write \`${padded}\``, true, start, end, padded) : undefined;
    reporter.report(errors["date-form"], { text, padded: certain ? padded : undefined }, start, end, extras);
    return undefined;
  }
  if (/^[0-9]+-[0-9]+$/.test(text)) reporter.report(errors["number-range"], { text }, start, end);
  else reporter.report(errors["date-form"], { text, padded: undefined }, start, end);
  return undefined;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  return year >= 1 && day >= 1 && day <= daysIn(year, month);
}

/** Days of a month; 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
