/**
 * The soundness faults of other policy compilers (P1 to P13), down to the files: for the same intent either nothing comes of a
 * package, by the name of the finding, or its files are read back and each packet is judged by their rules alone.
 */
import { checkProject, type Project } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import type { Readback } from "../../../compiler/validate/readback.js";
import { registry } from "../../../targets/registry.js";
import { addressOf } from "../../support/designs.js";
import { TODAY } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import type { Packet } from "../../support/oracle/junos/device.js";
import { admits } from "../../support/oracle/readback.js";

const slow = { timeout: 120_000 };

/** Acme's shop, once on routers and once on AWS: desks, a lab of one family each, servers of both. */
const ESTATE = `
estate acme { asn = 64520  owner = "net@acme.example" }
segment prod { owner = "net@acme.example" }
router chi { os = junos  loopback = 192.0.2.1 }
network desks in prod at chi { cidr = [10.1.0.0/24, 2001:db8:1::/64]  interface = "xe-0/0/1" }
network lab in prod at chi { cidr = 10.3.0.0/24  interface = "xe-0/0/3" }
network lab6 in prod at chi { cidr = 2001:db8:3::/64  interface = "xe-0/0/4" }
network shelf in prod at chi {
  cidr = [10.2.0.0/24, 2001:db8:2::/64]
  interface = "xe-0/0/2"
  host orders { address = 10.2.0.9 }
}
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601  ipv6-pool = "ipam-pool-0a1b2c3d" }
network shop in prod at use1 {
  cidr = [10.20.0.0/16, 2001:db8:20::/56]
  subnet web { cidr = [10.20.1.0/24, 2001:db8:20:1::/64]  zone = "a" }
  subnet db { cidr = [10.20.2.0/24, 2001:db8:20:2::/64]  zone = "b" }
}
`;

function judge(statement: string): Promise<Project> {
  const host = memoryHost({ "main.demarc": `${ESTATE}${statement}\n` });
  return checkProject({ host, path: "", directory: "", today: TODAY, registry, purpose: "check" });
}

/** The names of the errors; nothing was made for any target. */
async function refused(statement: string): Promise<readonly string[]> {
  const { diagnostics, failed, validation, outputs } = await judge(statement);
  assert.ok(failed, statement);
  assert.is(validation, undefined);
  assert.is(outputs.size, 0);
  return diagnostics.filter((one) => one.severity === "error").map((one) => one.name);
}

/** What the files of a target do, where all is as meant. */
async function readBack(statement: string, target: "aws" | "junos"): Promise<Readback> {
  const project = await judge(statement);
  assert.equal(
    project.diagnostics.filter((one) => one.severity === "error").map((one) => one.message),
    [],
  );
  assert.is(project.validation?.proved, true);
  const files = project.outputs.get(target)?.artefacts ?? [];
  const result = registry.targets.find((one) => one.name === target)?.read?.(files);
  assert.ok(result);
  assert.equal(result.refusals, []);
  return result.readback;
}

function packet(source: string, destination: string, more: Partial<Packet>): Packet {
  const [from, to] = [addressOf(source), addressOf(destination)];
  const rest = { protocol: 6, sourcePort: 50_000, destinationPort: 0, type: 0, code: 0, established: false };
  return {
    family: from.family,
    source: from.value,
    destination: to.value,
    ...rest,
    ttl: 64,
    offset: 0,
    more: false,
    ...more,
  };
}

/**
 * True where some filter of the files lets a packet in; only one of those where it belongs can, by its addresses. At AWS groups
 * decide: the open network ACL before them is no filter of ours.
 */
function passes({ target, filters }: Readback, source: string, destination: string, more: Partial<Packet>): boolean {
  const one = packet(source, destination, more);
  const deciding = filters.filter((filter) => target !== "aws" || filter.state === "stateful");
  return deciding.some((filter) => admits(filter, one));
}

const allow = (text: string): string => `policy trade { owner = "net@acme.example"  allow ${text} }`;
const ends = {
  junos: { from: "10.1.0.20", to: "10.2.0.9", sides: "desks -> shelf" },
  aws: { from: "10.20.1.20", to: "10.20.2.20", sides: "shop.web -> shop.db" },
} as const;

