/** The filter plane on hand-made readbacks: one router, two LANs, one rule. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { AddressSet } from "../../../compiler/sets/address-set.js";
import { judgeFilters } from "../../../compiler/validate/filter-plane.js";
import { intendPoints } from "../../../compiler/validate/intended-flows.js";
import type { Finding, Subject } from "../../../compiler/validate/judged.js";
import { matchPoints } from "../../../compiler/validate/match-points.js";
import type {
  PacketMatch,
  Readback,
  ReadFilter,
  ReadRule,
  TransportMatch,
} from "../../../compiler/validate/readback.js";
import { formatAddress, prefixOf } from "../../../grammar/address.js";
import { addressOf } from "../../support/designs.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const ACME = `
segment prod { }
router chi { os = junos  loopback = 192.0.2.1  asn = 64520 }
network desks in prod at chi { cidr = 10.1.0.0/24  interface = "xe-0/0/1"  vlan = 110 }
network shelf in prod at chi {
  cidr = 10.2.0.0/24
  interface = "xe-0/0/2"
  host orders { address = 10.2.0.9 }
}
policy shop { allow desks -> shelf.orders on [tcp/443, icmp/echo-request] }
`;

const at = { file: "routers/chi/junos.set", at: 1 };

function set(...texts: readonly string[]): AddressSet {
  return AddressSet.ofPrefixes(
    texts.map((text) => {
      const [address = "", length = "32"] = text.split("/");
      return prefixOf(addressOf(address), Number(length));
    }),
  );
}

function packets(source: AddressSet, destination: AddressSet, ...transports: readonly TransportMatch[]): PacketMatch {
  return { family: 4, source, destination, transports };
}

function rule(name: string, action: ReadRule["action"], ...matches: readonly PacketMatch[]): ReadRule {
  return { name, action, matches, at: { file: at.file, at: name } };
}

const ANY = AddressSet.allOf(4);
const HEADED = ["whole", "first"] as const;
const echo = (gateway: string): ReadRule =>
  rule("echo", "admit", packets(ANY, set(gateway), { protocols: [[1, 1]], types: [[8, 8]], fragments: HEADED }));
const DESKS = set("10.1.0.0/24");
const ORDERS = set("10.2.0.9");

/** Rules as a careful person would write them at both LANs. */
const desksRules: readonly ReadRule[] = [
  echo("10.1.0.1"),
  rule("own", "drop", packets(set("10.1.0.1"), ANY, {}), packets(ANY, set("10.1.0.1", "10.2.0.1"), {})),
  rule(
    "web",
    "admit",
    packets(DESKS, ORDERS, { protocols: [[6, 6]], destinationPorts: [[443, 443]], fragments: HEADED }),
  ),
  rule("ping", "admit", packets(DESKS, ORDERS, { protocols: [[1, 1]], types: [[8, 8]], fragments: HEADED })),
  rule(
    "pieces",
    "admit",
    packets(DESKS, ORDERS, {
      protocols: [
        [1, 1],
        [6, 6],
      ],
      fragments: ["later"],
    }),
  ),
];
const shelfRules: readonly ReadRule[] = [
  echo("10.2.0.1"),
  rule("own", "drop", packets(set("10.2.0.1"), ANY, {}), packets(ANY, set("10.1.0.1", "10.2.0.1"), {})),
  rule(
    "web-reply",
    "admit",
    packets(ORDERS, DESKS, { protocols: [[6, 6]], sourcePorts: [[443, 443]], established: true, fragments: HEADED }),
  ),
  rule("ping-reply", "admit", packets(ORDERS, DESKS, { protocols: [[1, 1]], types: [[0, 0]], fragments: HEADED })),
  rule(
    "pieces",
    "admit",
    packets(ORDERS, DESKS, {
      protocols: [
        [1, 1],
        [6, 6],
      ],
      fragments: ["later"],
    }),
  ),
  rule(
    "errors",
    "admit",
    packets(ORDERS, DESKS, {
      protocols: [[1, 1]],
      types: [
        [3, 3],
        [11, 12],
      ],
      fragments: HEADED,
    }),
  ),
];

