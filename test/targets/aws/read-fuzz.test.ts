/**
 * The reader survives any bytes, and never takes a damaged module for a sound one with another meaning: what it accepts is
 * what the naive evaluator sees. `DEMARC_FUZZ_BYTES` says how many bytes of damaged modules to read.
 */
import type { Artefact } from "../../../compiler/contract.js";
import { readAws } from "../../../targets/aws/read.js";
import { assert, suite } from "../../support/harness.js";
import { compareAws } from "../../support/oracle/aws/compare.js";
import { randomFrom } from "../../support/oracle/aws/packets.js";
import { acmeDesign, legacyDesign } from "./estates.js";
import { compileAws } from "./judge.js";

const BYTES = Number(process.env.DEMARC_FUZZ_BYTES ?? 150_000);
const TIMEOUT = { timeout: 60_000 + BYTES / 5 };

type Random = (below: number) => number;

/** Pieces of modules that damage likes to bring in. */
const PIECES = [
  "${",
  "%{",
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "true",
  "-1",
  "0",
  "1e999",
  "0.0.0.0/0",
  "::/0",
  "\u0000",
  "\ud800",
  '"__proto__": {}',
  '"provider": "aws.us-east-1"',
  "var.x",
];

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[random(list.length)];
  if (found === undefined) throw new Error("an empty list");
  return found;
}

/** One text with one to three places damaged: bytes lost, doubled, exchanged with another place, or replaced. */
function damaged(random: Random, text: string): string {
  let out = text;
  for (let times = 1 + random(3); times > 0; times--) {
    const [from, length] = [random(out.length), random(24)];
    const here = out.slice(from, from + length);
    const other = random(out.length);
    const piece = pick(random, ["", `${here}${here}`, out.slice(other, other + length), pick(random, PIECES)]);
    out = out.slice(0, from) + piece + out.slice(from + length);
  }
  return out;
}

/** A module with one text inside quotes changed for another one of the same module: sound JSON with another meaning. */
function exchanged(random: Random, text: string): string {
  const quoted = [...text.matchAll(/"[^"\\\n]*"/g)];
  const [one, other] = [pick(random, quoted), pick(random, quoted)];
  return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
}

/** The files with one of them changed, and how long that one is. */
function changed(files: readonly Artefact[], random: Random, how: (random: Random, text: string) => string) {
  const at = random(files.length);
  const after = files.map((file, index) => (index === at ? { ...file, text: how(random, file.text) } : file));
  return { after, length: after[at]?.text.length ?? 0 };
}

suite("the AWS reader under damage", (test) => {
  const sources = [acmeDesign(), legacyDesign()].map((design) => compileAws(design).output.artefacts);

  for (const [name, how] of Object.entries({ damaged, exchanged })) {
    test(
      `never throws, and what it accepts of ${name} modules the naive evaluator sees alike`,
      () => {
        const random = randomFrom(name.length);
        let [accepted, bytes] = [0, 0];
        while (bytes < BYTES) {
          const { after, length } = changed(pick(random, sources), random, how);
          bytes += length;
          if (readAws(after).refusals.length > 0) continue;
          accepted++;
          const existing = { "vpc-0a1b2c3d4e5f60718": ["10.40.0.0/16"] };
          assert.equal(compareAws(after, { packets: 200, seed: bytes, existing }).differences, []);
        }
        assert.ok(accepted > 0 || how === damaged, "nothing was accepted");
      },
      TIMEOUT,
    );
  }

  test(
    "survives noise",
    () => {
      const random = randomFrom(9);
      for (let bytes = 0; bytes < BYTES; ) {
        const text = Array.from({ length: random(200) }, () => pick(random, PIECES)).join("");
        bytes += text.length;
        const { refusals } = readAws([{ path: "aws/111122223333/network.tf.json", text }]);
        assert.ok(refusals.length > 0, text);
      }
    },
    TIMEOUT,
  );

  test(
    "survives values of every kind at every place",
    () => {
      const values = [null, true, 0, -1, 1.5, "", "$", "%{}", [], {}, [[]], [null], { a: 1 }, "aws_vpc.shop.id"];
      const file = sources[0]?.find(({ path }) => path.endsWith("direct-connect.tf.json"));
      const others = sources[0]?.filter((one) => one !== file) ?? [];
      if (file === undefined) throw new Error("no Direct Connect");
      const document: unknown = JSON.parse(file.text);
      for (const place of places(document)) {
        for (const value of values)
          readAws([...others, { ...file, text: JSON.stringify(replaced(document, place, value)) }]);
      }
    },
    TIMEOUT,
  );
});

type Place = readonly (string | number)[];

function* places(value: unknown, at: Place = []): Generator<Place> {
  yield at;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, [...at, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* places(item, [...at, key]);
  }
}

function replaced(value: unknown, [first, ...rest]: Place, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, by) : item));
  const entries = Object.entries(Object(value)).map(([key, item]) => [
    key,
    key === first ? replaced(item, rest, by) : item,
  ]);
  return Object.fromEntries(entries);
}
