/** What a lock file may hold: each pool its type and range, with the place of what is not allowed. */
import { emptyLock } from "../../../compiler/design/lock.js";
import { readLock } from "../../../compiler/design/lock-read.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { SourceFile, spanText } from "../../../grammar/source.js";
import { assert, suite } from "../../support/harness.js";

function read(pools: unknown, meetings: unknown = {}): { readonly said: readonly string[]; readonly lock: unknown } {
  const diagnostics = new Diagnostics();
  const text = JSON.stringify({ lockVersion: 1, pools, meetings });
  const lock = readLock(new SourceFile("demarc.lock.json", text, "lock"), diagnostics);
  const said = diagnostics.sorted().map((one) => {
    const at = one.span === undefined ? "" : spanText(one.span);
    return `${one.code} ${at}: ${one.message.replace("the lock file cannot be read: ", "")}`;
  });
  return { said, lock };
}

const number = "a whole number from 1 to 65535";
const block4 = "an aligned IPv4 prefix of length /30 in its usual form";
const block6 = "an aligned IPv6 prefix of length /126 in its usual form";

const refused: readonly (readonly [pool: string, value: string | number, wanted: string])[] = [
  ["segment", 0, number],
  ["segment", 65_536, number],
  ["segment", 1.5, number],
  ["segment", "7", number],
  ["share-target", -1, number],
  ["route-distinguisher", 70_000, number],
  ["asn", 4_294_967_295, "a whole number from 1 to 4294967294"],
  ["asn", "64512; set system", "a whole number from 1 to 4294967294"],
  ["vrrp", 256, "a whole number from 1 to 255"],
  ["zone", "g", "one letter from a to f"],
  ["zone", "ab", "one letter from a to f"],
  ["zone", 1, "one letter from a to f"],
  ["link-address-4", "169.254.0.1/30", block4],
  ["link-address-4", "169.254.0.0/31", block4],
  ["link-address-4", "169.254.00.0/30", block4],
  ["link-address-4", "fd00::/126", block4],
  ["link-address-4", 5, block4],
  ["link-address-6", "fd00::2/126", block6],
  ["link-address-6", "FD00::/126", block6],
  ["link-address-6", "10.0.0.0/30", block6],
];

suite("values of a lock file", (test) => {
  test("those in range are read as they are", () => {
    const pools = {
      segment: { prod: 1, lab: 65_535 },
      "share-target": { "logs/prod/lab/shared": 10_001 },
      asn: { use1: 4_294_967_294, euw1: 1 },
      vrrp: { "shop.web": 255 },
      zone: { "shop.web": "a", "shop.db": "f", "shop.cache": "a" },
      "link-address-4": { "chi/use1/prod": "169.254.0.4/30" },
      "link-address-6": { "chi/use1/prod": "fd00::4/126" },
    };
    const meetings = { "a ~ b": "aws-hub/use1" };
    assert.equal(read(pools, meetings), { said: [], lock: { lockVersion: 1, pools, meetings } });
  });

  test("a pool that this version does not know is kept", () => {
    const pools = { later: { prod: "anything", lab: -3.5 } };
    assert.equal(read(pools), { said: [], lock: { lockVersion: 1, pools, meetings: {} } });
  });

  for (const [pool, value, wanted] of refused) {
    test(`${pool} refuses ${JSON.stringify(value)}`, () => {
      const text = JSON.stringify(value);
      assert.equal(read({ [pool]: { prod: value } }), {
        said: [`DMC3001 ${text}: \`prod\` of pool \`${pool}\` is \`${text}\` and must be ${wanted}`],
        lock: undefined,
      });
    });
  }

  for (const meeting of ["core", "core/", "/ash", "core/a b", "core/ash/x"]) {
    test(`the meeting ${JSON.stringify(meeting)} is refused`, () => {
      const text = JSON.stringify(meeting);
      assert.equal(read({}, { "a ~ b": meeting }).said, [
        `DMC3001 ${text}: the meeting of \`a ~ b\` is \`${text}\` and must be \`kind/id\``,
      ]);
    });
  }

  test("no file is an empty lock", () => {
    assert.equal(readLock(undefined, new Diagnostics()), emptyLock);
  });
});
