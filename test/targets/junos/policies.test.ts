/**
 * Routing policies against the design, by a policy evaluator of the tests' own over the emitted lines: accepted is what
 * the far end announces, announced what ours does, and nothing that is imported leaves again.
 */
import fc from "fast-check";
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Announcement, Design } from "../../../compiler/design/design.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { announced, circuit as circuitOf } from "../../support/designs-junos.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { quad, setPaths } from "../../support/oracle/junos/device.js";
import { Policies, type Route } from "../../support/oracle/junos/policies.js";
import { cloudLink, partners, shares, smallDesigns } from "./small-designs.js";

function policiesOf(design: Design, router: string): { readonly policies: Policies; readonly lines: string } {
  const { artefacts } = junosTarget.compile(design, defaultSettings, new Diagnostics());
  const file = artefacts.find(({ path }) => path === `routers/${router}/junos.set`);
  assert.ok(file);
  return { policies: new Policies(setPaths(file.text)), lines: file.text };
}

function announces(list: readonly Announcement[], route: Route): boolean {
  const within = (prefix: Announcement["prefix"]): boolean => {
    const shift = BigInt((prefix.family === 4 ? 32 : 128) - prefix.length);
    const inside = prefix.family === route.family && route.value >> shift === prefix.value >> shift;
    return inside && route.length >= prefix.length;
  };
  return list.some(
    ({ prefix, upTo, except = [] }) =>
      within(prefix) && route.length <= (upTo ?? prefix.length) && !except.some(within),
  );
}

/** Routes at and near every prefix of a design, with targets that an attacker might attach. */
function routesOf(design: Design): fc.Arbitrary<Route> {
  const prefixes = [
    ...design.instances.flatMap((one) => one.routes),
    ...design.circuits.flatMap(({ ends }) => ends.flatMap((end) => end.announces)),
    ...design.leaks.flatMap(({ shared, returned }) => [...shared, ...returned]),
  ].map(({ prefix }) => prefix);
  const targets = ["target:64520:10", "target:64520:30", "target:64520:31", "target:64520:32", "target:64520:40"];
  return fc
    .record({
      prefix: fc.constantFrom(...prefixes),
      longer: fc.constantFrom(-1, 0, 0, 0, 1, 6, 8),
      low: fc.boolean(),
      communities: fc.subarray(targets),
    })
    .map(({ prefix, longer, low, communities }) => {
      const bits = prefix.family === 4 ? 32 : 128;
      const length = Math.max(0, Math.min(bits, prefix.length + longer));
      const shift = BigInt(bits - length);
      const value = low ? prefix.value : prefix.value + (1n << BigInt(bits - prefix.length)) - 1n;
      return { family: prefix.family, value: (value >> shift) << shift, length, communities: new Set(communities) };
    });
}

const plain = (text: string, ...communities: readonly string[]): Route => {
  const [base = "", length = ""] = text.split("/");
  return { family: 4, value: quad(base), length: Number(length), communities: new Set(communities) };
};

