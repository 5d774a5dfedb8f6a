/** What the reader makes of firewall filters, trap by trap (reference: verification.md 8.3, router-targets.md section 5). */
import type { AddressSet } from "../../../compiler/sets/address-set.js";
import type { ReadFilter, ReadRule, TransportMatch } from "../../../compiler/validate/readback.js";
import { assert, suite } from "../../support/harness.js";
import { filterLines, PLAIN_LINES, plainWith, readbackOf, refusalsOf } from "./readings.js";

const texts = (set: AddressSet): string => set.texts().join(" ");

/** The one filter of a router. */
function filterOf(family: "inet" | "inet6", terms: readonly string[], ...more: readonly string[]): ReadFilter {
  const [filter, second] = readbackOf(filterLines(family, terms, ...more)).filters;
  assert.ok(filter);
  assert.is(second, undefined);
  return filter;
}

/** A rule as one line: name, action, and each match as `source -> destination transports`. */
function ruleLine({ name, action, matches }: ReadRule): string {
  const all = matches.map(
    ({ source, destination, transports }) =>
      `${texts(source)} -> ${texts(destination)} ${transports.map(transportText).join(" or ")}`,
  );
  return `${name} ${action} ${all.join("; ") || "nothing"}`;
}

function transportText(transport: TransportMatch): string {
  return JSON.stringify(transport).replaceAll('"', "");
}

/** The rules of a filter of one term named `t`, without name and ends where those are everything. */
function only(filter: ReadFilter, bound: "rules" | "least" = "rules"): string {
  const rules = filter[bound] ?? filter.rules;
  assert.is(rules.length, 1);
  return rules.map(ruleLine).join("").replace("0.0.0.0/0 -> 0.0.0.0/0 ", "").replace("::/0 -> ::/0 ", "");
}

const refused = (family: "inet" | "inet6", terms: readonly string[], ...more: readonly string[]): readonly string[] =>
  refusalsOf(filterLines(family, terms, ...more));

/** Refusals of a filter's lines, with lines counted from the first of them. */
function refusedAt(family: "inet" | "inet6", ...terms: readonly string[]): readonly string[] {
  return refused(family, terms).map((text) =>
    text
      .replace(/^\d+/, (line) => String(Number(line) - PLAIN_LINES))
      .replace(/firewall family inet6? filter LAN term /, ""),
  );
}

