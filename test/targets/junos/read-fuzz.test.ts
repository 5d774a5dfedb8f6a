/**
 * The reader on broken texts: it never throws, and never takes a changed text for anything but what it says. With
 * `DEMARC_FUZZ_BYTES` set (a number), that many bytes are read instead of a sample.
 */

import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Artefact } from "../../../compiler/contract.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { readJunos } from "../../../targets/junos/read.js";
import { assert, suite } from "../../support/harness.js";
import { Random } from "../../support/oracle/random.js";
import { mutated, PIECES } from "./broken-texts.js";
import { PLAIN, routerFiles, structuredOf } from "./readings.js";
import { smallDesigns } from "./small-designs.js";

const BYTES = Number(process.env.DEMARC_FUZZ_BYTES ?? 60_000);

function read(set: string, structured: string): ReturnType<typeof readJunos> {
  const files: readonly Artefact[] = [
    { path: "routers/chi/junos.set", text: set },
    { path: "routers/chi/junos.replace.conf", text: structured },
  ];
  return readJunos(files);
}

suite("the reader of Junos on broken texts", (test) => {
  test(
    "never throws, and accepts no text of which only one form was changed to say something else",
    () => {
      const random = new Random(Number(process.env.DEMARC_FUZZ_SEED ?? 3));
      const bases = [...smallDesigns.values()].map((make) => {
        const { artefacts } = junosTarget.compile(make(), defaultSettings, new Diagnostics());
        const folder = artefacts[0]?.path.split("/").slice(0, 2).join("/");
        const text = (name: string) => artefacts.find(({ path }) => path === `${folder}/${name}`)?.text ?? "";
        return [text("junos.set"), text("junos.replace.conf")] as const;
      });
      const small = [PLAIN, structuredOf(PLAIN)] as const;
      let bytes = 0;
      let accepted = 0;
      let rounds = 0;
      while (bytes < BYTES) {
        const [set, structured] = random.once(10) ? random.of(bases) : small;
        const first = random.once(2);
        const broken = mutated(random, first ? set : structured);
        bytes += broken.length;
        rounds++;
        const found = first ? read(broken, structured) : read(set, broken);
        for (const { place, what, why } of found.refusals) {
          assert.ok(Number.isInteger(place.at) && Number(place.at) >= 1, String(place.at));
          assert.ok(why.length > 0 && what.length <= 161 && !/\p{Cc}/u.test(what), what);
        }
        if (found.refusals.length > 0) continue;
        // The change made no difference to the device: spaces, comments, quotes.
        accepted++;
        const plain = read(set, structured).readback;
        assert.equal(places(found.readback), places(plain), broken);
      }
      assert.ok(accepted < rounds / 2, `${accepted} of ${rounds} broken texts say the same`);
    },
    { timeout: 1_200_000 },
  );

  test("never throws on random bytes, and accepts none that hold a statement", () => {
    const random = new Random(4);
    for (let round = 0; round < 200; round++) {
      const length = random.below(200);
      const text = Array.from({ length }, () =>
        random.once(2) ? random.of(PIECES) : String.fromCharCode(random.below(256)),
      ).join("");
      for (const result of [read(text, ""), read("", text), read(text, text)]) {
        const empty = result.readback.devices.every(() => result.readback.tables.length === 0);
        assert.ok(result.refusals.length > 0 || empty, text);
      }
    }
  });

  test("reads texts that nest or go on without an end in bounded time", () => {
    const deep = `replace: ${"a { ".repeat(100_000)}`;
    const long = `set ${"a ".repeat(100_000)}\n`;
    for (const text of [
      deep,
      long,
      '"'.repeat(100_000),
      "[ ".repeat(100_000),
      "/*".repeat(100_000),
      "\\".repeat(100_000),
    ])
      for (const result of [read(text, ""), read("", text)])
        assert.ok(result.refusals.length > 0 && result.refusals.length <= 300);
  });

  test("takes changed lines for what they say where both forms say it", () => {
    const random = new Random(9);
    const lines = PLAIN.trim().split("\n");
    for (let round = 0; round < 300; round++) {
      const words = random.of(lines).split(" ");
      words[1 + random.below(words.length - 1)] = random.of([
        "then",
        "accept",
        "corp",
        "10.11.0.1/24",
        "0",
        "inet",
        "unit",
        "x",
      ]);
      const changed = [...lines, words.join(" ")].join("\n");
      const { refusals, readback } = readJunos(routerFiles(`${changed}\n`));
      if (refusals.length === 0) assert.ok(readback.tables.length === 1 && readback.filters.length === 0, changed);
    }
  });
});

/** A readback without its places, which spaces and comments move. */
function places(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === "at") return undefined;
    return typeof inner === "bigint" ? String(inner) : inner;
  });
}
