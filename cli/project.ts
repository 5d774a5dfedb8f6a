/** What the verbs that judge a package have in common: finding it, reading the clock. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Day } from "../compiler/model/estate.js";
import { type Call, flagValue } from "./arguments.js";
import { type Io, Misuse } from "./io.js";

/** The package as the user named it, and its directory: as they would write it (empty: here), and absolute. */
export interface LocatedPackage {
  readonly path: string;
  readonly directory: string;
  readonly absolute: string;
}

/** Finds the package that a call names. Throws `Misuse` where nothing is there. */
export function locatePackage(io: Io, named: string | undefined): LocatedPackage {
  const path = named ?? ".";
  const at = resolve(io.cwd, path);
  const kind = io.files.kindOf(at);
  if (kind === undefined) throw new Misuse(`there is no file or directory \`${path}\``);
  const absolute = kind === "file" ? resolve(at, "..") : at;
  return { path, directory: shownPath(io, absolute), absolute };
}

/** A path as a user standing in the working directory would write it; empty for the working directory itself. */
export function shownPath(io: Io, absolute: string): string {
  const near = relative(io.cwd, absolute);
  const steps = near.split(sep);
  return isAbsolute(near) || steps.filter((step) => step === "..").length > 3 ? absolute : steps.join("/");
}

/** The day that dates are judged against: `--today`, else the clock. Throws `Misuse`. */
export function todayOf(call: Call): Day {
  const text = flagValue(call, "today");
  if (text === undefined) return call.io.today();
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const date = new Date(`${text}T00:00:00Z`);
  const isDay = year !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isDay) throw new Misuse(`\`--today\` takes a day of the calendar as \`YYYY-MM-DD\`, not \`${text}\``);
  return { year: Number(year), month: Number(month), day: Number(day) };
}
