/** Numbers and choices that the lock file keeps: adding one thing never renumbers the rest; faulty files are refused. */
import { Allocator, emptyLock, type LockFile, printLock } from "../../../compiler/design/lock.js";
import { lockChanges, readLock } from "../../../compiler/design/lock-read.js";
import { formatInterfaceAddress } from "../../../grammar/address.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { SourceFile } from "../../../grammar/source.js";
import { headline, type Pipeline, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

const TO_TILLS = "share tills with prod  allow floor -> tills on tcp/443";

/** Reads a text as the lock; findings are `code words: message`. */
function read(text: string): { readonly lock: LockFile | undefined; readonly said: readonly string[] } {
  const diagnostics = new Diagnostics();
  const lock = readLock(new SourceFile("demarc.lock.json", text, "lock"), diagnostics);
  return { lock, said: diagnostics.sorted().map(headline) };
}

function pool(made: Pipeline, name: string): Readonly<Record<string, string | number>> {
  return made.lock.pools[name] ?? {};
}

suite("numbers of segments and of shares", (test) => {
  const DEV = 'network lab in dev at ash { cidr = 10.3.0.0/28  interface = "xe-0/0/3" }';
  const clashing = (text: string): Pipeline => {
    const held = pipeline(twoSegments(TO_TILLS, DEV)).lock;
    return pipeline(twoSegments(TO_TILLS, DEV).replace("segment dev {}", text), { lock: held });
  };

  test("an `id` that the lock holds for a share's route target is an error, and renumbers nothing", () => {
    const held = pipeline(twoSegments(TO_TILLS, DEV));
    const targets = pool(held, "share-target");
    assert.equal(Object.values(targets).sort(), [10_001, 10_002]);
    const made = clashing("segment dev { id = 10001 }");
    assert.ok(made.findings.map(headline).some((text) => text.startsWith("DMC3006")));
    assert.equal(pool(made, "share-target"), targets);
    // With a target of its own the segment's number is nobody else's.
    const apart = clashing('segment dev { id = 10001  rt = "64520:77" }');
    assert.equal(apart.findings.map(headline), []);
    assert.equal(pool(apart, "share-target"), targets);
  });

  test("a share takes no number that is a segment's, a segment none that is a share's", () => {
    const pinned = twoSegments(TO_TILLS, DEV).replace("segment dev {}", "segment dev { id = 10001 }");
    assert.equal(Object.values(pool(pipeline(pinned), "share-target")).sort(), [10_002, 10_003]);
    const written = twoSegments(TO_TILLS, DEV).replace("segment dev {}", 'segment dev { rt = "64520:10002" }');
    assert.equal(Object.values(pool(pipeline(written), "share-target")).sort(), [10_001, 10_003]);
    const lock: LockFile = { lockVersion: 1, pools: { "share-target": { "gone/a/b/shared": 1 } }, meetings: {} };
    const numbers = Object.values(pool(pipeline(twoSegments(TO_TILLS, DEV), { lock }), "segment"));
    assert.equal(numbers.sort(), [2, 3, 4]);
  });
});

suite("link addresses", (test) => {
  /** The blocks that are allocated beside a written pair for `pci`. */
  const beside = (pair: string): readonly string[] => {
    const text = twoSegments("allow floor -> shop.web on tcp/443  allow tills -> vault.cards on tcp/443");
    const made = pipeline(
      text
        .replace("asn = 64520", "asn = 64520  link-addresses = 192.168.0.0/24")
        .replace("carries pci { vlan = 102 }", `carries pci { vlan = 102  addresses = [${pair}] }`),
    );
    return Object.values(pool(made, "link-address-4")).map(String);
  };

  test("are never given out inside a written pair, whatever its length", () => {
    assert.equal(beside("192.168.0.0/31, 192.168.0.1/31"), ["192.168.0.4/30"]);
    assert.equal(beside("192.168.0.1/30, 192.168.0.2/30"), ["192.168.0.4/30"]);
    assert.equal(beside("192.168.0.1/29, 192.168.0.2/29"), ["192.168.0.8/30"]);
    assert.equal(beside("192.168.0.1/25, 192.168.0.2/25"), ["192.168.0.128/30"]);
  });
});

suite("allocation", (test) => {
  test("new keys take the lowest free value in order of their names", () => {
    const given = new Allocator(emptyLock).allocate({
      pool: "segment",
      keys: ["prod", "dev", "pci"],
      candidates: [1, 2, 3, 4],
    });
    assert.equal(
      [...given],
      [
        ["dev", 1],
        ["pci", 2],
        ["prod", 3],
      ],
    );
  });

  test("what the lock holds stays; a new key takes the gap, a gone one keeps its value", () => {
    const old: LockFile = { lockVersion: 1, pools: { segment: { prod: 4, gone: 1 } }, meetings: {} };
    const allocator = new Allocator(old);
    const given = allocator.allocate({ pool: "segment", keys: ["prod", "aaa"], candidates: [1, 2, 3, 4] });
    assert.equal(
      [...given],
      [
        ["aaa", 2],
        ["prod", 4],
      ],
    );
    assert.equal(allocator.finish(new Map(), false).pools, { segment: { prod: 4, gone: 1, aaa: 2 } });
    assert.equal(allocator.finish(new Map(), true).pools, { segment: { prod: 4, aaa: 2 } });
  });

  test("a pinned value wins, and who held it takes another", () => {
    const old: LockFile = { lockVersion: 1, pools: { segment: { dev: 1, prod: 2 } }, meetings: {} };
    const given = new Allocator(old).allocate({
      pool: "segment",
      keys: ["dev", "prod"],
      candidates: [1, 2, 3],
      pinned: new Map([["prod", 1]]),
    });
    assert.equal(
      [...given],
      [
        ["dev", 2],
        ["prod", 1],
      ],
    );
  });

  test("a key for which nothing is left is absent", () => {
    assert.equal(
      [...new Allocator(emptyLock).allocate({ pool: "vrrp", keys: ["a", "b"], candidates: [1] })],
      [["a", 1]],
    );
  });
});

suite("the lock of an estate", (test) => {
  test("adding a segment, a link and a share changes no number that was given", () => {
    const before = pipeline(twoSegments(TO_TILLS));
    const more = `
segment aaa {}
router abc { os = junos  loopback = 192.0.2.9 }
link a-port between use1 and abc { kind = direct-connect  interface = "xe-0/0/5"  carries prod { vlan = 7 }  carries aaa { vlan = 8 } }
network annex in aaa at use1 { cidr = 10.40.0.0/16  subnet a { cidr = 10.40.0.0/24 } }
network store in aaa at abc { cidr = 10.41.0.0/24  interface = "xe-0/0/6" }
policy aaa { share annex.a with prod  allow floor -> annex.a on tcp/443  allow store -> annex.a on tcp/443 }
`;
    const after = pipeline(twoSegments(TO_TILLS, more), { lock: before.lock });
    for (const [name, entries] of Object.entries(before.lock.pools)) {
      for (const [key, value] of Object.entries(entries))
        assert.is(after.lock.pools[name]?.[key], value, `${name} ${key}`);
    }
    assert.is(pool(after, "segment").aaa, 4);
    const again = pipeline(twoSegments(TO_TILLS), { lock: after.lock });
    assert.is(printLock(again.lock), printLock(after.lock), "removed entries stay");
    const pruned = pipeline(twoSegments(TO_TILLS), { lock: after.lock, prune: true });
    assert.is(printLock(pruned.lock), printLock(before.lock));
  });

  test("the same estate gives the same lock, and its own lock changes nothing", () => {
    const first = pipeline(twoSegments(TO_TILLS));
    assert.is(printLock(pipeline(twoSegments(TO_TILLS)).lock), printLock(first.lock));
    assert.is(printLock(pipeline(twoSegments(TO_TILLS), { lock: first.lock }).lock), printLock(first.lock));
  });

  test("an explicit `id` is the number of the VRF", () => {
    const source = twoSegments(TO_TILLS).replace("segment prod {}", "segment prod { id = 1 }");
    const { design } = pipeline(source);
    assert.equal(
      design.domains.map(({ domain, number, routeTarget }) => [domain, number, routeTarget]),
      [
        ["dev", 2, "64520:2"],
        ["pci", 3, "64520:3"],
        ["prod", 1, "64520:1"],
      ],
    );
  });

  test("ASNs are distinct from every one that is written", () => {
    const source = twoSegments(TO_TILLS).replace("asn = 64520 }", "asn = 64512 }");
    const { design } = pipeline(source);
    const all = [64512, ...design.cloudAsns.values()];
    assert.is(new Set(all).size, all.length);
    assert.equal([...design.gatewayAsns].sort(), [
      ["use1/pci", 64513],
      ["use1/prod", 64514],
    ]);
  });

  test("an estate has its own block of link addresses for each circuit, the first host to the first-named place", () => {
    const { design } = pipeline(twoSegments(TO_TILLS));
    const ends = design.circuits.map(({ id, addressing }) => [
      id,
      addressing.flatMap((one) => (one.kind === "provider" ? [] : one.ends.map(formatInterfaceAddress))),
    ]);
    assert.equal(ends, [
      ["dx/pci", ["169.254.0.5/30", "169.254.0.6/30"]],
      ["dx/prod", ["169.254.0.9/30", "169.254.0.10/30"]],
    ]);
  });
});

suite("reading the lock", (test) => {
  test("what is printed is read back", () => {
    const { lock } = pipeline(twoSegments(TO_TILLS));
    assert.equal(read(printLock(lock)), { lock: JSON.parse(printLock(lock)) as LockFile, said: [] });
  });

  test("a file that is no lock is refused", () => {
    for (const text of ["", "[]", "{", "{}", '{ "lockVersion": 2 }', '{ "lockVersion": 1, "pools": 3 }']) {
      const { lock, said } = read(text);
      assert.is(lock, undefined, text);
      assert.match(said[0] ?? "", "DMC3001", text);
    }
  });

  test("two keys with one number are an error at the second that says how to mend it", () => {
    const { lock, said } = read(
      '{ "lockVersion": 1, "pools": { "segment": { "dev": 1, "prod": 1 } }, "meetings": {} }',
    );
    assert.is(lock, undefined);
    assert.equal(said, ['DMC3002 `"prod"`: `dev` and `prod` both hold segment 1']);
  });

  test("one key twice is an error, in a pool, among the pools and among the meetings", () => {
    for (const text of [
      '{ "lockVersion": 1, "pools": { "segment": { "dev": 1, "dev": 2 } }, "meetings": {} }',
      '{ "lockVersion": 1, "pools": { "segment": { "dev": 1 }, "segment": { "dev": 2 } }, "meetings": {} }',
      '{ "lockVersion": 1, "pools": {}, "meetings": { "a b": "core/ash", "a b": "core/chi" } }',
    ]) {
      assert.is(read(text).lock, undefined, text);
    }
  });

  test("zones repeat", () => {
    const { said } = read(
      '{ "lockVersion": 1, "pools": { "zone": { "shop.db": "a", "shop.web": "a" } }, "meetings": {} }',
    );
    assert.equal(said, []);
  });

  test("changes are said in canonical order", () => {
    const before: LockFile = {
      lockVersion: 1,
      pools: { segment: { dev: 1, gone: 3 } },
      meetings: { "a b": "core/ash" },
    };
    const after: LockFile = {
      lockVersion: 1,
      pools: { segment: { dev: 2, prod: 4 } },
      meetings: { "a b": "core/ash" },
    };
    assert.equal(lockChanges(before, after), [
      "segment `dev` would change from 1 to 2",
      "segment `gone` would be removed",
      "segment `prod` would be given 4",
    ]);
    assert.equal(lockChanges(before, before), []);
  });
});
