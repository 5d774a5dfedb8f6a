/** The order of the rooms of `compiler/`: which may take from which. What the phases hand on only runs down. */
import { assert, suite } from "../support/harness.js";
import { type Import, importsOf, parseSource, readSources } from "../support/sources.js";

/**
 * What the files of each room may import beside their own room and `grammar/`. A room is a folder of `compiler/`, or a
 * file that lies in none. A new direction is written here first: it must not close a circle, and a phase takes from
 * what comes before it only.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // Tools that know nothing of Demarc.
  sha256: [],
  suggest: [],
  utf8: [],
  host: [],
  // Vocabulary: sets of addresses and flows, names of services, messages, settings, the model and the schema of kinds.
  sets: [],
  std: [],
  diagnostics: ["suggest"],
  config: ["diagnostics", "host", "suggest"],
  model: ["sets"],
  schema: ["model"],
  // From text to meaning. Nothing from the relations on looks at syntax.
  package: ["diagnostics", "host", "utf8"],
  bind: ["diagnostics", "package", "schema", "std", "suggest"],
  check: ["bind", "diagnostics", "model", "package", "schema", "sets", "sha256", "std", "suggest"],
  relations: ["model", "schema", "sets"],
  prove: ["config", "diagnostics", "model", "relations", "sets", "std"],
  design: ["config", "diagnostics", "model", "prove", "relations", "sets"],
  // What is judged of a design and of what a target made of it.
  validate: ["config", "design", "diagnostics", "model", "prove", "relations", "sets", "std"],
  contract: ["config", "design", "validate"],
  report: ["contract", "model", "prove", "validate"],
  guard: [
    ...["config", "contract", "design", "diagnostics", "host", "model", "prove", "relations", "report", "schema"],
    ...["sets", "sha256", "std", "suggest", "validate"],
  ],
  // The output and the driver.
  json: ["prove", "schema"],
  "lock-file": ["design", "diagnostics", "host"],
  manifest: ["json"],
  emit: ["contract", "diagnostics", "host", "manifest", "sha256"],
  "report-markdown": ["contract", "report", "validate"],
  provenance: ["contract", "report"],
  outputs: [
    ...["contract", "diagnostics", "emit", "guard", "json", "manifest", "model", "prove", "provenance", "report"],
    ...["report-markdown", "sha256", "validate"],
  ],
  served: ["contract", "design", "diagnostics"],
  driver: [
    ...["check", "config", "contract", "design", "diagnostics", "guard", "host", "lock-file", "model", "package"],
    ...["prove", "relations", "served", "validate"],
  ],
};

/** The room of a file of `compiler/`. */
function roomOf(path: string): string {
  return (path.split("/")[1] ?? "").replace(/\.ts$/, "");
}

function judge({ from, line, target }: Import): readonly string[] {
  if (!from.startsWith("compiler/") || target?.startsWith("compiler/") !== true) return [];
  const [room, other] = [roomOf(from), roomOf(target)];
  const allowed = MAY_IMPORT[room];
  if (allowed === undefined) return [`${from}: the room \`${room}\` has no line in this test's table`];
  if (room === other || allowed.includes(other)) return [];
  return [`${from}:${line} imports ${target}: \`${room}\` may import ${allowed.join(", ") || "nothing"}`];
}

/** A circle that begins and ends at a room, as a path; undefined where there is none. */
function circleFrom(room: string, table: Readonly<Record<string, readonly string[]>>): string | undefined {
  const ways = new Map((table[room] ?? []).map((next) => [next, `${room} -> ${next}`]));
  for (const [at, way] of ways) {
    if (at === room) return way;
    for (const next of table[at] ?? []) if (!ways.has(next)) ways.set(next, `${way} -> ${next}`);
  }
  return undefined;
}

suite("the rooms of the compiler", (test) => {
  const imports = readSources().flatMap(importsOf);

  test("take from one another only as the table says", () => {
    assert.ok(imports.some(({ from }) => from.startsWith("compiler/")));
    assert.is([...new Set(imports.flatMap(judge))].join("\n"), "");
  });

  test("have a table without circles, of rooms it names", () => {
    const rooms = Object.keys(MAY_IMPORT);
    assert.equal(
      rooms.flatMap((room) => circleFrom(room, MAY_IMPORT) ?? []),
      [],
    );
    assert.equal(
      Object.values(MAY_IMPORT)
        .flat()
        .filter((room) => !rooms.includes(room)),
      [],
    );
    assert.is(circleFrom("a", { a: ["b"], b: ["c"], c: ["a"] }), "a -> b -> c -> a");
  });

  test("are judged by a check that finds a wrong direction", () => {
    const faults = (path: string, specifier: string): number =>
      importsOf(parseSource(path, `import type { It } from "${specifier}";`)).flatMap(judge).length;
    assert.is(faults("compiler/relations/meeting.ts", "../design/design.js"), 1);
    assert.is(faults("compiler/model/estate.ts", "../schema/kinds.js"), 1);
    assert.is(faults("compiler/attic/boxes.ts", "../model/estate.js"), 1);
    assert.is(faults("compiler/design/build.ts", "../relations/relations.js"), 0);
    assert.is(faults("compiler/design/build.ts", "./design.js"), 0);
    assert.is(faults("targets/aws/index.ts", "../../compiler/driver.js"), 0);
  });
});
