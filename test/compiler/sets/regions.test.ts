/** Regions, projections, counts of pairs and picked flows. */
import fc from "fast-check";
import { type AddressSet, compareAddressSets } from "../../../compiler/sets/address-set.js";
import type { Flow, FlowSet, Region } from "../../../compiler/sets/engine.js";
import { compareServiceSets, ServiceSet } from "../../../compiler/sets/service-set.js";
import { SpaceBuilder } from "../../../compiler/sets/space-builder.js";
import { formatAddress } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";
import { addresses, shown } from "./estate.js";
import { ADDRESSES, addressesOf, build, openSpace, pick, pointsOf, servicesOf, sizeOf, terms } from "./universe.js";

const RUNS = { numRuns: 150 };
const SIDES = ["source", "destination", "service"] as const;
const keys = (region: Region): string => SIDES.map((side) => region[side].key()).join(";");

/** True where a point of the oracle goes from an address to itself and both blocks are that one address. */
const isSelf = (source: number, destination: number): boolean =>
  source === destination && pick(ADDRESSES, source).size === 1n;

const overlapping = (a: Region, b: Region): boolean =>
  a.source.overlaps(b.source) && a.destination.overlaps(b.destination) && a.service.overlaps(b.service);

suite("regions", (test) => {
  test("they are disjoint and together exactly the set", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const space = openSpace();
        const set = build(space, term);
        const regions = set.regions();
        const boxes = regions.map(({ source, destination, service }) => space.box(source, destination, service));
        assert.ok(space.unionAll(boxes).equals(set));
        assert.is(
          boxes.reduce((sum, box) => sum + box.count(), 0n),
          set.count(),
        );
        for (const [index, region] of regions.entries()) {
          assert.ok(regions.slice(index + 1).every((other) => !overlapping(region, other)));
          assert.is(region.source.families().length, 1);
          assert.equal(region.source.families(), region.destination.families());
        }
      }),
      RUNS,
    );
  });

  test("no two of them differ in one dimension only", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const regions = build(openSpace(), term).regions();
        for (const side of SIDES) {
          const others = regions.map((region) =>
            SIDES.filter((other) => other !== side)
              .map((other) => region[other].key())
              .join(";"),
          );
          assert.is(new Set(others).size, others.length);
        }
      }),
      RUNS,
    );
  });

  test("they stand in order of their sources, then their destinations, then their services", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const regions = build(openSpace(), term).regions();
        for (const [index, region] of regions.slice(1).entries()) {
          const before = pick(regions, index);
          const order =
            compareAddressSets(before.source, region.source) ||
            compareAddressSets(before.destination, region.destination) ||
            compareServiceSets(before.service, region.service);
          assert.ok(order < 0);
        }
      }),
      RUNS,
    );
  });

  test("the same set built otherwise has the same regions in the same order", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const space = openSpace();
        const set = build(space, term);
        const again = openSpace();
        const rebuilt = again.unionAll(
          [...set.regions()]
            .reverse()
            .map(({ source, destination, service }) => again.box(source, destination, service)),
        );
        assert.equal(rebuilt.regions().map(keys), set.regions().map(keys));
      }),
      RUNS,
    );
  });

  test("rules that share a side are one region", () => {
    const [web, app, db] = [addresses("10.20.1.0/24"), addresses("10.20.2.0/24"), addresses("10.30.1.0/24")];
    const https = ServiceSet.ports("tcp", 443);
    const sql = ServiceSet.ports("tcp", 5432);
    const space = new SpaceBuilder().addBox(web, app, https).addBox(db, db, sql).build();
    const set = space.unionAll([
      space.box(web, db, https),
      space.box(app, db, https),
      space.box(web, app, https),
      space.box(web, app, sql),
      space.box(app, db, sql),
    ]);
    assert.equal(shown(set.regions()), [
      "10.20.1.0/24 -> 10.20.2.0/24 on tcp/443, tcp/5432",
      "10.20.1.0/24 -> 10.30.1.0/24 on tcp/443",
      "10.20.2.0/24 -> 10.30.1.0/24 on tcp/443, tcp/5432",
    ]);
  });

  test("ports and ICMP of both families stay with their family", () => {
    const [old, young] = [addresses("10.20.1.0/24"), addresses("2001:db8:20::/64")];
    const both = old.union(young);
    const ping = ServiceSet.unionAll([ServiceSet.icmp(4, 8), ServiceSet.icmp(6, 128), ServiceSet.ports("tcp", 22)]);
    const space = new SpaceBuilder().addBox(both, both, ping).build();
    assert.equal(shown(space.box(both, both, ping).regions()), [
      "10.20.1.0/24 -> 10.20.1.0/24 on icmp/8, tcp/22",
      "2001:db8:20::/64 -> 2001:db8:20::/64 on tcp/22, icmpv6/128",
    ]);
    assert.ok(space.box(old, young, ping).isEmpty());
    assert.ok(space.box(young, young, ServiceSet.icmp(4, 8)).isEmpty());
  });

  test("with `distinct` a single address towards itself is left out", () => {
    const [host, peer] = [addresses("10.20.1.7/32"), addresses("10.20.1.8/32")];
    const ssh = ServiceSet.ports("tcp", 22);
    const space = new SpaceBuilder().addBox(host, peer, ssh).build();
    const itself = space.box(host, host, ssh);
    assert.equal(itself.regions({ distinct: true }), []);
    assert.equal(shown(itself.regions()), ["10.20.1.7/32 -> 10.20.1.7/32 on tcp/22"]);
    const both = space.box(host.union(peer), host, ssh);
    assert.equal(shown(both.regions({ distinct: true })), ["10.20.1.7/32, 10.20.1.8/32 -> 10.20.1.7/32 on tcp/22"]);
  });
});

