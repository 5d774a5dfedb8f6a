/** What nobody reads back is taken from the design and said to be; what was read stays judged exactly. */
import type { Project } from "../../../compiler/driver.js";
import type { ReadRoute } from "../../../compiler/validate/readback.js";
import { type TargetReading, type Validation, validate } from "../../../compiler/validate/validate.js";
import { registry } from "../../../targets/registry.js";
import { compilePackage, findingsOf, readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";

const slow = { timeout: 120_000 };

/** A partner behind a tunnel whose half on the router people type. */
const PARTNER = `
estate acme { asn = 65100  owner = "network@acme.example" }
segment core { owner = "network@acme.example" }
segment partners { owner = "network@acme.example" }
router chi { os = junos  loopback = 192.0.2.1 }
external globex in partners { cidr = 10.201.0.0/24  asn = 65310 }
network orders in core at chi { cidr = 10.2.0.0/24  interface = "ge-0/0/2"  vlan = 20 }
link tunnel between chi and globex {
  kind = ipsec  public = 203.0.113.1  peer-public = 203.0.113.9  wan-interface = "ge-0/0/9"  psk = secret("globex")
  carries partners { }
}
policy orders { owner = "orders@acme.example"  share orders with partners  allow globex -> orders on tcp/443 }
`;

function readingsOf(project: Project): readonly TargetReading[] {
  const { design } = project;
  assert.ok(design);
  return registry.targets.flatMap((target): readonly TargetReading[] => {
    const output = project.outputs.get(target.name);
    const result = output === undefined ? undefined : target.read?.(output.artefacts);
    return result === undefined ? [] : [{ target: target.name, places: target.serves(design), result }];
  });
}

/** Validates with the routes of every table put through a function. */
function withRoutes(project: Project, change: (route: ReadRoute) => readonly ReadRoute[]): Validation {
  const { relations, design, settings } = project;
  assert.ok(relations);
  assert.ok(design);
  const changed = readingsOf(project).map((one): TargetReading => {
    if (one.result === undefined) return one;
    const { readback } = one.result;
    const tables = readback.tables.map((table) => ({ ...table, routes: table.routes.flatMap(change) }));
    return { ...one, result: { ...one.result, readback: { ...readback, tables } } };
  });
  return validate({ relations, design, settings }, changed);
}

const assumed = ({ validation }: Project, kind: string): readonly string[] =>
  (validation?.assumptions ?? []).filter(({ id }) => id.endsWith(`/${kind}`)).map(({ text }) => text);

suite("what is taken from the design", (test) => {
  test(
    "is what routers do that a compile for one target leaves out",
    async () => {
      const project = await compilePackage(readEstate("two-sites"), ["aws"]);
      assert.equal(findingsOf(project), []);
      assert.is(project.validation?.proved, true);
      assert.equal(project.validation?.read, ["aws"]);
      const texts = assumed(project, "not-read");
      assert.is(texts.length, 5);
      assert.is(
        texts[0],
        "`rtm1` was not read: over `dx-dub/prod` it says what the design has it announce, and leads packets on",
      );
      const again = new Map(project.validation?.invariants.map((one) => [one.invariant.text, one.status] as const));
      assert.is(again.get("acquirer <-> courier on any"), "not-read", "the acquirer stands behind a router");
      assert.is(again.get("any -> vault on [std.rdp, std.ssh, std.telnet]"), "not-read");
      assert.is(again.get("web -> db on any"), "proved");
      // What was read is judged all the same: a network without its routes reaches nothing.
      const broken = withRoutes(project, (route) => (route.next.kind === "table" ? [] : [route]));
      assert.ok(broken.findings.some(({ kind }) => kind === "route-missing"));
    },
    slow,
  );

  test(
    "is what clouds do that a compile for routers leaves out",
    async () => {
      const project = await compilePackage(readEstate("two-sites"), ["junos"]);
      assert.equal(findingsOf(project), []);
      assert.is(project.validation?.proved, true);
      assert.ok(assumed(project, "not-read").some((text) => text.includes("over `dx-fra-a/prod`")));
    },
    slow,
  );

  test(
    "is nothing where everything is read",
    async () => {
      const project = await compilePackage(readEstate("two-sites"));
      assert.equal(assumed(project, "not-read"), []);
      assert.equal(assumed(project, "handed-off"), []);
    },
    slow,
  );

  test(
    "is the half of a tunnel that people type",
    async () => {
      const project = await compilePackage({ "main.demarc": PARTNER });
      assert.equal(findingsOf(project), []);
      assert.is(project.validation?.proved, true);
      assert.equal(assumed(project, "handed-off"), [
        "`chi` has its half of `tunnel/partners` as the hand-off document says",
      ]);
      // The router's own tables are judged: what the tunnel brings is looked up in them.
      const broken = withRoutes(project, () => []);
      assert.ok(broken.findings.some(({ kind }) => kind === "route-missing"));
    },
    slow,
  );
});