function filter(id: string, rules: readonly ReadRule[]): ReadFilter {
  return { id, name: id, state: "stateless", evaluation: "first-match", rules, otherwise: "drop", at };
}

function readback(desks: readonly ReadRule[], shelf: readonly ReadRule[]): Readback {
  const lan = (id: string, port: string, gateway: string, vlan?: number) => ({
    ...{ id, device: "routers/chi", port, table: "prod", virtual: [], families: [4] as const, at },
    ...(vlan === undefined ? {} : { vlan }),
    addresses: [{ address: addressOf(gateway), length: 24 }],
  });
  const bind = (id: string) => ({
    filters: [`f-${id}`],
    direction: "in" as const,
    families: [4] as const,
    where: { kind: "interface" as const, interface: id },
    at,
  });
  return {
    target: "junos",
    devices: [{ id: "routers/chi", folder: "routers/chi", at }],
    tables: [],
    channels: [],
    attachments: [],
    assumptions: [],
    interfaces: [lan("desks", "xe-0/0/1", "10.1.0.1", 110), lan("shelf", "xe-0/0/2", "10.2.0.1")],
    filters: [filter("f-desks", desks), filter("f-shelf", shelf)],
    bindings: [bind("desks"), bind("shelf")],
  };
}

const made = pipeline(ACME);

function judge(change: (good: Readback) => Readback = (good) => good, budget?: number): readonly Finding[] {
  const read = [{ target: "junos", places: ["chi"], readback: change(readback(desksRules, shelfRules)) }];
  const { relations, design } = made;
  const subject: Subject = {
    relations,
    design,
    settings: defaultSettings,
    read,
    ...(budget === undefined ? {} : { budget }),
  };
  const matches = matchPoints(subject);
  const plane = judgeFilters(subject, intendPoints(relations, design), matches.matched);
  return [...matches.findings, ...plane.findings];
}

/** A finding in few words: where, what and the packet that shows it. */
function brief(finding: Finding): string {
  if (finding.plane === "invariant" || !("witness" in finding))
    return `${finding.kind} ${"subject" in finding ? finding.subject : finding.invariant.text}`;
  const { witness } = finding;
  const flags = `${witness.fragment === "whole" ? "" : ` ${witness.fragment}`}${witness.established ? " ack" : ""}`;
  const ports = `${witness.protocol}/${witness.slot} from ${witness.sourcePort}${flags}`;
  const ends = `${formatAddress(witness.source)} -> ${formatAddress(witness.destination)}`;
  return `${finding.point} ${finding.kind} ${ends} ${ports} at ${finding.place.at}`;
}

/** Findings after one rule of a LAN has been replaced, or taken out. */
function changed(lan: "desks" | "shelf", name: string, to?: Partial<ReadRule>): readonly string[] {
  const edit = (rules: readonly ReadRule[]) =>
    rules.flatMap((one) => (one.name !== name ? [one] : to === undefined ? [] : [{ ...one, ...to }]));
  const [desks, shelf] = lan === "desks" ? [edit(desksRules), shelfRules] : [desksRules, edit(shelfRules)];
  return judge(() => readback(desks, shelf)).map(brief);
}

