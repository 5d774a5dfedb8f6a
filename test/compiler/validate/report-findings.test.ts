/** The words of every finding of validation. */

import type { Finding } from "../../../compiler/validate/judged.js";
import type { Packet } from "../../../compiler/validate/packet-set.js";
import { provenanceIndex } from "../../../compiler/validate/provenance-index.js";
import { reportFindings } from "../../../compiler/validate/report-findings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { addressOf, spanOf } from "../../support/designs.js";
import { headline, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const { relations } = pipeline(`
segment prod { }
router chi { os = junos  loopback = 192.0.2.1  asn = 64520 }
network desks in prod at chi { cidr = 10.1.0.0/24  interface = "xe-0/0/1" }
network shelf in prod at chi { cidr = 10.2.0.0/24  interface = "xe-0/0/2" }
never desks -> shelf on tcp/22
always desks -> shelf on tcp/22
`);

const place = { file: "routers/chi/junos.set", at: 12 };
const packet: Packet = {
  source: addressOf("10.1.0.2"),
  destination: addressOf("10.2.0.9"),
  ...{ protocol: 6, slot: 22, sourcePort: 0, fragment: "whole", established: false, ttl: 0 },
};
const source = spanOf("allow desks -> shelf on tcp/22");

function said(...findings: readonly Finding[]): readonly string[] {
  const diagnostics = new Diagnostics();
  const blocks = [
    { file: place.file, at: { firstLine: 1, lastLine: 40 }, source: spanOf("link") },
    { file: place.file, at: { firstLine: 10, lastLine: 14 }, source },
  ];
  const refusals = [
    { place: { file: "aws/1/a.tf.json", at: "/resource/x" }, what: "x", why: "nobody models it", target: "aws" },
  ];
  reportFindings(
    { findings, refusals: findings.length === 0 ? refusals : [] },
    relations,
    provenanceIndex(() => blocks),
    diagnostics,
  );
  return diagnostics.sorted().map(headline);
}

const about = { plane: "filter", point: "desks@chi/in", family: 4, regions: [], place } as const;

suite("the words of validation", (test) => {
  test("show the packet, the line of the artefact and the line of the source", () => {
    assert.equal(said({ ...about, kind: "opens", witness: packet }), [
      "DMC3502 `allow desks -> shelf on tcp/22`: routers/chi/junos.set:12 lets in tcp/22 from `10.1.0.2` in `desks` to `10.2.0.9` in `shelf` at `desks@chi/in`, which nothing permits",
    ]);
    const reply: Packet = { ...packet, sourcePort: 443, established: true };
    assert.equal(said({ ...about, kind: "closes", witness: reply, source }), [
      "DMC3503 `allow desks -> shelf on tcp/22`: routers/chi/junos.set:12 stops tcp/22 from `10.1.0.2` in `desks` to `10.2.0.9` in `shelf` (from port 443, with ACK or RST) at `desks@chi/in`, which is permitted",
    ]);
    const later: Packet = { ...packet, slot: 0, fragment: "later" };
    assert.ok(said({ ...about, kind: "opens", witness: later })[0]?.includes("lets in tcp from `10.1.0.2`"));
    assert.ok(said({ ...about, kind: "opens", witness: later })[0]?.includes("(a later fragment)"));
  });

  test("name the invariant that the files break, at its own line", () => {
    const [never, always] = relations.estate.invariants;
    assert.ok(never !== undefined && always !== undefined);
    const found = { plane: "invariant", family: 4, regions: [], place, witness: packet } as const;
    const flow = "tcp/22 from `10.1.0.2` in `desks` to `10.2.0.9` in `shelf`";
    assert.equal(said({ ...found, kind: "never-open", invariant: never }), [
      `DMC3507 \`never desks -> shelf on tcp/22\`: routers/chi/junos.set:12 lets ${flow} through, against \`never desks -> shelf on tcp/22\``,
    ]);
    assert.equal(said({ ...found, kind: "always-closed", invariant: always }), [
      `DMC3508 \`always desks -> shelf on tcp/22\`: routers/chi/junos.set:12 keeps ${flow} from arriving, against \`always desks -> shelf on tcp/22\``,
    ]);
  });

  test("name what is missing, what is not proved and what is refused", () => {
    const finding = {
      plane: "filter",
      kind: "no-filter",
      subject: "desks@chi/in",
      what: "IPv4 packets come in without a filter",
    } as const;
    assert.equal(said(finding), ["DMC3504: `desks@chi/in`: IPv4 packets come in without a filter"]);
    assert.equal(said({ plane: "filter", kind: "not-proved", subject: "desks@chi/in", budget: 10 }), [
      "DMC3505: what `desks@chi/in` does is not proved: its packet sets need more than 10 steps",
    ]);
    const route = {
      plane: "route",
      kind: "route-missing",
      subject: "prod",
      what: "packets lead nowhere",
      place,
    } as const;
    assert.equal(said(route), [
      "DMC3506 `allow desks -> shelf on tcp/22`: `prod` in routers/chi/junos.set:12: packets lead nowhere",
    ]);
    assert.equal(said(), ["DMC3501: `x` in aws/1/a.tf.json#/resource/x cannot be judged: nobody models it"]);
  });
});
