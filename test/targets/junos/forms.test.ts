/** The two text forms, the ownership list and the rollback file say the same. */
import { createHash } from "node:crypto";
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { TargetOutput } from "../../../compiler/contract.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { assert, suite } from "../../support/harness.js";
import { setPaths, structuredPaths, words } from "../../support/oracle/junos/device.js";
import { smallDesigns } from "./small-designs.js";

function compiled(name: string): TargetOutput {
  const make = smallDesigns.get(name);
  assert.ok(make);
  return junosTarget.compile(make(), defaultSettings, new Diagnostics());
}

function routersOf(output: TargetOutput): readonly string[] {
  return [...new Set(output.artefacts.map(({ path }) => path.split("/")[1] ?? ""))];
}

function text(output: TargetOutput, router: string, file: string): string {
  const found = output.artefacts.find(({ path }) => path === `routers/${router}/${file}`);
  assert.ok(found, `${router}/${file}`);
  return found.text;
}

interface Ownership {
  readonly objects: readonly { readonly path: readonly string[]; readonly sha256: string }[];
}

suite("the forms of a Junos configuration", (test) => {
  for (const name of smallDesigns.keys()) {
    const output = compiled(name);
    for (const router of routersOf(output)) {
      const set = text(output, router, "junos.set");
      const structured = text(output, router, "junos.replace.conf");

      test(`describe one tree for ${name} at ${router}`, () => {
        const fromSet = setPaths(set).map((path) => path.join(" "));
        const fromText = structuredPaths(structured).map((path) => path.join(" "));
        assert.ok(fromSet.length > 0);
        assert.equal(fromText, fromSet);
      });

      test(`have one value a line and no secret for ${name} at ${router}`, () => {
        assert.noMatch(set, /[[\]]/);
        assert.noMatch(set, /authentication-key |encrypted-password|\$9\$/);
        assert.is(new Set(set.split("\n")).size, set.split("\n").length);
      });

      test(`own every line and roll back nothing else for ${name} at ${router}`, () => {
        const owned = (JSON.parse(text(output, router, "ownership.json")) as Ownership).objects.map(({ path }) =>
          path.join(" "),
        );
        const deleted = text(output, router, "rollback.set")
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => words(line).slice(1).join(" "));
        assert.equal(deleted, owned);
        for (const path of setPaths(set)) {
          const line = path.join(" ");
          assert.is(owned.filter((object) => `${line} `.startsWith(`${object} `)).length, 1, line);
        }
        const foreign = owned.filter((object) => !/ unit \d+$/.test(object) && !/^routing-instances /.test(object));
        assert.equal(
          foreign.filter((object) => !/ DEMARC-[^ ]+$/.test(object)),
          [],
        );
      });

      test(`tag exactly the owned blocks for ${name} at ${router}`, () => {
        const { objects } = JSON.parse(text(output, router, "ownership.json")) as Ownership;
        assert.is((structured.match(/replace: /g) ?? []).length, objects.length);
        for (const { sha256 } of objects) assert.match(sha256, /^[0-9a-f]{64}$/);
      });
    }
  }

  test("hash the text of a block without its tag", () => {
    const output = compiled("cloud-link");
    const { objects } = JSON.parse(text(output, "chi", "ownership.json")) as Ownership;
    const community = objects.find(({ path }) => path[1] === "community");
    const block = "community DEMARC-RT-64520-10 {\n    members target:64520:10;\n}\n";
    assert.is(community?.sha256, createHash("sha256").update(block).digest("hex"));
  });

  test("have provenance that points at the lines of each rule", () => {
    const output = compiled("cloud-link");
    const rule = output.provenance.filter(({ id, file }) => id === "shop-77aa00ff" && file.endsWith("junos.set"));
    assert.ok(rule.length > 0);
    const lines = text(output, "chi", "junos.set").split("\n");
    for (const { at } of rule) {
      assert.ok(typeof at !== "string");
      for (let line = at.firstLine; line <= at.lastLine; line++)
        assert.match(lines[line - 1] ?? "", / term shop-77aa00ff-/);
    }
    const covered = new Set(rule.flatMap(({ at }) => (typeof at === "string" ? [] : range(at.firstLine, at.lastLine))));
    const all = lines.flatMap((line, index) => (line.includes(" term shop-77aa00ff-") ? [index + 1] : []));
    assert.equal(
      [...covered].sort((a, b) => a - b),
      all,
    );
  });

  test("are the same whatever order the parts of the design come in", () => {
    for (const make of smallDesigns.values()) {
      const design = make();
      const turned = {
        ...design,
        attachments: [...design.attachments].reverse(),
        points: [...design.points].reverse(),
      };
      const files = (one: typeof design) => junosTarget.compile(one, defaultSettings, new Diagnostics()).artefacts;
      const set = (one: typeof design) => files(one).filter(({ path }) => path.endsWith(".set"));
      assert.equal(set(turned), set(design));
    }
  });
});

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