suite("the filter plane", (test) => {
  test("finds nothing where filters admit exactly what is meant", () => {
    assert.equal(judge().map(brief), []);
  });

  test("shows a packet of a flow that is missing, and where it is dropped", () => {
    assert.equal(changed("desks", "web"), ["desks@chi/in closes 10.1.0.2 -> 10.2.0.9 6/443 from 0 at 1"]);
  });

  test("shows a packet that nobody permits, and the rule that admits it", () => {
    const matches = [
      packets(DESKS, ORDERS, { protocols: [[6, 6]], destinationPorts: [[443, 444]], fragments: HEADED }),
    ];
    assert.equal(changed("desks", "web", { matches }), ["desks@chi/in opens 10.1.0.2 -> 10.2.0.9 6/444 from 0 at web"]);
  });

  test("wants replies from any port of the client, with ACK or RST and no others", () => {
    const reply = (more: Partial<TransportMatch>) => [
      packets(ORDERS, DESKS, { protocols: [[6, 6]], sourcePorts: [[443, 443]], fragments: HEADED, ...more }),
    ];
    assert.equal(changed("shelf", "web-reply", { matches: reply({}) }), [
      "shelf@chi/in opens 10.2.0.9 -> 10.1.0.2 6/22 from 443 at web-reply",
    ]);
    const high = reply({ established: true, destinationPorts: [[1024, 65_535]] });
    assert.equal(changed("shelf", "web-reply", { matches: high }), [
      "shelf@chi/in closes 10.2.0.9 -> 10.1.0.2 6/22 from 443 ack at 1",
    ]);
  });

  test("wants later fragments and ICMP errors, and no gateway as a destination", () => {
    assert.equal(changed("desks", "pieces").length, 1);
    assert.equal(changed("shelf", "errors"), ["shelf@chi/in closes 10.2.0.9 -> 10.1.0.2 1/768 from 0 at 1"]);
    const wide = [
      packets(set("10.1.0.0/24"), set("10.2.0.0/24"), { protocols: [[1, 1]], types: [[8, 8]], fragments: HEADED }),
    ];
    assert.equal(changed("desks", "ping", { matches: wide }).length, 1);
  });

  test("takes order into account", () => {
    const all = rule("all", "drop", packets(ANY, ANY, {}));
    assert.is(judge(() => readback([all, ...desksRules], shelfRules)).length, 1);
    assert.is(judge(() => readback([...desksRules, all], shelfRules)).length, 0);
  });

  test("sees what closes a router's addresses, and what a source could forge", () => {
    assert.equal(changed("desks", "own"), ["desks@chi/in opens 10.1.0.1 -> 10.2.0.9 6/443 from 0 at web"]);
    const open = [packets(ANY, ORDERS, { protocols: [[6, 6]], destinationPorts: [[443, 443]], fragments: HEADED })];
    assert.equal(changed("desks", "web", { matches: open }), [
      "desks@chi/in opens 10.2.0.2 -> 10.2.0.9 6/443 from 0 at web",
    ]);
  });

  test("wants a filter at every interface, and an interface for every filter", () => {
    assert.equal(judge((good) => ({ ...good, bindings: good.bindings.slice(0, 1) })).map(brief), [
      "no-filter shelf@chi/in",
      "stray-filter f-shelf",
    ]);
    const rebound = judge((good) => ({
      ...good,
      bindings: good.bindings.map((one, index) => ({ ...one, filters: good.bindings[1 - index]?.filters ?? [] })),
    }));
    assert.equal([...new Set(rebound.map((one) => one.kind))].sort(), ["closes", "opens"]);
    const stray = judge((good) => ({
      ...good,
      interfaces: good.interfaces.map((one) => ({ ...one, port: `${one.port}9` })),
    }));
    assert.equal(stray.map((one) => one.kind).slice(0, 4), [
      ...["missing-interface", "missing-interface", "stray-interface", "stray-interface"],
    ]);
    const off = judge((good) => ({ ...good, interfaces: good.interfaces.map((one) => ({ ...one, families: [] })) }));
    assert.equal([...new Set(off.map((one) => one.kind))], ["closes"]);
    const both = judge((good) => ({
      ...good,
      interfaces: good.interfaces.map((one) => ({ ...one, families: [4, 6] })),
    }));
    assert.equal([...new Set(both.map((one) => one.kind))], ["no-filter"]);
  });

  test("does not call proved what takes too long", () => {
    assert.equal([...new Set(judge((good) => good, 10).map((one) => one.kind))], ["not-proved"]);
  });

  test("takes of two bounds the wider for what is open and the narrower for what is closed", () => {
    const least = desksRules.filter((one) => one.name !== "pieces");
    const found = judge((good) => ({
      ...good,
      filters: good.filters.map((one) => (one.id === "f-desks" ? { ...one, least } : one)),
    }));
    assert.equal(
      found.map((one) => one.kind),
      ["closes"],
    );
  });
});
