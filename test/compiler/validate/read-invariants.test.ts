/** `never` and `always` on what was read: files of real outputs, edited so that a packet gets through, or no longer does. */
import type { Project } from "../../../compiler/driver.js";
import type { Finding } from "../../../compiler/validate/judged.js";
import { packetText } from "../../../compiler/validate/report-findings.js";
import { type Validation, validate } from "../../../compiler/validate/validate.js";
import { registry } from "../../../targets/registry.js";
import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";

const slow = { timeout: 120_000 };

/** Changes to the texts of files, each of which must change something. */
type Edits = readonly (readonly [path: RegExp, from: RegExp, to: string])[];

function edited(project: Project, edits: Edits): Validation {
  const { relations, design, settings } = project;
  assert.ok(relations);
  assert.ok(design);
  const used = new Set<number>();
  const readings = registry.targets.flatMap((target) => {
    const output = project.outputs.get(target.name);
    if (output === undefined) return [];
    const files = output.artefacts.map(({ path, text }) => {
      const after = edits.reduce((now, [at, from, to], index) => {
        const next = at.test(path) ? now.replace(from, to) : now;
        if (next !== now) used.add(index);
        return next;
      }, text);
      return { path, text: after };
    });
    const result = target.read?.(files);
    assert.equal(result?.refusals, []);
    return [{ target: target.name, places: target.serves(design), ...(result === undefined ? {} : { result }) }];
  });
  assert.is(used.size, edits.length, "an edit changes nothing");
  return validate({ relations, design, settings }, readings);
}

/** Outcomes by the text of the invariant, and findings about invariants in words. */
function outcome(project: Project, edits: Edits) {
  const { invariants, findings } = edited(project, edits);
  const { relations } = project;
  assert.ok(relations);
  const told = findings.flatMap((finding: Finding) =>
    finding.plane === "invariant" && "witness" in finding
      ? [`${finding.kind} ${finding.invariant.text}: ${packetText(relations, finding.witness)}`]
      : [],
  );
  return { status: invariants.map((one) => one.status), told, others: findings.length - told.length };
}

const GROUPS = /security-groups/;
const FILTERS = /junos\./;

suite("invariants proved again on what was read", (test) => {
  test(
    "hold of a whole output, by ways that were followed",
    async () => {
      const project = await compilePackage(readEstate("quickstart"));
      assert.equal(
        project.validation?.invariants.map((one) => [one.status, one.passages]),
        [
          ["proved", 5],
          ["proved", 2],
          ["proved", 0],
        ],
      );
    },
    slow,
  );

  test(
    "fall by what all filters of a way let through together, and not by one alone",
    async () => {
      const project = await compilePackage(readEstate("quickstart"));
      // One group open for ssh: the filter of the LAN still cuts it.
      const group = outcome(project, [[GROUPS, /_port": 443/g, '_port": 22']]);
      assert.equal(group.status, ["proved", "proved", "proved"]);
      assert.ok(group.others > 0);
      const both = outcome(project, [
        [GROUPS, /_port": 443/g, '_port": 22'],
        [FILTERS, /destination-port 443/g, "destination-port 22"],
      ]);
      assert.equal(both.status, ["refuted", "proved", "proved"]);
      assert.equal(both.told, [
        "never-open any -> shop on [std.rdp, std.ssh]: tcp/22 from `10.1.0.2` in `desks` to `10.20.1.1` in `shop.web`",
      ]);
    },
    slow,
  );

  test(
    "fall by a filter that stops a packet, and by a route that is gone",
    async () => {
      const project = await compilePackage(readEstate("quickstart"));
      const closed = outcome(project, [[GROUPS, /_port": 5432/g, '_port": 5433']]);
      assert.equal(closed.status, ["proved", "refuted", "proved"]);
      assert.equal(closed.told, [
        "always-closed shop.web -> shop.db on tcp/5432: tcp/5432 from `10.20.1.1` in `shop.web` to `10.20.2.1` in `shop.db`",
      ]);
      // Replies have no way: the network of the tills has no route to the stores.
      const sites = await compilePackage(readEstate("two-sites"));
      const lost = outcome(sites, [[/network\.tf/, /_block": "10\.81\.1\.0\/24"/, '_block": "10.81.9.0/24"']]);
      assert.equal(lost.told, [
        "always-closed stores -> till-api on business.tills: tcp/22 from `10.20.4.1` in `shop.tills-a` to `10.81.1.1` in `store-berlin` (from port 8443, with ACK or RST)",
      ]);
    },
    slow,
  );
});
