/** The small estate that the tests of the verbs run over. */
import { readFileSync } from "node:fs";
import { assert } from "../support/harness.js";
import { schemaFaults, Workplace } from "./support.js";

/** The quickstart. */
export const QUICKSTART: string = readFileSync("fixtures/estates/quickstart/main.demarc", "utf8");

/** The quickstart with a `never` that its own rules break. */
export const UNSOUND = `${QUICKSTART}\nnever desks -> shop.web on std.https\n`;

/** A place for a test, with the quickstart in `acme/`. */
export function acme(): Workplace {
  const place = new Workplace();
  place.put({ "acme/main.demarc": QUICKSTART });
  return place;
}

/** Runs a verb for its JSON, which must be as its schema says, and say nothing on standard error. */
export async function json(place: Workplace, verb: string, words: readonly string[]) {
  const { code, stdout, stderr } = await place.run([verb, ...words, "--format", "json"]);
  const output = JSON.parse(stdout);
  assert.equal(schemaFaults(verb, output), []);
  assert.is(stderr, "");
  return { code, output };
}
