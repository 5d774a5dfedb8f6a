/** Security groups: what they admit is what the design's points hold, group by group and address by address. */
import fc from "fast-check";
import type { Design } from "../../../compiler/design/design.js";
import { type Service, ServiceSet, slotMeaning } from "../../../compiler/sets/service-set.js";
import { type Address, formatAddress } from "../../../grammar/address.js";
import { descriptionText } from "../../../targets/aws/text.js";
import * as make from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import { admits, compileAws, type Emitted, type Probe, readEmitted } from "./judge.js";

/** Places of a small estate: whole subnets, declared hosts, and what lies beyond the cloud. */
const locals: readonly string[] = [
  "10.20.1.0/24",
  "2001:db8:20:1::/64",
  "10.20.1.9",
  "10.20.1.17",
  "2001:db8:20:1::9",
  "10.20.2.0/24",
];
const remotes: readonly string[] = ["10.1.0.0/24", "10.1.0.5", "10.2.0.0/15", "2001:db8:1::/48", "192.0.2.128/25"];

const services: readonly ServiceSet[] = [
  ServiceSet.any,
  ServiceSet.ports("tcp", 443),
  ServiceSet.ports("tcp", 440, 450).union(ServiceSet.ports("udp", 53)),
  ServiceSet.protocol(6),
  ServiceSet.protocol(50),
  ServiceSet.icmp(4, 3, 4),
  ServiceSet.icmp(4, 8).union(ServiceSet.icmp(6, 128)),
  ServiceSet.protocol(1),
  ServiceSet.any.subtract(ServiceSet.ports("tcp", 22)),
];

const shop = make.network(
  "shop",
  "prod",
  "use1",
  ["10.20.0.0/16", "2001:db8:20::/48"],
  [
    make.subnet("shop.db", "10.20.2.0/24", { zone: make.located("a") }),
    make.subnet("shop.web", ["10.20.1.0/24", "2001:db8:20:1::/64"], {
      zone: make.located("a"),
      hosts: [make.host("shop.web.orders", "10.20.1.9", "2001:db8:20:1::9"), make.host("shop.web.stock", "10.20.1.17")],
    }),
  ],
);

function shopWith(flows: readonly make.Flow[]): Design {
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [make.awsCloud("use1", { ipv6Pool: make.located("ipam-pool-0a1b2c3d") })],
      networks: [shop],
    }),
    instances: [make.instance("prod", { kind: "cloud", name: "use1" }, [])],
    points: make.subnetPoints(shop, flows),
  });
}

const side = fc.subarray([...locals, ...remotes], { minLength: 1, maxLength: 3 });
const flow = fc.record({
  rule: fc.integer({ min: 0, max: 0xffff }).map((n) => `shop-${n.toString(16).padStart(8, "0")}`),
  source: side.map((list) => make.addresses(...list)),
  destination: side.map((list) => make.addresses(...list)),
  service: fc.constantFrom(...services),
});

/** Which group an address takes: its host's, else its subnet's. */
const holders: readonly (readonly [string, string])[] = [
  ["10.20.1.9", "shop.web.orders"],
  ["2001:db8:20:1::9", "shop.web.orders"],
  ["10.20.1.17", "shop.web.stock"],
  ["10.20.1.16", "shop.web"],
  ["10.20.1.200", "shop.web"],
  ["2001:db8:20:1::a", "shop.web"],
  ["10.20.2.7", "shop.db"],
];

const probes: readonly Service[] = [
  { protocol: 6, slot: 443 },
  { protocol: 6, slot: 22 },
  { protocol: 6, slot: 450 },
  { protocol: 6, slot: 451 },
  { protocol: 17, slot: 53 },
  { protocol: 50, slot: 0 },
  { protocol: 1, slot: 3 * 256 + 4 },
  { protocol: 1, slot: 3 * 256 + 3 },
  { protocol: 1, slot: 8 * 256 },
  { protocol: 58, slot: 128 * 256 },
];

function probeOf(remote: Address, service: Service): Probe {
  const base = { remote: formatAddress(remote), protocol: service.protocol };
  if (slotMeaning(service.protocol) === "port") return { ...base, port: service.slot };
  if (slotMeaning(service.protocol) === "icmp") return { ...base, icmp: [service.slot >> 8, service.slot & 255] };
  return base;
}

/** Addresses at and beside the edges of every side. */
const far: readonly Address[] = [
  ...holders.map(([address]) => address),
  "10.1.0.0",
  "10.1.0.4",
  "10.1.0.5",
  "10.1.0.255",
  "10.1.1.0",
  "10.3.255.255",
  "10.4.0.0",
  "192.0.2.127",
  "192.0.2.255",
  "2001:db8:1::",
  "2001:db8:2::1",
].map(make.addressOf);

