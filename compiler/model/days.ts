/** Calendar days in UTC. */
import type { Day } from "./estate.js";

/** How many days before its last day a rule begins to be warned about. */
export const WARNING_DAYS = 30;

/** Whole days from one day to another; negative where the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** `YYYY-MM-DD`, which sorts as days do. */
export function dayText({ year, month, day }: Day): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function dayNumber({ year, month, day }: Day): number {
  // Years are taken to begin in March, so that a leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leapDays + dayOfYear - 719_468;
}
