/** What the command line gives the guard phase: who evaluates, and the built-in rules of this installation. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MANIFEST_FILE } from "../compiler/guard/bundle.js";
import type { GuardServices } from "../compiler/guard/guard.js";
import type { Io } from "./io.js";

/** The services of this installation. */
export function guardServices({ guardRunner: runner }: Pick<Io, "guardRunner">): GuardServices {
  return { runner, library: libraryFolder() };
}

/**
 * Where the built-in rules lie: in `policies/` beside `cli/` and `dist/`, whose chunks are one folder deeper. Where they
 * are missing the first place is given, so that loading them fails and is told.
 */
function libraryFolder(): string {
  const places = ["../policies", "../../policies"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(`${place}/${MANIFEST_FILE}`)) ?? places[0] ?? "policies";
}
