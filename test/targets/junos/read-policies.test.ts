/** What the reader makes of routing policies. */
import type { PrefixSpace } from "../../../compiler/validate/prefix-space.js";
import type { RouteTerm } from "../../../compiler/validate/readback.js";
import { prefix } from "../../support/designs-junos.js";
import { assert, suite } from "../../support/harness.js";
import { PLAIN, PLAIN_LINES, plainWith, policyLines, policyText, readbackOf, refusalsOf } from "./readings.js";

/** The import policy of the instance, made of these lines of the policy `P`, without its last term. */
function termsOf(terms: readonly string[], ...more: readonly string[]): readonly RouteTerm[] {
  const [table] = readbackOf(policyLines(terms, ...more)).tables;
  return table?.vpn?.import.terms.slice(0, -1) ?? [];
}

/** Which of some prefixes a term of these `from` lines matches. */
function matched(from: readonly string[], ...candidates: readonly string[]): readonly string[] {
  const [term] = termsOf([...from.map((line) => `t from ${line}`), "t then accept"]);
  const space = term?.match.prefixes as PrefixSpace;
  return candidates.filter((text) => space.contains(prefix(text)));
}

const refused = (terms: readonly string[], ...more: readonly string[]): readonly string[] =>
  refusalsOf(policyLines(terms, ...more)).map((text) => text.replace("policy-options policy-statement P term ", ""));