suite("security groups", (test) => {
  test(
    "admit exactly the entries of their subnet's points",
    () => {
      fc.assert(
        fc.property(fc.array(flow, { maxLength: 5 }), (flows) => {
          const design = shopWith(flows);
          const { output, findings } = compileAws(design, {
            accept: [],
            limits: [{ target: "aws", limit: "rules-per-security-group", value: 1000 }],
            targets: new Map(),
          });
          // Rules with many gaps outgrow a group; what is emitted is exact all the same.
          assert.equal(
            findings.filter((one) => one.code !== "DMC4002"),
            [],
          );
          const emitted = readEmitted(output);
          for (const [address, path] of holders) {
            const own = make.addressOf(address);
            for (const remote of far.filter((one) => one.family === own.family)) {
              for (const service of probes) {
                if (service.protocol === (own.family === 4 ? 58 : 1)) continue;
                for (const direction of ["in", "out"] as const)
                  compare(emitted, design, { own, path, remote, service, direction });
              }
            }
          }
        }),
        { numRuns: 30 },
      );
    },
    { timeout: 120_000 },
  );

  test("of hosts exist only where their rules differ", () => {
    const { output } = compileAws(
      shopWith([
        {
          rule: "shop-00000001",
          source: make.addresses("10.1.0.0/24"),
          destination: make.addresses("10.20.1.0/24"),
          service: ServiceSet.ports("tcp", 443),
        },
        {
          rule: "shop-00000002",
          source: make.addresses("10.1.0.0/24"),
          destination: make.addresses("10.20.1.17"),
          service: ServiceSet.ports("tcp", 22),
        },
      ]),
    );
    const { groupIds, blocks } = readEmitted(output);
    assert.equal([...(blocks.get("aws_security_group")?.keys() ?? [])].sort(), [
      "shop--db",
      "shop--web",
      "shop--web--stock",
    ]);
    assert.is(groupIds.get("shop.web.orders"), groupIds.get("shop.web"));
    assert.match(groupIds.get("shop.web.stock") ?? "", "aws_security_group.shop--web--stock.id");
  });

  test("hold an equal rule once, under the ids of both of its sources", () => {
    const both = ["shop-00000001", "shop-00000002"].map((rule) => ({
      rule,
      source: make.addresses("10.1.0.0/24"),
      destination: make.addresses("10.20.2.0/24"),
      service: ServiceSet.ports("tcp", 5432),
    }));
    const { output } = compileAws(shopWith(both));
    const rules = readEmitted(output).blocks.get("aws_vpc_security_group_ingress_rule");
    assert.equal([...(rules?.keys() ?? [])], ["shop--db--tcp-5432--10-1-0-0-24"]);
    assert.is(rules?.get("shop--db--tcp-5432--10-1-0-0-24")?.description, "shop-00000001, shop-00000002");
    const told = output.provenance.filter(({ at }) => String(at).endsWith("shop--db--tcp-5432--10-1-0-0-24"));
    assert.equal(told.map(({ id }) => id).sort(), ["shop-00000001", "shop-00000002"]);
  });

  test("are described in the alphabet of AWS", () => {
    assert.is(
      descriptionText('a <-> b -> c where tier = "web" on tcp/443'),
      "a both ways with b to c where tier = web on tcp/443",
    );
    assert.is(descriptionText("naïve < café"), "na_ve _ caf_");
    assert.is(descriptionText("x".repeat(300)).length, 255);
  });

  test("change only by the lines of an added rule", () => {
    const base: make.Flow = {
      rule: "shop-0000000b",
      source: make.addresses("10.1.0.0/24"),
      destination: make.addresses("10.20.2.0/24"),
      service: ServiceSet.ports("tcp", 5432),
    };
    const added: make.Flow = { ...base, rule: "shop-0000000a", service: ServiceSet.ports("tcp", 22) };
    const textOf = (flows: readonly make.Flow[]): readonly string[] =>
      compileAws(shopWith(flows)).output.artefacts.flatMap(({ path, text }) =>
        text.split("\n").map((line) => `${path} ${line}`),
      );
    const before = new Set(textOf([base]));
    const lost = [...before].filter((line) => !new Set(textOf([added, base])).has(line));
    assert.equal(lost, []);
  });
});

interface Question {
  readonly own: Address;
  readonly path: string;
  readonly remote: Address;
  readonly service: Service;
  readonly direction: "in" | "out";
}

function compare(emitted: Emitted, design: Design, question: Question): void {
  const { own, path, remote, service, direction } = question;
  const subnet = path.split(".").slice(0, 2).join(".");
  const point = design.points.find(({ id }) => id === `${subnet}/${direction}`);
  const expected = (point?.entries ?? []).some((entry) => {
    const [here, there] = direction === "in" ? [entry.destination, entry.source] : [entry.source, entry.destination];
    return here.contains(own) && there.contains(remote) && entry.service.contains(service);
  });
  const actual = admits(emitted, path, direction, probeOf(remote, service));
  const what = `${formatAddress(own)} of ${path}, ${direction}, ${formatAddress(remote)}, ${service.protocol}/${service.slot}`;
  assert.is(actual, expected, what);
}
