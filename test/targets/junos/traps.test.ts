/** Traps of Junos and of stateless filters: one test a trap, over the emitted lines. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import {
  addresses,
  design,
  domain,
  entries,
  fromLan,
  instance,
  lan,
  point,
  route,
  router,
} from "../../support/designs-junos.js";
import { assert, suite } from "../../support/harness.js";
import { Device, type Packet, quad, setPaths } from "../../support/oracle/junos/device.js";
import { cloudLink, partners, sharedLan, smallDesigns } from "./small-designs.js";

function linesOf(one: Design, name: string): readonly string[] {
  const diagnostics = new Diagnostics();
  const { artefacts } = junosTarget.compile(one, defaultSettings, diagnostics);
  assert.equal(
    diagnostics.sorted().map(({ message }) => message),
    [],
  );
  const file = artefacts.find(({ path }) => path === `routers/${name}/junos.set`);
  assert.ok(file);
  return file.text.split("\n").filter((line) => line !== "");
}

function deviceOf(lines: readonly string[]): Device {
  return new Device(setPaths(lines.map((line) => `${line}\n`).join("")));
}

const all = (): readonly (readonly string[])[] =>
  [...smallDesigns.values()].flatMap((make) => {
    const one = make();
    return one.estate.routers.map(({ name }) => linesOf(one, name));
  });

const packet = (more: Partial<Packet>): Packet => ({
  family: 4,
  source: 0n,
  destination: 0n,
  protocol: 6,
  sourcePort: 40_000,
  destinationPort: 443,
  type: 0,
  code: 0,
  established: false,
  ttl: 64,
  offset: 0,
  more: false,
  ...more,
});

/** The terms of every filter: family, filter, term, and the words behind `from` and `then`. */
function terms(lines: readonly string[]): ReadonlyMap<string, { readonly from: string[]; readonly actions: string[] }> {
  const out = new Map<string, { from: string[]; actions: string[] }>();
  for (const line of lines) {
    const match = /^set firewall family (\S+) filter (\S+) term (\S+) (from|then) (.+)$/.exec(line);
    if (match === null) continue;
    const key = `${match[1]} ${match[2]} ${match[3]}`;
    const entry = out.get(key) ?? { from: [], actions: [] };
    (match[4] === "from" ? entry.from : entry.actions).push(match[5] ?? "");
    out.set(key, entry);
  }
  return out;
}

/** One LAN at one router with one rule. */
function oneLan(
  service: ServiceSet,
  source = "10.1.0.0/24",
  destination = "10.20.1.0/24",
  kind: "flow" | "reply" = "flow",
): Design {
  return design({
    routers: [router("chi", ["192.0.2.1"])],
    domains: [domain("prod", 10)],
    instances: [instance("prod", "chi", "192.0.2.1:10", [route("floor", "10.1.0.0/24", fromLan("floor"))])],
    attachments: [
      lan({
        path: "floor",
        segment: "prod",
        prefixes: ["10.1.0.0/24"],
        gateways: ["10.1.0.1"],
        attach: ["chi xe-0/0/1 110 10.1.0.1/24"],
      }),
    ],
    points: [
      point({
        router: "chi",
        lan: "floor",
        segment: "prod",
        sources: addresses("10.1.0.0/24"),
        own: addresses("10.1.0.1"),
        entries: [
          entries({
            rule: "shop-9c41d07e",
            kind,
            domains: "prod -> prod",
            source: addresses(...source.split(" ")),
            destination: addresses(...destination.split(" ")),
            service,
          }),
        ],
      }),
    ],
  });
}

const FLOOR = "DEMARC-LAN-floor-V4";

