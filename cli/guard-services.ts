/** What the command line gives the guard phase: the worker, and the built-in rules where this build has them. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MANIFEST_FILE } from "../compiler/guard/bundle.js";
import type { GuardServices } from "../compiler/guard/guard.js";
import { workerRunner } from "./guard-runner.js";

/** The services of this installation. */
export function guardServices(): GuardServices {
  const library = libraryFolder();
  return { runner: workerRunner, ...(library === undefined ? {} : { library }) };
}

/** Where the built-in rules lie: `policies/` beside the bundle, or at the top of the sources. */
function libraryFolder(): string | undefined {
  const places = ["./policies/", "../policies/"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(`${place}${MANIFEST_FILE}`))?.replace(/[\\/]$/, "");
}