suite("projections and pairs", (test) => {
  const union = <T extends AddressSet | ServiceSet>(
    make: (blocks: readonly number[]) => T,
    blocks: Iterable<number>,
  ): T => make([...new Set(blocks)]);

  test("sources, destinations and services are those of the points", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const set = build(openSpace(), term);
        const points = pointsOf(term);
        const [from, to, on] = [0, 1, 2].map((index) => points.map((point) => point[index] ?? 0));
        assert.is(set.sources().key(), union(addressesOf, from ?? []).key());
        assert.is(set.destinations().key(), union(addressesOf, to ?? []).key());
        assert.is(set.services().key(), union(servicesOf, on ?? []).key());
      }),
      RUNS,
    );
  });

  test("pairs count every pair once, and with `distinct` no address with itself", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const set = build(openSpace(), term);
        const pairs = new Map(pointsOf(term).map((point) => [`${point[0]} ${point[1]}`, point]));
        let [every, distinct] = [0n, 0n];
        for (const [source, destination] of pairs.values()) {
          const size = pick(ADDRESSES, source).size;
          every += size * pick(ADDRESSES, destination).size;
          if (source === destination) distinct -= size;
        }
        assert.is(set.pairs(), every);
        assert.is(set.pairs({ distinct: true }), every + distinct);
      }),
      RUNS,
    );
  });
});

suite("picked flows", (test) => {
  const same = (flow: Flow): boolean =>
    flow.source.family === flow.destination.family && flow.source.value === flow.destination.value;

  test("a pick is a member, and there is one exactly where the set has a flow", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const set = build(openSpace(), term);
        const flow = set.pick();
        assert.is(flow === undefined, pointsOf(term).length === 0);
        if (flow !== undefined) assert.ok(set.contains(flow));
      }),
      RUNS,
    );
  });

  test("a distinct pick goes between two addresses, and there is one exactly where the set has such a flow", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const set = build(openSpace(), term);
        const off = pointsOf(term).filter(([source, destination]) => !isSelf(source, destination));
        const flow = set.pickDistinct();
        assert.is(flow === undefined, off.length === 0);
        assert.is(set.onlyDiagonal(), off.length === 0);
        if (flow !== undefined) assert.ok(set.contains(flow) && !same(flow));
      }),
      RUNS,
    );
  });

  test("subset off the diagonal disregards an address towards itself", () => {
    fc.assert(
      fc.property(terms, terms, (left, right) => {
        const space = openSpace();
        const outside = new Set(pointsOf(right).map(String));
        const missing = pointsOf(left).filter((point) => !outside.has(String(point)) && !isSelf(point[0], point[1]));
        assert.is(build(space, left).subsetOf(build(space, right), { distinct: true }), missing.length === 0);
      }),
      RUNS,
    );
  });

  /** All hosts of two networks towards both, on tcp and DNS. */
  const estate = (): { readonly set: FlowSet; readonly web: AddressSet; readonly cards: AddressSet } => {
    const [web, cards] = [addresses("10.20.1.0/24"), addresses("10.30.1.0/24")];
    const on = ServiceSet.unionAll([ServiceSet.protocol(6), ServiceSet.ports("udp", 53)]);
    const space = new SpaceBuilder().addBox(web, cards, on).build();
    return { set: space.box(web, web.union(cards), on), web, cards };
  };
  const text = (flow: Flow | undefined): string =>
    flow === undefined
      ? "none"
      : `${formatAddress(flow.source)} -> ${formatAddress(flow.destination)} ${flow.protocol}/${flow.slot}`;

  test("without wishes it is the lowest flow on a plausible service", () => {
    const { set } = estate();
    assert.is(text(set.pick()), "10.20.1.0 -> 10.20.1.0 6/22");
    assert.is(text(set.pickDistinct()), "10.20.1.0 -> 10.20.1.1 6/22");
    assert.is(text(set.pick({ services: [] })), "10.20.1.0 -> 10.20.1.0 6/0");
  });

  test("wishes narrow in their order, and one that leaves nothing is ignored", () => {
    const { set, cards } = estate();
    const flow = set.pickDistinct({
      sources: [
        addresses("192.0.2.0/24"),
        addresses("10.20.1.4/30"),
        addresses("10.20.1.7/32"),
        addresses("10.20.1.0/24"),
      ],
      destinations: [cards, addresses("10.30.1.9/32"), addresses("10.20.1.9/32")],
      services: [ServiceSet.protocol(47), ServiceSet.protocol(17)],
    });
    assert.is(text(flow), "10.20.1.7 -> 10.30.1.9 17/53");
  });

  test("a wished destination equal to the source gives way", () => {
    const { set } = estate();
    const host = addresses("10.20.1.7/32");
    assert.is(text(set.pickDistinct({ sources: [host], destinations: [host] })), "10.20.1.7 -> 10.20.1.0 6/22");
  });

  test("a source that reaches only itself is passed over", () => {
    const [host, peer] = [addresses("10.20.1.7/32"), addresses("10.20.1.8/32")];
    const ssh = ServiceSet.ports("tcp", 22);
    const space = new SpaceBuilder().addBox(host, peer, ssh).build();
    const set = space.box(host, host, ssh).union(space.box(peer, host, ssh));
    assert.is(text(set.pickDistinct({ sources: [host] })), "10.20.1.8 -> 10.20.1.7 6/22");
    assert.is(text(space.box(host, host, ssh).pickDistinct()), "none");
  });

  test("the count of a set is that of its points", () => {
    fc.assert(
      fc.property(terms, (term) => {
        const sum = pointsOf(term).reduce((total, point) => total + sizeOf(point), 0n);
        assert.is(build(openSpace(), term).count(), sum);
      }),
      { numRuns: 30 },
    );
  });
});