suite("the soundness faults of peers, down to the files", (test) => {
  test(
    "P1, P10, P13: an emptied side is an error; a difference on either side alone takes away exactly itself",
    async () => {
      for (const side of ["desks - desks", "desks - prod"]) {
        assert.equal(await refused(allow(`${side} -> shelf on tcp/443`)), ["empty-endpoints"]);
        assert.equal(await refused(allow(`shelf -> ${side} on tcp/443`)), ["empty-endpoints"]);
      }
      const far = await readBack(allow("desks -> shelf - shelf.orders on tcp/443"), "junos");
      const https = { destinationPort: 443 };
      assert.is(passes(far, "10.1.0.20", "10.2.0.8", https), true);
      assert.is(passes(far, "10.1.0.20", "10.2.0.9", https), false);
      const near = await readBack(allow("shelf - shelf.orders -> desks on tcp/443"), "junos");
      assert.is(passes(near, "10.2.0.8", "10.1.0.20", https), true);
      assert.is(passes(near, "10.2.0.9", "10.1.0.20", https), false);
    },
    slow,
  );

  test(
    "P2, P6: nothing is denied by a rule, so that no emptied or misplaced one can; `never` and `always` refuse an emptied side",
    async () => {
      assert.equal(await refused("policy trade { deny desks -> shelf on tcp/22 }"), ["no-refusal"]);
      assert.equal(await refused("never desks - desks -> shelf on tcp/22"), ["empty-endpoints"]);
      assert.equal(await refused("always desks - desks -> shelf on tcp/22"), ["empty-endpoints"]);
      const rules = ["allow lab -> shelf.orders on tcp/443", "allow desks + lab -> shelf.orders on tcp/22"];
      const orders = [rules, [...rules].reverse()].map((list) =>
        readBack(`policy trade { ${list.join("\n")} }`, "junos"),
      );
      const [one, other] = await Promise.all(orders);
      assert.equal(one?.filters, other?.filters);
    },
    slow,
  );

  test(
    "P3: a rule holds in the families that both sides have, and the other is never opened",
    async () => {
      const read = await readBack(allow("lab6 -> shelf on tcp/443"), "junos");
      const https = { destinationPort: 443 };
      assert.is(passes(read, "2001:db8:3::20", "2001:db8:2::9", https), true);
      assert.is(passes(read, "2001:db8:1::20", "2001:db8:2::9", https), false);
      for (const source of ["10.1.0.20", "10.3.0.20"]) assert.is(passes(read, source, "10.2.0.9", https), false);
    },
    slow,
  );

  test("P4, P8: sides or a service without a common family are an error", async () => {
    assert.equal(await refused(allow("lab -> lab6 on tcp/443")), ["no-flow"]);
    assert.equal(await refused(allow("lab6 -> shelf on icmp")), ["no-flow"]);
    assert.equal(await refused(allow("lab -> shelf on icmpv6")), ["no-flow"]);
  });

  for (const target of ["junos", "aws"] as const) {
    const { from, to, sides } = ends[target];
    test(
      `P5: ports are not crossed with protocols by ${target}`,
      async () => {
        const read = await readBack(allow(`${sides} on [tcp/10123, udp/10456]`), target);
        const opens = (protocol: number, destinationPort: number) =>
          passes(read, from, to, { protocol, destinationPort });
        assert.equal(
          [opens(6, 10_123), opens(17, 10_456), opens(17, 10_123), opens(6, 10_456)],
          [true, true, false, false],
        );
      },
      slow,
    );

    test(
      `P11: a protocol without ports is that one with every port, and no other, by ${target}`,
      async () => {
        const read = await readBack(allow(`${sides} on tcp`), target);
        for (const destinationPort of [0, 1, 65_535]) assert.is(passes(read, from, to, { destinationPort }), true);
        for (const protocol of [1, 17, 47, 132]) assert.is(passes(read, from, to, { protocol }), false);
      },
      slow,
    );

    test(
      `P9: touching and repeated parts make no rule twice, by ${target}`,
      async () => {
        const twice = await readBack(allow(`${sides} on [tcp/10-20, tcp/20-30, tcp/10-30]`), target);
        const once = await readBack(allow(`${sides} on tcp/10-30`), target);
        const counts = ({ filters }: Readback) => filters.map((one) => one.rules.length);
        assert.equal(counts(twice), counts(once));
      },
      slow,
    );
  }

  test(
    "P7: replies come from the service's port, of TCP with ACK or RST; a group keeps state and opens nothing for them",
    async () => {
      const read = await readBack(allow("desks -> shelf on tcp/443"), "junos");
      const reply = (more: Partial<Packet>) => passes(read, "10.2.0.9", "10.1.0.20", more);
      assert.is(reply({ sourcePort: 443, destinationPort: 50_000, established: true }), true);
      assert.is(reply({ sourcePort: 443, destinationPort: 22, established: false }), false);
      assert.is(reply({ sourcePort: 8443, destinationPort: 50_000, established: true }), false);
      assert.is(reply({ protocol: 17, sourcePort: 443, destinationPort: 50_000 }), false);
      const cloud = await readBack(allow("shop.web -> shop.db on tcp/443"), "aws");
      const back = { sourcePort: 443, destinationPort: 50_000, established: true };
      assert.is(passes(cloud, "10.20.2.20", "10.20.1.20", back), false);
    },
    slow,
  );

  test(
    "P12: an expired rule is an error and opens nothing",
    async () => {
      assert.equal(await refused(allow("lab -> shelf on tcp/22 until 2026-01-01")), ["expired"]);
    },
    slow,
  );

  test("what peers take without a word is an error with its place", async () => {
    assert.equal(await refused(allow("lab -> shelf on tcp/99999")), ["out-of-range"]);
    assert.equal(await refused(allow("lab -> shelf on tcp/20-10")), ["range-reversed"]);
    assert.equal(await refused(allow("-> shelf on tcp/22")), ["unexpected"]);
    const circle = `service tills = [registers]\nservice registers = [tills]\n${allow("lab -> shelf on tills")}`;
    assert.equal(await refused(circle), ["recursive-definition"]);
  });

  test(
    "a shaded rule is a warning that names its causes together, and files are made",
    async () => {
      const both =
        "allow desks -> shelf on tcp/1-500\nallow desks -> shelf on tcp/501-1000\nallow desks -> shelf on tcp/400-600";
      const { diagnostics, failed, validation } = await judge(`policy trade { owner = "net@acme.example"  ${both} }`);
      assert.is(failed, false);
      assert.is(validation?.proved, true);
      const [first] = diagnostics.filter((one) => one.name === "redundant-rule");
      assert.is(first?.severity, "warning");
      assert.is(first?.related.length, 2);
    },
    slow,
  );
});