suite("the reader of Junos on routing policies", (test) => {
  test("chooses the longest route filter first, and asks no shorter one then", () => {
    const from = ["route-filter 192.168.0.0/16 orlonger", "route-filter 192.168.254.0/23 exact"];
    assert.equal(
      matched(from, "192.168.254.0/24", "192.168.254.0/23", "192.168.0.0/16", "192.168.1.0/24", "192.168.0.0/15"),
      ["192.168.254.0/23", "192.168.0.0/16", "192.168.1.0/24"],
    );
  });

  test("does so over three levels, and across lengths that a type does not take", () => {
    const from = [
      "route-filter 10.0.0.0/8 upto /24",
      "route-filter 10.1.0.0/16 longer",
      "route-filter 10.1.1.0/24 exact",
    ];
    assert.equal(
      matched(
        from,
        "10.0.0.0/8",
        "10.2.0.0/24",
        "10.2.0.0/25",
        "10.1.0.0/16",
        "10.1.2.0/25",
        "10.1.1.0/24",
        "10.1.1.0/25",
      ),
      ["10.0.0.0/8", "10.2.0.0/24", "10.1.2.0/25", "10.1.1.0/24"],
    );
  });

  test("lets any match type of equal prefixes match", () => {
    const from = ["route-filter 10.0.0.0/8 exact", "route-filter 10.0.0.0/8 prefix-length-range /16-/17"];
    assert.equal(matched(from, "10.0.0.0/8", "10.0.0.0/12", "10.1.0.0/16", "10.1.0.0/17", "10.1.0.0/18"), [
      "10.0.0.0/8",
      "10.1.0.0/16",
      "10.1.0.0/17",
    ]);
  });

  test("knows every match type of both families", () => {
    assert.equal(
      matched(["route-filter 2001:db8::/32 upto /48"], "2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::/49"),
      ["2001:db8::/32", "2001:db8:1::/48"],
    );
    assert.equal(matched(["route-filter 0.0.0.0/0 exact"], "0.0.0.0/0", "10.0.0.0/8", "::/0"), ["0.0.0.0/0"]);
    assert.equal(matched(["route-filter 10.0.0.0/8 longer"], "10.0.0.0/8", "10.0.0.0/32"), ["10.0.0.0/32"]);
    assert.equal(matched(["family inet6"], "10.0.0.0/8", "::/0", "2001:db8::/32"), ["::/0", "2001:db8::/32"]);
  });

  test("refuses match types it does not model, lengths out of range and two families in a term", () => {
    const why = (...lines: readonly string[]) =>
      refused([...lines, "t then accept"]).map((text) => text.split(" | ")[1]);
    assert.equal(why("t from route-filter 10.0.0.0/16 through 10.0.1.0/24"), ["this match type is not modelled"]);
    assert.equal(why("t from route-filter 10.0.0.0/16 upto /12"), ["it is no length of a longer prefix"]);
    assert.equal(why("t from route-filter 10.0.0.0/16 prefix-length-range /20-/18"), [
      "it is no range of lengths of longer prefixes",
    ]);
    assert.equal(why("t from route-filter 10.0.0.0/16"), ["it has no value"]);
    assert.equal(why("t from route-filter 10.0.0.0/16 exact accept"), ["the statement is not modelled"]);
    assert.equal(why("t from route-filter 10.0.0.0/16 exact", "t from route-filter ::/0 exact"), [
      "prefixes of both families are matched in one term",
    ]);
  });

  test("refuses a prefix list that is undefined or empty, which a policy may take for any", () => {
    assert.equal(refused(["t from prefix-list GONE", "t then accept"]), [
      `${PLAIN_LINES + 1}: t from prefix-list GONE | there is no such prefix list`,
    ]);
    assert.equal(refused(["t from prefix-list GONE", "t then accept"], "policy-options prefix-list GONE"), [
      `${PLAIN_LINES + 1}: t from prefix-list GONE | the prefix list is empty, and what a policy then matches is in doubt`,
    ]);
  });

  test("matches lists exactly, or with longer routes", () => {
    const lists = ["policy-options prefix-list OWN 10.1.0.0/16", "policy-options prefix-list OWN 10.1.2.0/24"];
    const space = (line: string) =>
      termsOf([`t from ${line}`, "t then accept"], ...lists)[0]?.match.prefixes as PrefixSpace;
    const held = (line: string) =>
      ["10.1.0.0/16", "10.1.2.0/24", "10.1.3.0/24"].filter((text) => space(line).contains(prefix(text)));
    assert.equal(held("prefix-list OWN"), ["10.1.0.0/16", "10.1.2.0/24"]);
    assert.equal(held("prefix-list-filter OWN orlonger"), ["10.1.0.0/16", "10.1.2.0/24", "10.1.3.0/24"]);
    assert.equal(held("prefix-list-filter OWN exact"), ["10.1.0.0/16", "10.1.2.0/24"]);
  });

  test("wants every member of one named community, of any of the names", () => {
    const communities = [
      "policy-options community BOTH members target:64520:1",
      "policy-options community BOTH members target:64520:2",
      "policy-options community RANK members 7224:7300",
    ];
    const [term] = termsOf(["t from community BOTH", "t from community RANK", "t then accept"], ...communities);
    assert.equal(term?.match.communities, [["target:64520:1", "target:64520:2"], ["7224:7300"]]);
  });

  test("refuses communities that are no exact values, and those that are not there", () => {
    for (const member of [
      "target:64520:.*",
      "64520:*",
      "^6452.:1$",
      "target:70000:1",
      "target:64520L:1",
      "target:4200000000L:65536",
      "origin:1:1",
    ]) {
      const [found] = refused(["t then accept"], `policy-options community ANY members ${JSON.stringify(member)}`);
      assert.ok(found?.includes("policy-options community ANY members"), `${member}: ${found}`);
    }
    assert.equal(refused(["t from community GONE", "t then accept"]), [
      `${PLAIN_LINES + 1}: t from community GONE | there is no such community`,
    ]);
    const wide = termsOf(["t then community add WIDE"], "policy-options community WIDE members target:4200000000L:7");
    assert.equal(wide[0]?.communities, { add: ["target:4200000000:7"] });
  });

  test("keeps sets, removals and additions of communities, preference and prepending", () => {
    const communities = ["A", "B", "C"].map(
      (name, index) => `policy-options community ${name} members 64520:${index + 1}`,
    );
    const all = termsOf(
      [
        "a then community delete A",
        "a then community delete B",
        "a then community add C",
        "a then local-preference 110",
        'a then as-path-prepend "64520 64520"',
        "a then next-hop self",
        "a then accept",
        "b then community set B",
        "c from protocol direct",
        "c from protocol bgp",
        "c then reject",
      ],
      ...communities,
    );
    assert.equal(
      all.map(({ at: _, ...term }) => term),
      [
        {
          match: {},
          communities: { remove: ["64520:1", "64520:2"], add: ["64520:3"] },
          localPreference: 110,
          prepend: 2,
          action: "accept",
        },
        { match: {}, communities: { set: ["64520:2"] }, action: "next" },
        { match: { origins: ["connected", "bgp", "vpn"] }, action: "reject" },
      ],
    );
  });

  test("refuses changes whose order would matter, and actions it does not model", () => {
    const communities = ["policy-options community A members 64520:1"];
    assert.match(
      refused(["t then community delete A", "t then community add A"], ...communities)[0] ?? "",
      /changed in two ways in one term$/,
    );
    for (const line of [
      "metric 10",
      "next policy",
      "local-preference add 10",
      'as-path-prepend "64520 64521"',
      "community append A",
      "next-hop 10.0.0.1",
      "default-action accept",
    ])
      assert.ok(refused([`t then ${line}`], ...communities).length > 0, line);
    assert.equal(refused(["t then accept", "t then reject"]), [
      `${PLAIN_LINES + 1}: t then | a term has two terminating actions`,
    ]);
    for (const line of ["as-path OWN", "neighbor 10.0.0.1", "policy OTHER", "protocol ospf", "rib inet.0", "metric 5"])
      assert.ok(refused([`t from ${line}`, "t then accept"]).length > 0, line);
  });

  test("puts what stands outside the terms last, whatever its place", () => {
    const lines = plainWith(
      "policy-options policy-statement Q then reject",
      "policy-options policy-statement Q term a from protocol static",
      "policy-options policy-statement Q term a then accept",
    ).replace("vrf-import NOTHING", "vrf-import Q");
    assert.equal(policyText(readbackOf(lines).tables[0]?.vpn?.import), [
      "{origins:[static],action:accept}",
      "{action:reject}",
    ]);
  });

  test("refuses a VPN policy that leaves routes undecided, and policies that are not there", () => {
    const open = plainWith(
      "policy-options policy-statement Q term a from protocol static",
      "policy-options policy-statement Q term a then accept",
    );
    assert.equal(refusalsOf(open.replace("vrf-export NOTHING", "vrf-export Q")), [
      "8: routing-instances corp vrf-export Q | no term decides of every route, and what becomes of the others is in doubt",
    ]);
    assert.equal(refusalsOf(PLAIN.replace("vrf-export NOTHING", "vrf-export GONE")), [
      "8: routing-instances corp vrf-export GONE | there is no such policy",
    ]);
  });

  test("takes a chain of policies as one, and `vrf-target` as both policies", () => {
    const chain = plainWith(
      "routing-instances corp vrf-import NOTHING",
      "policy-options policy-statement FIRST term a from protocol static",
      "policy-options policy-statement FIRST term a then accept",
    ).replace("vrf-import NOTHING", "vrf-import FIRST");
    assert.equal(policyText(readbackOf(chain).tables[0]?.vpn?.import), [
      "{origins:[static],action:accept}",
      "{action:reject}",
    ]);
    const target = PLAIN.split("\n")
      .filter((line) => !/vrf-(im|ex)port/.test(line))
      .join("\n");
    const [table] = readbackOf(`${target}set routing-instances corp vrf-target target:64520:10\n`).tables;
    assert.equal(policyText(table?.vpn?.import), ["{communities:[[target:64520:10]],action:accept}"]);
    assert.equal(policyText(table?.vpn?.export), ["{action:accept,communities:{add:[target:64520:10]}}"]);
  });
});