suite("the routing policies of Junos routers", (test) => {
  for (const [name, make] of smallDesigns) {
    const design = make();
    for (const circuit of design.circuits.filter(({ routing }) => routing === "bgp")) {
      test(`accept and announce exactly what the ends of ${circuit.id} say in ${name}`, () => {
        const end = circuit.ends[0].place.kind === "router" ? 0 : 1;
        const { policies } = policiesOf(design, circuit.ends[end].place.name);
        const id = circuit.id.replace("/", "--");
        fc.assert(
          fc.property(routesOf(design), (route) => {
            const incoming = policies.run(`DEMARC-LINK-${id}-IN`, route);
            assert.is(incoming.accepted, announces(circuit.ends[end === 0 ? 1 : 0].announces, route));
            if (incoming.accepted) assert.is(incoming.localPreference, circuit.preference);
            const outgoing = policies.run(`DEMARC-LINK-${id}-OUT`, route);
            assert.is(outgoing.accepted, announces(circuit.ends[end].announces, route));
          }),
          { numRuns: 300, seed: 7 },
        );
      });
    }

    for (const instance of design.instances) {
      test(`export of ${instance.id} exactly what is attached there in ${name}`, () => {
        const { policies } = policiesOf(design, instance.place.name);
        const own = design.domains.find((one) => one.domain === instance.domain);
        const mangled = instance.domain.replace("_", "--0");
        const here = instance.routes.filter(({ origin }) => origin.kind !== "core");
        const lans = design.attachments.flatMap((one) =>
          one.kind === "lan" && one.attachments.some(({ router }) => router === instance.place.name) ? [one] : [],
        );
        fc.assert(
          fc.property(routesOf(design), (route) => {
            const { accepted, communities } = policies.run(`DEMARC-VRF-${mangled}-EXPORT`, route);
            const targets = new Set<string>();
            if (announces(here, route)) targets.add(`target:${own?.routeTarget}`);
            for (const leak of design.leaks) {
              const [list, target] =
                leak.from === instance.domain ? [leak.shared, leak.sharedTarget] : [leak.returned, leak.returnedTarget];
              if (leak.from !== instance.domain && leak.to !== instance.domain) continue;
              const part = lans.some(
                (one) =>
                  one.domain === instance.domain &&
                  one.parts.some((prefix) => announces([{ ...announced("x", "0.0.0.0/0"), prefix }], route)),
              );
              if (announces(list, route) && (announces(here, route) || part)) targets.add(`target:${target}`);
            }
            assert.is(accepted, targets.size > 0);
            if (accepted)
              assert.equal([...communities].sort(), [...targets].sort(), "a neighbour's targets are dropped");
          }),
          { numRuns: 300, seed: 11 },
        );
      });
    }
  }

  test("import the own target, and of a share its target together with its prefixes", () => {
    const { policies } = policiesOf(shares(), "ash");
    const run = (route: Route): boolean => policies.run("DEMARC-VRF-prod-IMPORT", route).accepted;
    assert.ok(run(plain("10.99.0.0/16", "target:64520:10")));
    assert.ok(run(plain("10.31.0.64/26", "target:64520:31")));
    assert.not(run(plain("10.31.0.64/26", "target:64520:32")));
    assert.not(run(plain("10.31.0.64/27", "target:64520:31")));
    assert.not(run(plain("10.31.0.0/24", "target:64520:31")), "the LAN around the shared part");
    assert.not(run(plain("10.31.0.0/24", "target:64520:30")), "the other segment's own target");
    assert.not(run(plain("10.31.0.64/26")));
  });

  test("do not export again what was imported", () => {
    const { policies } = policiesOf(shares(), "ash");
    for (const text of ["10.31.0.64/26", "10.31.0.9/32", "10.32.5.5/32"]) {
      assert.not(policies.run("DEMARC-VRF-prod-EXPORT", plain(text, "target:64520:31")).accepted);
    }
  });

  test("never let link prefixes into BGP or the VPN (trap 25)", () => {
    for (const make of smallDesigns.values()) {
      const design = make();
      for (const circuit of design.circuits) {
        for (const one of circuit.addressing) {
          if (one.kind === "provider") continue;
          const [{ address, length }] = one.ends;
          const shift = BigInt((one.family === 4 ? 32 : 128) - length);
          const route: Route = {
            family: one.family,
            value: (address.value >> shift) << shift,
            length,
            communities: new Set(),
          };
          const end = circuit.ends[0].place.kind === "router" ? 0 : 1;
          const { policies } = policiesOf(design, circuit.ends[end].place.name);
          assert.not(policies.run(`DEMARC-VRF-${circuit.domain}-EXPORT`, route).accepted);
          if (circuit.routing === "bgp")
            assert.not(policies.run(`DEMARC-LINK-${circuit.id.replace("/", "--")}-OUT`, route).accepted);
        }
      }
    }
  });

  test("say both directions of every session and end in a reject (traps 12 and 13)", () => {
    const { lines, policies } = policiesOf(partners(), "ash");
    const neighbours = new Set(
      [...lines.matchAll(/bgp group (\S+) neighbor (\S+) /g)].map(([, group, peer]) => `${group} neighbor ${peer}`),
    );
    assert.is(neighbours.size, 2);
    for (const one of neighbours)
      for (const word of ["import", "export"]) assert.ok(lines.includes(`${one} ${word} DEMARC-LINK-`), one);
    for (const name of new Set([...lines.matchAll(/policy-statement (\S+) /g)].map(([, policy]) => policy ?? ""))) {
      assert.not(policies.run(name, plain("192.0.2.0/24")).accepted, name);
    }
  });

  test("prefer the circuit with the higher preference in both directions", () => {
    const base = cloudLink();
    const [first] = base.circuits;
    assert.ok(first);
    const second = circuitOf({
      link: "dx-b",
      segment: "prod",
      ends: ["cloud:use1 - 64611", "router:dal xe-0/0/2 64520"],
      announces: [first.ends[0].announces, first.ends[1].announces],
      addressing: ["169.254.103.2/30 169.254.103.1/30"],
      preference: 200,
    });
    const { policies } = policiesOf({ ...base, circuits: [first, second] }, "chi");
    assert.equal(policies.run("DEMARC-LINK-dx--prod-OUT", plain("10.1.0.0/24")).prepended, ["64520"]);
    assert.is(policies.run("DEMARC-LINK-dx--prod-IN", plain("10.20.0.0/16")).localPreference, 100);
    const alone = policiesOf({ ...base, circuits: [first, { ...second, preference: 50 }] }, "chi");
    assert.equal(alone.policies.run("DEMARC-LINK-dx--prod-OUT", plain("10.1.0.0/24")).prepended, []);
  });

  test("take of a summary what nobody else owns, and the owners' own routes all the same", () => {
    const { design } = pipeline(`estate acme { asn = 64520 }
segment partners { }
segment prod { }
router chi { os = junos loopback = 192.0.2.1 }
router ash { os = junos loopback = 192.0.2.2 asn = 64521 }
external globex in partners { cidr = 10.0.0.0/8 summary = true asn = 65010 }
external initech in partners { cidr = 10.5.0.0/16 summary = true asn = 65011 }
link globex-port between chi and globex { kind = handoff interface = "xe-0/0/4" carries partners { vlan = 900 } }
link initech-port between chi and initech { kind = handoff interface = "xe-0/0/4" carries partners { vlan = 901 } }
link north between chi and ash { kind = handoff interface = ["xe-0/0/5", "xe-0/0/5"] carries partners { vlan = 7 } carries prod { vlan = 8 } }
network desk in partners at chi { cidr = 10.9.0.0/26 interface = "xe-0/0/1" }
network field in partners at chi { cidr = 10.5.16.0/20 interface = "xe-0/0/6" }
network depot in partners at ash { cidr = 10.7.0.0/16 interface = "xe-0/0/1" }
network floor in prod at ash { cidr = 10.1.0.0/24 interface = "xe-0/0/2" }
policy orders {
  share floor with partners
  share globex + depot with prod
  allow globex + depot <-> floor on tcp/443
  allow globex + initech -> desk + field + depot on tcp/443
}
`);
    const chi = policiesOf(design, "chi").policies;
    const taken = (policy: string, ...routes: readonly string[]): readonly string[] =>
      routes.filter((one) => chi.run(policy, plain(one)).accepted);
    const all = ["10.0.0.0/8", "10.64.0.0/16", "10.5.0.0/16", "10.5.16.0/20", "10.5.32.0/24", "10.7.0.0/16"];
    const longer = ["10.64.3.0/25", "10.5.17.0/24", "10.7.1.0/24", "10.1.0.0/24", "10.9.0.0/24", "10.9.0.0/26"];
    const routes = [...all, ...longer];
    assert.equal(taken("DEMARC-LINK-globex-port--partners-IN", ...routes), [
      "10.0.0.0/8",
      "10.64.0.0/16",
      // Longer than what is accepted is the LAN; the /24 around it takes nothing from it.
      "10.9.0.0/24",
    ]);
    assert.equal(taken("DEMARC-LINK-initech-port--partners-IN", ...routes), ["10.5.0.0/16", "10.5.32.0/24"]);
    assert.equal(taken("DEMARC-LINK-north--partners-IN", ...routes), ["10.7.0.0/16", "10.1.0.0/24"]);
    for (const policy of ["DEMARC-LINK-north--partners-OUT", "DEMARC-VRF-partners-EXPORT"]) {
      const sent = taken(policy, ...routes).filter((one) => !["10.7.0.0/16", "10.1.0.0/24"].includes(one));
      assert.equal(
        sent,
        [...all.slice(0, 5), "10.9.0.0/24", "10.9.0.0/26"],
        `${policy} leaves out what is longer inside \`field\``,
      );
    }
    for (const circuit of design.circuits) {
      const end = circuit.ends[0].place.name === "chi" ? 0 : 1;
      fc.assert(
        fc.property(routesOf(design), (route) => {
          const policy = `DEMARC-LINK-${circuit.id.replace("/", "--")}`;
          const { announces: near } = circuit.ends[end];
          const { announces: far } = circuit.ends[end === 0 ? 1 : 0];
          assert.is(chi.run(`${policy}-IN`, route).accepted, announces(far, route));
          assert.is(chi.run(`${policy}-OUT`, route).accepted, announces(near, route));
        }),
        { numRuns: 300, seed: 5 },
      );
    }
  });

  test("rank Direct Connect links by AWS's communities, which it asks ahead of the path", () => {
    const tagged = (preferences: readonly number[]): readonly (readonly string[])[] => {
      const links = preferences.map(
        (preference, index) =>
          `link dx-${index} between use1 and chi { kind = direct-connect interface = "xe-0/0/${index}" preference = ${preference} carries prod { vlan = 101 } }`,
      );
      const { design } = pipeline(`estate acme { asn = 64520 }
segment prod { }
cloud use1 { provider = aws region = "us-east-1" account = "111122223333" asn = 64601 }
router chi { os = junos loopback = 192.0.2.1 }
${links.join("\n")}
network shop in prod at use1 { cidr = 10.20.0.0/16 subnet web { cidr = 10.20.1.0/24 } }
network floor in prod at chi { cidr = 10.1.0.0/24 interface = "ge-0/0/1" }
policy sales { allow floor -> shop.web on tcp/443 }
`);
      const { policies } = policiesOf(design, "chi");
      // Somebody behind the router has attached ranks of his own.
      const route = plain("10.1.0.0/24", "7224:7300", "7224:7200", "7224:7100");
      return preferences.map((_, index) => {
        const { accepted, communities, prepended } = policies.run(`DEMARC-LINK-dx-${index}--prod-OUT`, route);
        assert.ok(accepted);
        return [...communities, ...prepended];
      });
    };
    assert.equal(tagged([200, 100]), [["7224:7300"], ["7224:7200", "64520"]]);
    assert.equal(tagged([100, 300, 200]), [["7224:7100", "64520", "64520"], ["7224:7300"], ["7224:7200", "64520"]]);
    // A fourth preference has no rank of its own: there the path decides.
    assert.equal(tagged([40, 30, 20, 10]).slice(2), [
      ["7224:7100", "64520", "64520"],
      ["7224:7100", "64520", "64520", "64520"],
    ]);
    // Links that are preferred alike are left to AWS.
    assert.is(tagged([100, 100])[0]?.length, 3);
  });

  test("prepend at both ends of a circuit between our routers, or at neither", () => {
    const shop = (second: string): Design =>
      pipeline(`estate acme { asn = 65000 }
segment shop { }
router chi { os = junos loopback = 192.0.2.1 }
router ash { os = junos loopback = 192.0.2.2 asn = 65002 }
router dal { os = junos loopback = 192.0.2.3 asn = 65003 }
link north between chi and ash { kind = handoff interface = ["ge-0/0/2", "ge-0/0/2"] preference = 50 carries shop { } }
link south between ash and dal { kind = handoff interface = ["ge-0/0/3", "ge-0/0/3"] carries shop { } }
${second}
network floor in shop at chi { cidr = 10.1.0.0/24 interface = "ge-0/0/1" }
network racks in shop at ash { cidr = 10.2.0.0/24 interface = "ge-0/0/1" }
network vault in shop at dal { cidr = 10.3.0.0/24 interface = "ge-0/0/1" }
policy sales { allow floor -> racks + vault on tcp/443 }
`).design;
    const prepended = (design: Design): readonly (readonly string[])[] => [
      policiesOf(design, "chi").policies.run("DEMARC-LINK-north--shop-OUT", plain("10.1.0.0/24")).prepended,
      policiesOf(design, "ash").policies.run("DEMARC-LINK-north--shop-OUT", plain("10.2.0.0/24")).prepended,
    ];
    assert.equal(prepended(shop("")), [[], []]);
    const twice = `link spare between chi and ash { kind = handoff interface = ["ge-0/0/4", "ge-0/0/4"] carries shop { } }`;
    assert.equal(prepended(shop(twice)), [["65000"], ["65002"]]);
  });

  test("announce a covering prefix only while something it covers is there", () => {
    const { policies, lines } = policiesOf(partners(), "ash");
    assert.match(lines, "routing-options aggregate route 10.0.0.0/8 policy DEMARC-COVER-partners-10-0-0-0-8\n");
    assert.match(lines, "routing-options aggregate route 10.0.0.0/8 discard\n");
    assert.ok(policies.run("DEMARC-COVER-partners-10-0-0-0-8", plain("10.5.16.0/20")).accepted);
    assert.not(policies.run("DEMARC-COVER-partners-10-0-0-0-8", plain("10.6.0.0/16")).accepted);
    assert.not(
      policies.run("DEMARC-LINK-globex-port--partners-OUT", plain("10.5.16.0/20")).accepted,
      "in place of what it covers",
    );
  });

  test("strip our route targets towards neighbours", () => {
    const { policies } = policiesOf(partners(), "ash");
    const { communities } = policies.run(
      "DEMARC-LINK-globex-port--partners-OUT",
      plain("10.0.0.0/8", "target:64520:40"),
    );
    assert.equal([...communities], []);
  });
});
