/**
 * The command line as one script with V8's code cache, which `cli/build.mjs` makes beside the chunks: compiling the
 * modules anew takes most of the time of a check of a small estate. A cache fits one build of the sources, one version of
 * V8, its flags and the processor; where there is none that fits, the chunks do the same.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import vm from "node:vm";

/** What the prepared script offers. */
export type Engine = typeof import("./engine.js");

/** Name of the prepared script, which holds a digest of its text: set by the bundler, absent where nothing is bundled. */
declare const PREPARED_SCRIPT: string | undefined;

/** What the text of the script evaluates to: a CommonJS module as a function. */
type Wrapped = (exports: object, require: NodeJS.Require, module: { exports: unknown }) => void;

/** The prepared engine; undefined where nothing was prepared for this Node. */
export function preparedEngine(): Engine | undefined {
  if (typeof PREPARED_SCRIPT === "undefined") return undefined;
  const stem = fileURLToPath(new URL(`./prepared/${PREPARED_SCRIPT}`, import.meta.url));
  const cache = `${stem}-${v8.cachedDataVersionTag()}.cache`;
  if (!existsSync(cache)) return undefined;
  const filename = `${stem}.js`;
  const script = new vm.Script(readFileSync(filename, "utf8"), { filename, cachedData: readFileSync(cache) });
  if (script.cachedDataRejected === true) return undefined;
  const module: { exports: unknown } = { exports: {} };
  (script.runInThisContext() as Wrapped)({}, createRequire(filename), module);
  return module.exports as Engine;
}