suite("the reader of Junos on filters", (test) => {
  test("keeps terms in their order and discards what none matches", () => {
    const filter = filterOf("inet", ["b from protocol tcp", "b then accept", "a from protocol udp", "a then discard"]);
    assert.equal(
      filter.rules.map(({ name }) => name),
      ["b", "a"],
    );
    assert.is(filter.evaluation, "first-match");
    assert.is(filter.otherwise, "drop");
    assert.is(filter.state, "stateless");
    assert.is(filter.id, "routers/chi/firewall/inet/LAN");
    assert.equal(filter.at, { file: "routers/chi/junos.set", at: PLAIN_LINES + 1 });
    assert.equal(filter.rules[1]?.at, { file: "routers/chi/junos.set", at: PLAIN_LINES + 3 });
  });

  test("lets a term without `then` accept", () => {
    assert.is(only(filterOf("inet", ["t from protocol tcp"])), "t admit {protocols:[[6,6]]}");
  });

  test("lets a term accept that only counts and logs", () => {
    const filter = filterOf("inet", ["t from protocol 89", "t then count seen", "t then log", "t then syslog"]);
    assert.is(only(filter), "t admit {protocols:[[89,89]]}");
  });

  test("lets a term without `from` match every packet", () => {
    assert.is(only(filterOf("inet", ["t then discard"])), "t drop {}");
    assert.is(only(filterOf("inet6", ["t then accept"])), "t admit {}");
  });

  test("lets `next term` pass and `reject` drop", () => {
    const filter = filterOf("inet", ["a then next term", "b then reject"]);
    assert.equal(filter.rules.map(ruleLine), ["a pass 0.0.0.0/0 -> 0.0.0.0/0 {}", "b drop 0.0.0.0/0 -> 0.0.0.0/0 {}"]);
  });

  test("matches any of several addresses, and both sides together", () => {
    const filter = filterOf("inet", [
      "t from source-address 10.1.0.0/16",
      "t from source-address 10.3.0.7",
      "t from destination-address 10.2.0.0/24",
    ]);
    assert.is(only(filter), "t admit 10.1.0.0/16 10.3.0.7 -> 10.2.0.0/24 {}");
  });

  test("takes the longest of matched and excepted prefixes", () => {
    const filter = filterOf("inet", [
      "t from source-address 10.0.0.0/8",
      "t from source-address 10.1.0.0/16 except",
      "t from source-address 10.1.2.0/24",
      "t from source-address 10.1.2.9/32 except",
    ]);
    const rule = only(filter);
    assert.is(
      rule,
      "t admit 10.0.0.0/16 10.1.2.0..10.1.2.8 10.1.2.10..10.1.2.255 10.2.0.0..10.255.255.255 -> 0.0.0.0/0 {}",
    );
  });

  test("takes prefix lists and their exceptions with the written prefixes", () => {
    const lists = ["policy-options prefix-list OWN 10.11.0.0/24", "policy-options prefix-list OWN 10.12.0.0/24"];
    const plain = filterOf("inet", ["t from destination-prefix-list OWN"], ...lists);
    assert.is(only(plain), "t admit 0.0.0.0/0 -> 10.11.0.0/24 10.12.0.0/24 {}");
    const check = filterOf(
      "inet",
      ["t from source-address 0.0.0.0/0", "t from source-prefix-list OWN except", "t then discard"],
      ...lists,
    );
    const [rule] = check.rules;
    assert.is(
      texts(rule?.matches[0]?.source as AddressSet),
      "0.0.0.0..10.10.255.255 10.11.1.0..10.11.255.255 10.12.1.0..255.255.255.255",
    );
  });

  test("lets an empty prefix list match nothing", () => {
    const filter = filterOf("inet", ["t from source-prefix-list NONE"], "policy-options prefix-list NONE");
    assert.is(only(filter), "t admit nothing");
  });

  test("refuses a prefix list that does not exist", () => {
    assert.equal(refusedAt("inet", "t from source-prefix-list NONE"), [
      "1: t from source-prefix-list NONE | there is no such prefix list",
    ]);
  });

  test("refuses a list of exceptions without what they are taken from", () => {
    assert.equal(refusedAt("inet", "t from source-address 10.1.0.0/16 except"), [
      "1: t from source-address 10.1.0.0/16 | exceptions alone do not say what is matched",
    ]);
  });

  test("refuses a prefix that is both matched and excepted", () => {
    const lines = ["t from source-address 10.1.0.0/16", "t from source-prefix-list OWN except"];
    assert.equal(refused("inet", lines, "policy-options prefix-list OWN 10.1.0.0/16"), [
      `${PLAIN_LINES + 2}: firewall family inet filter LAN term t from source-prefix-list OWN | a prefix is both matched and excepted`,
    ]);
  });

  test("refuses set host bits and addresses of the other family", () => {
    assert.equal(refusedAt("inet", "t from source-address 10.1.0.1/16"), [
      "1: t from source-address 10.1.0.1/16 | it has host bits; 10.1.0.0/16 has none",
    ]);
    assert.equal(refusedAt("inet6", "t from source-address 10.1.0.0/16"), [
      "1: t from source-address 10.1.0.0/16 | it is of the other family",
    ]);
    assert.equal(
      refused("inet6", ["t from source-prefix-list OWN"], "policy-options prefix-list OWN 10.1.0.0/16").length,
      1,
    );
  });

  test("bounds what a condition on ports does to later fragments, whose bytes platforms may compare", () => {
    const filter = filterOf("inet", [
      "t from protocol tcp",
      "t from destination-port 443",
      "t from destination-port 8080-8090",
    ]);
    const head = "{protocols:[[6,6]],destinationPorts:[[443,443],[8080,8090]],fragments:[whole,first]}";
    assert.is(only(filter), `t admit ${head} or {protocols:[[6,6]],fragments:[later]}`);
    assert.is(only(filter, "least"), `t admit ${head}`);
  });

  test("turns those bounds round where the term drops", () => {
    const filter = filterOf("inet", ["t from protocol udp", "t from source-port 53", "t then discard"]);
    const head = "{protocols:[[17,17]],sourcePorts:[[53,53]],fragments:[whole,first]}";
    assert.is(only(filter), `t drop ${head}`);
    assert.is(only(filter, "least"), `t drop ${head} or {protocols:[[17,17]],fragments:[later]}`);
  });

  test("says the same in one bound where platforms agree", () => {
    const lines = ["t from protocol tcp", "t from destination-port 443", "t from fragment-offset 0"];
    const filter = filterOf("inet", lines);
    assert.is(only(filter), "t admit {protocols:[[6,6]],destinationPorts:[[443,443]],fragments:[whole,first]}");
    assert.is(filter.least, undefined);
  });

  test("takes `port` as the source's or the destination's", () => {
    const filter = filterOf("inet", ["t from protocol tcp", "t from port 179", "t from fragment-offset 0"]);
    assert.is(
      only(filter),
      "t admit {protocols:[[6,6]],sourcePorts:[[179,179]],fragments:[whole,first]} or {protocols:[[6,6]],destinationPorts:[[179,179]],fragments:[whole,first]}",
    );
  });

  test("refuses ports, types and flags without their protocol, where Junos compares raw bytes", () => {
    const why = "but the protocol is not named";
    for (const [family, ...lines] of [
      ["inet", "t from destination-port 443"],
      ["inet", "t from protocol-except udp", "t from destination-port 443"],
      ["inet", "t from protocol icmp", "t from port 1"],
      ["inet", "t from icmp-type 8"],
      ["inet", "t from protocol 58", "t from icmp-type 128"],
      ["inet", "t from protocol tcp", "t from protocol icmp", "t from icmp-type 8"],
      ["inet6", "t from payload-protocol icmp", "t from icmp-type 8"],
      ["inet", "t from tcp-established"],
      ["inet", "t from protocol tcp", "t from protocol udp", "t from tcp-established"],
    ] as const) {
      const [found, more] = refusedAt(family, ...lines);
      assert.ok(found?.includes(why), `${lines}: ${found}`);
      assert.ok(found?.startsWith("1: t from | "), found);
      assert.is(more, undefined);
    }
  });

  test("takes ports of TCP and UDP together", () => {
    const filter = filterOf("inet", [
      "t from protocol tcp",
      "t from protocol udp",
      "t from destination-port 53",
      "t from fragment-offset 0",
    ]);
    assert.is(only(filter), "t admit {protocols:[[6,6],[17,17]],destinationPorts:[[53,53]],fragments:[whole,first]}");
  });

  test("takes `tcp-established` as ACK or RST of TCP", () => {
    const filter = filterOf("inet", ["t from protocol tcp", "t from tcp-established", "t from fragment-offset 0"]);
    assert.is(only(filter), "t admit {protocols:[[6,6]],established:true,fragments:[whole,first]}");
  });

  test("takes types and codes of ICMP of the filter's family", () => {
    const four = filterOf("inet", [
      "t from protocol icmp",
      "t from icmp-type 3",
      "t from icmp-code 4",
      "t from fragment-offset 0",
    ]);
    assert.is(only(four), "t admit {protocols:[[1,1]],types:[[3,3]],codes:[[4,4]],fragments:[whole,first]}");
    const six = filterOf("inet6", ["t from payload-protocol icmp6", "t from icmp-type 133-136"]);
    assert.is(only(six, "least"), "t admit {protocols:[[58,58]],types:[[133,136]],fragments:[whole,first]}");
    assert.equal(refusedAt("inet", "t from protocol icmp", "t from icmp-code 4"), [
      "1: t from | a code of ICMP is matched without its type",
    ]);
  });

  test("tells offsets from fragments: 0 begins a packet, everything else continues one", () => {
    const kinds = (...lines: readonly string[]) => {
      const filter = filterOf("inet", lines);
      return [only(filter), only(filter, "least")];
    };
    assert.equal(kinds("t from fragment-offset 0"), [
      "t admit {fragments:[whole,first]}",
      "t admit {fragments:[whole,first]}",
    ]);
    assert.equal(kinds("t from fragment-offset 1-8191"), [
      "t admit {fragments:[later]}",
      "t admit {fragments:[later]}",
    ]);
    assert.equal(kinds("t from fragment-offset-except 0"), [
      "t admit {fragments:[later]}",
      "t admit {fragments:[later]}",
    ]);
    assert.equal(kinds("t from fragment-offset 1-6"), ["t admit {fragments:[later]}", "t admit nothing"]);
    assert.equal(kinds("t from fragment-offset 0-8191"), ["t admit {}", "t admit {}"]);
    assert.equal(kinds("t from is-fragment"), ["t admit {fragments:[first,later]}", "t admit {fragments:[later]}"]);
    assert.equal(kinds("t from first-fragment"), ["t admit {fragments:[whole,first]}", "t admit {fragments:[first]}"]);
  });

  test("knows fragments of IPv6 by two conditions, and refuses offsets there", () => {
    assert.is(only(filterOf("inet6", ["t from first-fragment"])), "t admit {fragments:[first]}");
    assert.is(only(filterOf("inet6", ["t from is-fragment"]), "least"), "t admit {fragments:[later]}");
    assert.equal(refusedAt("inet6", "t from fragment-offset 0"), [
      "1: t from fragment-offset | the statement is not modelled",
    ]);
  });

  test("matches the protocol behind extension headers, and refuses what sees the first header only", () => {
    assert.is(only(filterOf("inet6", ["t from payload-protocol-except tcp"])), "t admit {protocols:[[0,5],[7,255]]}");
    assert.equal(refusedAt("inet6", "t from next-header tcp"), [
      "1: t from next-header | it sees the first header only, behind which extension headers hide the protocol",
    ]);
    assert.equal(refusedAt("inet6", "t from protocol tcp"), ["1: t from protocol | the statement is not modelled"]);
  });

  test("takes TTL and hop limit, each in its family", () => {
    assert.is(only(filterOf("inet", ["t from ttl 255"])), "t admit {ttl:[[255,255]]}");
    assert.is(only(filterOf("inet6", ["t from hop-limit 1-64"])), "t admit {ttl:[[1,64]]}");
    assert.equal(refusedAt("inet", "t from hop-limit 255"), ["1: t from hop-limit | the statement is not modelled"]);
  });

  test("refuses policers, jumps and every other statement it does not model", () => {
    for (const line of [
      "t then policer SLOW",
      "t then routing-instance pci",
      "t then accept now",
      "t from dscp ef",
      "t from tcp-flags syn",
      "t from source-mac-address 00:00:00:00:00:01",
      "t from interface xe-0/0/1.100",
      "t filter OTHER",
    ])
      assert.match(refusedAt("inet", line)[0] ?? "", / \| the statement is not modelled$/);
    assert.equal(refusedAt("inet", "t then accept", "t then discard"), [
      "1: t then | a term has two terminating actions",
    ]);
    assert.equal(refusedAt("inet", "t then next filter").length, 2);
  });

  test("refuses numbers out of range and ranges turned round", () => {
    for (const line of ["t from protocol 256", "t from protocol xyz", "t from ttl 9-4", "t from fragment-offset 8192"])
      assert.match(refusedAt("inet", line)[0] ?? "", / \| it is no number or range from 0 to \d+$/);
    assert.match(
      refusedAt("inet", "t from protocol tcp", "t from destination-port 70000")[0] ?? "",
      /^2: t from destination-port 70000 /,
    );
  });

  test("refuses conditions without a value and a filter without terms", () => {
    assert.equal(refusedAt("inet", "t from protocol"), ["1: t from protocol | it has no value"]);
    assert.equal(refusalsOf(plainWith("firewall family inet filter LAN interface-specific")), [
      `${PLAIN_LINES + 1}: firewall family inet filter LAN | a filter has no terms`,
    ]);
  });

  test("binds filters by direction and family, and shows a family without one as unbound", () => {
    const { bindings, interfaces } = readbackOf(
      filterLines(
        "inet",
        ["t then accept"],
        "interfaces xe-0/0/1 unit 100 family inet filter input LAN",
        "interfaces xe-0/0/1 unit 100 family inet filter output LAN",
        "interfaces xe-0/0/1 unit 100 family inet6",
      ),
    );
    assert.equal(
      bindings.map(({ filters, direction, families, where }) => ({ filters, direction, families, where })),
      (["in", "out"] as const).map((direction) => ({
        filters: ["routers/chi/firewall/inet/LAN"],
        direction,
        families: [4 as const],
        where: { kind: "interface" as const, interface: "routers/chi/interface/xe-0/0/1.100" },
      })),
    );
    assert.equal(interfaces[0]?.families, [4, 6]);
  });

  test("runs the filters of an `input-list` as one chain with one discard at the end", () => {
    const { bindings, filters } = readbackOf(
      plainWith(
        "firewall family inet filter ONE term a from protocol tcp",
        "firewall family inet filter TWO term a from protocol udp",
        "interfaces xe-0/0/1 unit 100 family inet filter input-list ONE",
        "interfaces xe-0/0/1 unit 100 family inet filter input-list TWO",
      ),
    );
    const chain = filters.find(({ id }) => id === bindings[0]?.filters[0]);
    assert.equal(chain?.rules.map(ruleLine), [
      "ONE/a admit 0.0.0.0/0 -> 0.0.0.0/0 {protocols:[[6,6]]}",
      "TWO/a admit 0.0.0.0/0 -> 0.0.0.0/0 {protocols:[[17,17]]}",
    ]);
    assert.is(bindings.length, 1);
  });

  test("refuses a filter of the other family, one that does not exist, and two ways of binding", () => {
    const bind = "interfaces xe-0/0/1 unit 100 family inet filter";
    assert.equal(refused("inet6", ["t then accept"], `${bind} input LAN`), [
      `${PLAIN_LINES + 2}: ${bind} input LAN | there is no such filter of family \`inet\``,
    ]);
    assert.equal(refused("inet", ["t then accept"], `${bind} input LAN`, `${bind} input-list LAN`), [
      `${PLAIN_LINES + 3}: ${bind} input-list | a filter and a list of filters are bound at once`,
    ]);
    assert.equal(refused("inet", ["t then accept"], `${bind} input LAN`, `${bind} input OTHER`), [
      `${PLAIN_LINES + 3}: ${bind} input OTHER | it has two values`,
    ]);
  });
});
