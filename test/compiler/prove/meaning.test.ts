/** Sentences of language.md §7 on routes, shares and invariants, an example each, with exact findings. */
import { readFileSync } from "node:fs";
import { defaultSettings } from "../../../compiler/config/settings.js";
import { formatPrefix } from "../../../grammar/address.js";
import { ask, headline, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

const TO_TILLS = "share tills with prod  allow floor -> tills on tcp/443";

function said(source: string): readonly string[] {
  return pipeline(source).findings.map(headline);
}

suite("shares and routes", (test) => {
  test("an allow between segments without a share is an error that offers the share", () => {
    const { findings } = pipeline(twoSegments("allow floor -> tills on tcp/443"));
    assert.equal(findings.map(headline), [
      "DMC2001 `tills`: nothing shares `tills` of segment `pci` with segment `prod`, so it has no route there",
    ]);
    assert.is(findings[0]?.edits[0]?.changes[0]?.text.split("\n")[0], "share tills with prod");
    assert.is(findings[0]?.edits[0]?.certain, false);
  });

  test("only the part that no share covers is missing", () => {
    assert.equal(said(twoSegments("share tills with prod  allow floor -> pci on tcp/443")), [
      "DMC2001 `pci`: nothing shares `vault` of segment `pci` with segment `prod`, so it has no route there",
    ]);
  });

  test("`<->` needs a share of each side", () => {
    assert.equal(said(twoSegments("share tills with prod  allow floor <-> tills on tcp/443")), [
      "DMC2001 `floor`: nothing shares `floor` of segment `prod` with segment `pci`, so it has no route there",
    ]);
  });

  test("a share needs to cover only the families that a service has", () => {
    const dual = `
estate acme { asn = 64520 }
segment prod {}
segment pci {}
router chi { os = junos  loopback = 192.0.2.1 }
network floor in prod at chi { cidr = [10.1.0.0/28, 2001:db8:1::/64]  interface = "xe-0/0/1" }
network tills in pci at chi {
  cidr = [10.2.0.0/28, 2001:db8:2::/64]  interface = "xe-0/0/2"
  host orders { address = 10.2.0.9 }
}
policy traffic {
  share tills.orders with prod
  allow floor -> tills.orders on icmp
  allow floor -> tills & 10.2.0.9 on tcp/443
}
`;
    assert.equal(said(dual), []);
    assert.equal(said(dual.replace("tills.orders on icmp", "tills on icmpv6/echo-request")), [
      "DMC2001 `tills`: nothing shares `tills & [2001:db8:2::, 2001:db8:2::2..2001:db8:2:0:ffff:ffff:ffff:ffff]` of segment `pci` with segment `prod`, so it has no route there",
    ]);
  });

  test("a share is not transitive", () => {
    const { findings } = pipeline(
      twoSegments(
        `${TO_TILLS}  share floor with dev  allow lab -> floor on tcp/443  allow lab -> tills on tcp/443`,
        'network lab in dev at chi { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }',
      ),
    );
    assert.equal(findings.map(headline), [
      "DMC2001 `tills`: nothing shares `tills` of segment `pci` with segment `dev`, so it has no route there",
    ]);
  });

  test("a share that no flow needs is a warning", () => {
    assert.equal(said(twoSegments(`${TO_TILLS}  share vault with dev`)), [
      "DMC2003 `share vault with dev`: no rule needs to share `vault` with `dev`",
    ]);
  });

  test("a permitted flow without a route is an error that names the link that would carry it", () => {
    const { findings } = pipeline(
      twoSegments(
        "allow bench -> lab on tcp/443",
        `network bench in dev at use1 { cidr = 10.60.0.0/24  subnet a { cidr = 10.60.0.0/25 } }
network lab in dev at chi { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }`,
      ),
    );
    assert.equal(findings.map(headline), [
      "DMC2002 `allow bench -> lab on tcp/443`: `bench` may open flows to `lab` but has no route to it: segment `dev` does not join `use1` and `chi`",
    ]);
    assert.is(findings[0]?.help, "let link `dx` carry `dev`");
  });

  test("a place after `at` that serves nothing is a warning; with no other the rule is not routed", () => {
    assert.equal(said(twoSegments(TO_TILLS.replace("with prod", "with prod at ash at use1"))), [
      "DMC2004 `use1`: `use1` could serve no flow of this share",
    ]);
    assert.equal(said(twoSegments(TO_TILLS.replace("with prod", "with prod at use1"))).length, 2);
  });

  test("overlap that a share causes is shown at the later prefix, with the share", () => {
    const { findings } = pipeline(
      twoSegments(
        "share tills with prod  allow floor -> tills on tcp/443",
        'network annex in prod at ash { cidr = 10.2.0.0/24  interface = "xe-0/0/9" }',
      ),
    );
    const clash = findings.find(({ name }) => name === "share-overlap");
    assert.is(
      clash === undefined ? "" : headline(clash),
      "DMC2005 `10.2.0.0/24`: `annex` and `tills` overlap in the routes of segment `prod`",
    );
    assert.equal(
      clash?.related.map(({ message }) => message),
      ["`tills` is here", "this share joins them"],
    );
  });
});

suite("meeting places", (test) => {
  const CARDS = "share vault.cards with prod";

  test("fewest links on the whole way: two networks at one hub meet there", () => {
    const { lock } = pipeline(twoSegments(`${CARDS}  allow shop.web -> vault.cards on tcp/443`));
    assert.equal(lock.meetings, { "pci@use1 prod@use1": "aws-hub/use1" });
  });

  test("ties by name, a core's being that of its first router", () => {
    const { lock } = pipeline(twoSegments(`${CARDS}  allow floor -> vault.cards on tcp/443`));
    assert.equal(lock.meetings, { "pci@use1 prod@chi": "core/ash" });
  });

  test("`at` decides, and leaves nothing to keep", () => {
    const { lock, design } = pipeline(twoSegments(`${CARDS} at use1  allow floor -> vault.cards on tcp/443`));
    assert.equal(lock.meetings, {});
    assert.equal(
      design.leaks.map((leak) => leak.meeting),
      [{ kind: "aws-hub", id: "use1" }],
    );
  });

  test("the choice that the lock keeps stands as long as it serves", () => {
    const source = twoSegments(`${CARDS}  allow floor -> vault.cards on tcp/443`);
    const kept = { lockVersion: 1, pools: {}, meetings: { "pci@use1 prod@chi": "aws-hub/use1" } } as const;
    assert.equal(pipeline(source, { lock: kept }).lock.meetings, kept.meetings);
    const gone = { ...kept, meetings: { "pci@use1 prod@chi": "router/den" } };
    assert.equal(pipeline(source, { lock: gone }).lock.meetings, { "pci@use1 prod@chi": "core/ash" });
  });

  test("a hub never joins two sides that both lie behind links", () => {
    const source = twoSegments("share tills with prod at use1  allow floor -> tills on tcp/443");
    assert.ok(pipeline(source).findings.some(({ name }) => name === "not-routed"));
  });
});

suite("invariants", (test) => {
  test("a violated `never` says a witness, and the rule that opens it", () => {
    const { findings, proofs } = pipeline(twoSegments(TO_TILLS, "never prod -> pci"));
    const [violated] = findings;
    assert.equal(findings.map(headline), [
      "DMC2101 `never prod -> pci`: this `never` does not hold: `10.1.0.2` in `floor` can open tcp/443 to `10.2.0.2` in `tills`",
    ]);
    // 16 addresses less the gateway, on both sides.
    assert.match(violated?.help ?? "", "225 pairs of endpoints are affected");
    assert.equal(
      violated?.related.map(({ message }) => message),
      ["opened here"],
    );
    assert.equal(violated?.data, {
      witness: {
        from: { segment: "prod", path: "floor" },
        to: { segment: "pci", path: "tills" },
        sourceAddress: "10.1.0.2",
        destinationAddress: "10.2.0.2",
        protocol: "tcp",
        destinationPort: 443,
      },
    });
    assert.equal(
      proofs.proofs.map(({ status }) => status),
      ["refuted"],
    );
  });

  test("the path is said where places lie between", () => {
    const far = twoSegments(
      "allow shop.web -> annex on tcp/22",
      'network annex in prod at ash { cidr = 10.4.0.0/28  interface = "xe-0/0/4" }',
    );
    assert.equal(said(`${far}never shop -> annex on tcp/22\n`), [
      "DMC2101 `never shop -> annex on tcp/22`: this `never` does not hold: `10.20.1.1` in `shop.web` can open tcp/22 to `10.4.0.2` in `annex` through `chi`",
    ]);
  });

  test("the reply of UDP violates a `never` over routers alone, and not where a cloud subnet lies on its way", () => {
    assert.equal(said(twoSegments("share tills with prod  allow floor -> tills on udp/53", "never pci -> prod")), [
      "DMC2102 `never pci -> prod`: this `never` does not hold: by what replies admit, `10.2.0.2` in `tills` reaches udp/53 to `10.1.0.2` in `floor`",
    ]);
    assert.equal(
      said(twoSegments("share vault.cards with prod  allow floor -> vault.cards on udp/53", "never pci -> prod")),
      [],
    );
  });

  test("replies of TCP and ICMP open nothing that counts; the same number of another protocol does", () => {
    const with_ = (service: string): readonly string[] =>
      pipeline(
        twoSegments(`share tills with prod  allow floor -> tills on ${service}`, "never pci -> prod"),
      ).findings.map(({ name }) => name);
    assert.equal(with_("[tcp/443, icmp]"), []);
    assert.equal(with_("gre"), ["never-violated-by-reply"]);
  });

  test("`residual-reply` accepted by name is listed with the proof", () => {
    const { findings, proofs } = pipeline(
      twoSegments("share tills with prod  allow floor -> tills on udp/53", "never pci -> prod"),
      {
        settings: { ...defaultSettings, accept: [{ gap: "residual-reply" }] },
      },
    );
    assert.equal(findings, []);
    assert.is(proofs.proofs[0]?.status, "proved");
    assert.equal(proofs.proofs[0]?.accepted, [{ source: "tills", destination: "floor", service: "udp" }]);
  });

  test("a `never` that nobody enforces is an error; beside enforced flows it is listed", () => {
    assert.equal(said(twoSegments(TO_TILLS, "never floor -> floor")), [
      "DMC2104 `never floor -> floor`: nobody can enforce this `never`: every flow of it stays between `floor` and `floor`",
    ]);
    const { findings, proofs } = pipeline(twoSegments(TO_TILLS, "never floor -> prod"));
    assert.equal(findings, []);
    assert.equal(proofs.proofs[0]?.unenforced, [{ source: "floor", destination: "floor", service: "any" }]);
  });

  test("a violated `always` says what is missing", () => {
    assert.equal(said(twoSegments(TO_TILLS, "always floor -> tills on [tcp/443, tcp/444]")), [
      "DMC2103 `always floor -> tills on [tcp/443, tcp/444]`: this `always` does not hold: `10.1.0.2` in `floor` cannot open tcp/444 to `10.2.0.2` in `tills`: no rule allows it",
    ]);
    assert.equal(said(twoSegments(TO_TILLS, "always floor -> tills on tcp/443")), []);
  });

  test("with something left out `always` and every proof are withheld, violations of `never` are not", () => {
    const source = twoSegments(
      `${TO_TILLS}  allow floor -> nowhere on tcp`,
      'never prod -> pci\nnever pci -> dev\nalways floor -> tills on tcp/444\nnetwork lab in dev at chi { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }',
    );
    const { proofs, findings } = pipeline(source, { faulty: true });
    const statuses = proofs.proofs.map(({ invariant, status }) => `${invariant.kind} ${invariant.text}: ${status}`);
    assert.equal([...statuses].sort(), [
      "always floor -> tills on tcp/444: withheld",
      "never pci -> dev on any: withheld",
      "never prod -> pci on any: refuted",
    ]);
    assert.equal(
      findings.map(({ name }) => name),
      ["never-violated"],
    );
  });

  test("a budget that is exceeded proves nothing, neither way", () => {
    const { proofs, findings } = pipeline(twoSegments(TO_TILLS, "never pci -> prod"), { budget: 1 });
    assert.is(proofs.proofs[0]?.status, "not-proved");
    assert.ok(findings.some(({ name, severity }) => name === "not-proved" && severity === "error"));
  });

  test("the program of language.md §2 has no finding", () => {
    const source = readFileSync("fixtures/estates/acme-sample/main.demarc", "utf8");
    const { findings, proofs } = pipeline(source);
    assert.equal(findings.map(headline), []);
    assert.equal(
      proofs.proofs.map(({ status }) => status),
      ["proved", "proved", "proved", "proved"],
    );
  });
});

suite("queries", (test) => {
  test("an open flow has its rule and its path with the points on it", () => {
    const made = pipeline(twoSegments("share tills with prod  allow floor + shop.web -> tills on tcp/443"));
    const { verdict, open, closed, reasons } = ask(made, "shop.web -> tills on tcp/443");
    assert.is(verdict, "open");
    assert.equal([closed, reasons], [[], []]);
    assert.equal(
      open.map(({ rules, path }) => [rules.map(({ text }) => text), path]),
      [
        [
          ["[floor, shop.web] -> tills on tcp/443"],
          [{ place: "use1", point: "shop.web/out" }, { place: "chi", point: "dx/prod@chi/in" }, { place: "ash" }],
        ],
      ],
    );
  });

  test("a closed flow says what it lacks, the first of each kind", () => {
    const made = pipeline(
      twoSegments(TO_TILLS, "network lab in dev at use1 { cidr = 10.60.0.0/24  subnet a { cidr = 10.60.0.0/25 } }"),
    );
    const kinds = (text: string): readonly string[] => ask(made, text).reasons.map(({ kind }) => kind);
    assert.equal(kinds("floor -> tills on tcp/80"), ["no-allow"]);
    assert.equal(kinds("tills -> floor on tcp/80"), ["no-allow", "no-share"]);
    assert.equal(kinds("lab -> tills on tcp"), ["no-allow", "no-share"]);
    assert.equal(kinds("lab -> floor on tcp"), ["no-allow", "no-share"]);
    assert.equal(kinds("floor -> floor on tcp"), ["unenforced"]);
    assert.is(ask(made, "floor -> floor on tcp").verdict, "unenforced");
    assert.is(ask(made, "floor -> tills on tcp").verdict, "partial");
  });

  test("residual exposure of protocols other than TCP is named in the reasons, and closed", () => {
    const made = pipeline(twoSegments("share tills with prod  allow floor -> tills on [tcp/443, udp/53]"));
    const { verdict, reasons } = ask(made, "tills -> floor on udp/514");
    assert.is(verdict, "closed");
    assert.equal(
      reasons.map(({ kind }) => kind),
      ["no-allow", "no-share", "residual"],
    );
    assert.equal(
      ask(made, "tills -> floor on tcp/514").reasons.map(({ kind }) => kind),
      ["no-allow", "no-share"],
    );
  });
});

suite("redundancy", (test) => {
  test("a rule that the union of others covers is named with them, and those are not", () => {
    const rules =
      "allow floor -> shop on tcp/1-100  allow floor -> shop on tcp/101-200  allow floor -> shop.web on tcp/50-150";
    assert.equal(said(twoSegments(rules)), [
      "DMC2201 `allow floor -> shop.web on tcp/50-150`: every flow of this rule is permitted by `floor -> shop on tcp/1-100` and `floor -> shop on tcp/101-200` already",
    ]);
  });
});

suite("redundancy of both directions", (test) => {
  test("the directions of one `<->` cover each other and make nothing redundant; another rule does", () => {
    assert.equal(said(twoSegments("allow shop <-> shop on tcp/80")), []);
    assert.equal(said(twoSegments("allow shop <-> shop on tcp/80  allow shop -> shop on tcp/1-100")), [
      "DMC2201 `allow shop <-> shop on tcp/80`: every flow of this rule is permitted by `shop -> shop on tcp/1-100` already",
    ]);
  });
});

suite("prefixes that are led across whole", (test) => {
  const CARDS = (desk: string): string => `
estate acme { asn = 64520 }
segment prod {}
segment partners {}
router chi { os = junos  loopback = 192.0.2.1 }
external globex in partners { cidr = 203.0.113.0/24  asn = 65010  host portal { address = 203.0.113.9 } }
link port between chi and globex { kind = handoff  interface = "xe-0/0/4"  carries partners { vlan = 900 } }
network floor in prod at chi { cidr = 10.1.0.0/28  interface = "xe-0/0/1" }
network desk in prod at chi { cidr = ${desk}  interface = "xe-0/0/2" }
policy p { share globex.portal with prod  allow floor -> globex.portal on tcp/443 }
`;

  test("overlap with what lies beside the shared part of an external", () => {
    assert.equal(pipeline(CARDS("203.0.112.0/25")).findings.map(headline), []);
    assert.ok(
      pipeline(CARDS("203.0.113.128/25"), { faulty: true }).findings.some(({ name }) => name === "share-overlap"),
      "the route to 203.0.113.0/24 is led into `prod`, where `desk` lies",
    );
  });
});

suite("summaries", (test) => {
  const SUMMARY = `
estate acme { asn = 64520 }
segment prod {}
segment partners {}
router chi { os = junos  loopback = 192.0.2.1 }
external globex in partners { cidr = 10.0.0.0/8  summary = true  asn = 65010 }
link port between chi and globex { kind = handoff  interface = "xe-0/0/4"  carries partners { vlan = 900 } }
network floor in prod at chi { cidr = 10.1.0.0/28  interface = "xe-0/0/1" }
network desk in partners at chi { cidr = 10.9.0.0/28  interface = "xe-0/0/2" }
`;

  test("an address that a longer prefix of the other segment covers has no flow with it", () => {
    const made = pipeline(`${SUMMARY}policy p { share floor with partners  allow globex -> floor on tcp/443 }`);
    assert.equal(made.findings.map(headline), []);
    const { open } = ask(made, "globex -> floor on tcp/443");
    // Neither what `floor` covers, shared in, nor what `desk` owns, is an address of the summary there.
    const [flow] = made.design.points.find(({ id }) => id === "port/partners@chi/in")?.entries ?? [];
    assert.is(open.length, 1);
    assert.is(flow?.source.contains({ family: 4, value: 0x0a010005n }), false);
    assert.is(flow?.source.contains({ family: 4, value: 0x0a090005n }), false);
    assert.is(flow?.source.contains({ family: 4, value: 0x0a020005n }), true);
  });

  test("a rule all of whose flows are covered is an error", () => {
    const made = pipeline(
      `${SUMMARY}policy p { share floor with partners  allow globex & 10.1.0.0/28 -> floor on tcp/443 }`,
    );
    assert.ok(made.findings.some(({ name }) => name === "hidden-flow"));
  });

  test("an invariant all of whose flows are covered is an error: it would hold by saying nothing", () => {
    const hidden = "globex & 10.1.0.0/28 -> floor on tcp/443";
    const made = pipeline(`${SUMMARY}always ${hidden}  never ${hidden} because "covered"`, { faulty: true });
    assert.equal(
      made.findings
        .filter(({ name }) => name === "hidden-flow")
        .map(({ span }) => span?.source.text.slice(span.start, span.start + 6)),
      ["always", "never "],
    );
  });

  test("of a summary longer routes are accepted, but none in what somebody else owns", () => {
    const accepted = (text: string): readonly (readonly [string, number | undefined, string])[] =>
      pipeline(`${SUMMARY}${text}`)
        .design.circuits.find(({ id }) => id === "port/partners")
        ?.ends[1].announces.map(
          ({ prefix, upTo, except = [] }) => [formatPrefix(prefix), upTo, except.map(formatPrefix).join()] as const,
        ) ?? [];
    // A LAN of /28 is longer than any route that is accepted.
    assert.equal(accepted("policy p { allow globex -> desk on tcp/443 }"), [["10.0.0.0/8", 24, ""]]);
    const yard = 'network yard in prod at chi { cidr = 10.4.0.0/16  interface = "xe-0/0/3" }';
    const field = 'network field in partners at chi { cidr = 10.5.0.0/20  interface = "xe-0/0/5" }';
    const rules = "allow globex -> field on tcp/443";
    // `yard` lies in a segment that has nothing to do with the summary, until something is shared.
    assert.equal(accepted(`${yard} ${field} policy p { ${rules} }`), [["10.0.0.0/8", 24, "10.5.0.0/20"]]);
    assert.equal(
      accepted(`${yard} ${field} policy p { ${rules}  share floor with partners  allow globex -> floor on tcp/443 }`),
      [["10.0.0.0/8", 24, "10.4.0.0/16,10.5.0.0/20"]],
    );
    // A summary in a summary: what lies in the inner one is not for the outer one to say either.
    const acme = `external acmex in partners { cidr = 10.5.0.0/16  summary = true  asn = 65011 }
link port2 between chi and acmex { kind = handoff  interface = "xe-0/0/6"  carries partners { vlan = 901 } }`;
    assert.equal(accepted(`${field} ${acme} policy p { ${rules} }`), [["10.0.0.0/8", 24, "10.5.0.0/16"]]);
  });

  test("a summary reaches a longer prefix of its own segment through the point of its link", () => {
    const made = pipeline(`${SUMMARY}policy p { allow globex -> desk on tcp/443 }`);
    const point = made.design.points.find(({ id }) => id === "port/partners@chi/in");
    assert.equal(
      point?.entries.map(({ kind, destination }) => [kind, destination.texts()]),
      [["flow", ["10.9.0.0", "10.9.0.2..10.9.0.15"]]],
    );
  });
});