suite("traps of Junos filters", (test) => {
  test("a default deny does not cut BGP, BFD and neighbour discovery (trap 1)", () => {
    const link = deviceOf(linesOf(cloudLink(), "chi"));
    const session = { source: quad("169.254.101.2"), destination: quad("169.254.101.1"), protocol: 6 };
    const judge = (more: Partial<Packet>) => link.judge("DEMARC-LINK-dx--prod-V4", packet({ ...session, ...more }));
    assert.is(judge({ destinationPort: 179 }).term, "ctl-bgp");
    assert.is(judge({ sourcePort: 179, established: true }).term, "ctl-bgp-answers");
    assert.not(judge({ sourcePort: 179, destinationPort: 22 }).accept, "port 179 of the peer opens nothing");
    const echo = packet({ ...session, protocol: 17, destinationPort: 3784, ttl: 255 });
    assert.is(link.judge("DEMARC-LINK-dx--prod-V4", echo).term, "ctl-bfd");
    assert.not(link.judge("DEMARC-LINK-dx--prod-V4", { ...echo, ttl: 254 }).accept, "BFD from beyond the link");
    const six = terms(linesOf(sharedLan(), "chi"));
    assert.equal(six.get("inet6 DEMARC-LAN-campus--desks-V6 ctl-nd")?.from.slice(-3), [
      "payload-protocol icmp6",
      "icmp-type 133-136",
      "hop-limit 255",
    ]);
  });

  test("a reply is admitted where it enters: service port at the source, any client port, ACK or RST (trap 2)", () => {
    const device = deviceOf(linesOf(cloudLink(), "chi"));
    const reply = packet({
      source: quad("10.20.1.5"),
      destination: quad("10.1.0.9"),
      sourcePort: 443,
      established: true,
    });
    for (const destinationPort of [1, 1023, 1024, 65_535]) {
      assert.ok(device.judge("DEMARC-LINK-dx--prod-V4", { ...reply, destinationPort }).accept);
    }
    assert.not(device.judge("DEMARC-LINK-dx--prod-V4", { ...reply, established: false }).accept);
    assert.not(device.judge("DEMARC-LINK-dx--prod-V4", { ...reply, sourcePort: 444 }).accept);
  });

  test("what `established` admits beyond the flow is listed as residual exposure (trap 3)", () => {
    const { remarks } = junosTarget.compile(cloudLink(), defaultSettings, new Diagnostics());
    const texts = remarks.filter(
      ({ kind, subject }) => kind === "residual-exposure" && subject === "chi/DEMARC-LINK-dx--prod-V4",
    );
    assert.match(
      texts.map(({ text }) => text).join("\n"),
      "replies of TCP need ACK or RST and no more (`shop-9c41d07e-reply-tcp`",
    );
  });

  test("replies of UDP come from the service's port only (trap 4)", () => {
    const device = deviceOf(linesOf(cloudLink(), "chi"));
    const reply = packet({ source: quad("10.20.2.53"), destination: quad("10.1.0.9"), protocol: 17, sourcePort: 53 });
    assert.is(device.judge("DEMARC-LINK-dx--prod-V4", reply).term, "shop-1d2c3b4a-reply-udp");
    assert.not(device.judge("DEMARC-LINK-dx--prod-V4", { ...reply, sourcePort: 54 }).accept);
  });

  test("later fragments pass by terms of their own, between the addresses of flows of that protocol (trap 5)", () => {
    const device = deviceOf(linesOf(cloudLink(), "chi"));
    const piece = packet({
      source: quad("10.1.0.9"),
      destination: quad("10.20.2.53"),
      protocol: 17,
      sourcePort: 0,
      destinationPort: 0,
      offset: 185,
    });
    assert.is(device.judge(FLOOR, piece).term, "shop-1d2c3b4a-fragments-udp");
    assert.not(device.judge(FLOOR, { ...piece, protocol: 47 }).accept);
    assert.not(device.judge(FLOOR, { ...piece, destination: quad("10.20.2.54") }).accept);
    assert.not(
      device.judge(FLOOR, { ...piece, destination: quad("10.20.1.1") }).accept,
      "TCP is permitted there, UDP is not",
    );
  });

  test("IPv6 lets no first fragment pass as a later one, whatever `is-fragment` means (trap 5)", () => {
    const order = [...terms(linesOf(sharedLan(), "ash")).keys()].filter((key) =>
      key.startsWith("inet6 DEMARC-LAN-campus--desks-V6"),
    );
    const position = (word: string): number => order.findIndex((key) => key.includes(word));
    assert.ok(position("reply-others") < position("first-fragments"));
    assert.ok(position("first-fragments") < position("fragments-tcp"));
    assert.ok(position("other-fragments") < position("-errors"));
    const whole = terms(linesOf(sharedLan(), "ash"));
    assert.equal(whole.get("inet6 DEMARC-LAN-campus--desks-V6 first-fragments")?.actions.at(-1), "discard");
  });

  test("ports, types and flags never stand without their protocol (trap 6)", () => {
    let met = 0;
    for (const lines of all()) {
      for (const [key, { from }] of terms(lines)) {
        if (
          !from.some((line) => /^(port|source-port|destination-port|icmp-type|icmp-code|tcp-established)\b/.test(line))
        )
          continue;
        met++;
        assert.is(from.filter((line) => /^(protocol|payload-protocol) /.test(line)).length, 1, key);
      }
    }
    assert.ok(met > 20);
  });

  test("a rule that is empty in a family emits nothing there, never every address (trap 7)", () => {
    const lines = linesOf(oneLan(ServiceSet.any, "10.1.0.0/24", "10.20.1.0/24"), "chi");
    for (const [key, { from, actions }] of terms(lines)) {
      if (!actions.includes("accept")) continue;
      assert.ok(
        from.some((line) => line.startsWith("destination-")),
        key,
      );
      assert.ok(
        from.some((line) => line.startsWith("source-")),
        key,
      );
    }
    const foreign = linesOf(oneLan(ServiceSet.icmp(6, 128)), "chi");
    assert.equal(
      [...terms(foreign).keys()].filter((key) => key.includes("shop-")),
      [],
    );
    const elsewhere = linesOf(oneLan(ServiceSet.any, "10.9.0.0/24"), "chi");
    assert.equal(
      [...terms(elsewhere).keys()].filter((key) => key.includes("shop-")),
      [],
      "sources outside the source check",
    );
  });

  test("large sides go to a prefix list that exists and is not empty (trap 7)", () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `10.20.${index}.9`).join(" ");
    const lines = linesOf(oneLan(ServiceSet.any, "10.1.0.0/24", hosts), "chi");
    const used = lines.flatMap((line) => /destination-prefix-list (\S+)$/.exec(line)?.[1] ?? []);
    assert.equal([...new Set(used)].length, 1);
    assert.is(lines.filter((line) => line.startsWith(`set policy-options prefix-list ${used[0]} `)).length, 40);
    const device = deviceOf(lines);
    const to = (text: string): Packet => packet({ source: quad("10.1.0.5"), destination: quad(text), protocol: 99 });
    assert.ok(device.judge(FLOOR, to("10.20.7.9")).accept);
    assert.not(device.judge(FLOOR, to("10.20.7.8")).accept);
  });

  test("a list of exceptions has the zero-length prefix beside it (trap 8)", () => {
    for (const lines of all()) {
      for (const [key, { from }] of terms(lines)) {
        if (!from.some((line) => line.endsWith(" except"))) continue;
        assert.ok(
          from.some((line) => line === "source-address 0.0.0.0/0" || line === "source-address ::/0"),
          key,
        );
      }
    }
  });

  test("no prefix has host bits set (trap 9)", () => {
    const device = deviceOf(linesOf(cloudLink(), "chi"));
    // The small Junos of the tests throws on host bits, as a commit would.
    device.judge("DEMARC-LINK-dx--prod-V4", packet({ source: quad("10.20.1.5"), destination: quad("10.1.0.9") }));
    for (const lines of all()) {
      for (const line of lines) {
        const found = /(?:route-filter|route|prefix-list \S+) (\d+\.\d+\.\d+\.\d+)\/(\d+)/.exec(line);
        if (found === null) continue;
        const shift = BigInt(32 - Number(found[2]));
        assert.is((quad(found[1] ?? "") >> shift) << shift, quad(found[1] ?? ""), line);
      }
    }
  });

  test("every name that is used is defined (trap 12)", () => {
    for (const lines of all()) {
      const defined = new Set(
        lines.flatMap(
          (line) => /^set policy-options (?:prefix-list|policy-statement|community) (\S+) /.exec(line)?.[1] ?? [],
        ),
      );
      const filters = new Set(lines.flatMap((line) => /^set firewall family \S+ filter (\S+) /.exec(line)?.[1] ?? []));
      for (const line of lines) {
        const used =
          / (?:vrf-import|vrf-export|import|export|policy|community|community set|community delete|source-prefix-list|destination-prefix-list) (DEMARC-\S+)/.exec(
            line,
          );
        if (used?.[1] !== undefined && !line.startsWith("set policy-options community"))
          assert.ok(defined.has(used[1]), line);
        const input = / filter input (\S+)$/.exec(line)?.[1];
        if (input !== undefined) assert.ok(filters.has(input), line);
      }
    }
  });

  test("both families of every filtered interface have a filter (trap 14)", () => {
    const lines = linesOf(cloudLink(), "chi");
    const inputs = lines.filter((line) => line.includes(" filter input "));
    assert.is(inputs.length, 4);
    const device = deviceOf(lines);
    const six = packet({ family: 6, source: 1n, destination: 2n });
    assert.equal(device.judge("DEMARC-LAN-floor-V6", six), { term: "default", accept: false });
  });

  test("a reserved or unfit instance name is an error (trap 15)", () => {
    for (const vrf of ["default", "master", "mgmt_junos", "two words", "a/b"]) {
      const diagnostics = new Diagnostics();
      const base = oneLan(ServiceSet.any);
      junosTarget.compile({ ...base, domains: [domain("prod", 10, { vrf })] }, defaultSettings, diagnostics);
      assert.equal(
        diagnostics.sorted().map(({ code }) => code),
        ["DMC4102"],
        vrf,
      );
    }
  });

  test("a target of a four-byte ASN is written with its L (trap 16)", () => {
    const base = oneLan(ServiceSet.any);
    const lines = linesOf({ ...base, domains: [domain("prod", 10, { routeTarget: "4200000001:10" })] }, "chi");
    assert.ok(lines.includes("set policy-options community DEMARC-RT-4200000001-10 members target:4200000001L:10"));
  });

  test("names of terms follow the rule's identity, so that a new rule changes no other line (trap 19)", () => {
    const base = oneLan(ServiceSet.any);
    const before = linesOf(base, "chi");
    const [one] = base.points;
    assert.ok(one);
    const more = entries({
      rule: "aardvark-00000001",
      domains: "prod -> prod",
      source: addresses("10.1.0.7"),
      destination: addresses("10.30.0.1"),
      service: ServiceSet.ports("tcp", 22),
    });
    const after = linesOf({ ...base, points: [{ ...one, entries: [...more, ...one.entries] }] }, "chi");
    assert.equal(
      after.filter((line) => !line.includes("aardvark-00000001")),
      [...before],
    );
  });

  test("strict reverse-path checks are not used: the source check is written out (trap 24)", () => {
    for (const lines of all()) assert.not(lines.some((line) => line.includes("rpf-check")));
    const device = deviceOf(linesOf(cloudLink(), "chi"));
    const spoofed = packet({ source: quad("10.20.1.5"), destination: quad("10.20.1.6") });
    assert.equal(device.judge(FLOOR, spoofed), { term: "source-check", accept: false });
  });

  test("`as-override` is never used (trap 26)", () => {
    for (const lines of all()) assert.not(lines.some((line) => line.includes("as-override")));
  });

  test("a permit of the whole LAN does not reach the router's addresses inside it (trap 27)", () => {
    const design = cloudLink();
    const wide = entries({
      rule: "wide-12345678",
      domains: "prod -> prod",
      source: addresses("10.20.0.0/16"),
      destination: addresses("10.1.0.0/24"),
      service: ServiceSet.any,
    });
    const points = design.points.map((one) => (one.attachment.kind === "circuit" ? { ...one, entries: wide } : one));
    const device = deviceOf(linesOf({ ...design, points }, "chi"));
    const to = (text: string): Packet =>
      packet({ source: quad("10.20.1.5"), destination: quad(text), destinationPort: 22 });
    assert.equal(device.judge("DEMARC-LINK-dx--prod-V4", to("10.1.0.1")), { term: "own-addresses", accept: false });
    assert.is(device.judge("DEMARC-LINK-dx--prod-V4", to("10.1.0.2")).accept, true);
    const managed = packet({ source: quad("10.9.9.3"), destination: quad("10.1.0.1"), destinationPort: 22 });
    assert.equal(device.judge("DEMARC-LINK-dx--prod-V4", managed), { term: "own-management", accept: true });
  });

  test("a matching term always says what it does: Junos accepts where `then` is missing", () => {
    for (const lines of all()) {
      for (const [key, { actions }] of terms(lines))
        assert.ok(["accept", "discard"].includes(actions.at(-1) ?? ""), key);
    }
  });

  test("a router without enforcement point at a filtered interface is refused, not left open", () => {
    const base = oneLan(ServiceSet.any);
    assert.throws(
      () => junosTarget.compile({ ...base, points: [] }, defaultSettings, new Diagnostics()),
      "no enforcement point",
    );
  });

  test("links between our own routers carry no filter", () => {
    const both = partners();
    const circuits = both.circuits.slice(0, 1).map((one) => ({
      ...one,
      ends: [{ ...one.ends[0], place: { kind: "router" as const, name: "dal" } }, one.ends[1]] as const,
    }));
    const lines = linesOf(
      {
        ...both,
        circuits,
        points: [],
        estate: { ...both.estate, routers: [...both.estate.routers, router("dal", ["192.0.2.9"])] },
      },
      "ash",
    );
    assert.not(lines.some((line) => line.includes(" filter ")));
    assert.ok(lines.some((line) => line.includes("family inet address 169.254.102.1/30")));
  });
});
