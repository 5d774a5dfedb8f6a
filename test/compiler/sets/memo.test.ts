/** Remembered sets: one object for equal sets, one result for one pair. */
import { AddressSet } from "../../../compiler/sets/address-set.js";
import { PairMemo, Pool } from "../../../compiler/sets/memo.js";
import { ServiceSet } from "../../../compiler/sets/service-set.js";
import { parseAddress } from "../../../grammar/address.js";
import { assert, suite } from "../../support/harness.js";

function prefix(text: string, length: number): AddressSet {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return AddressSet.ofPrefix({ ...address, length });
}

suite("remembered sets", (test) => {
  test("of a pool are the first of those that are equal", () => {
    const pool = new Pool<AddressSet>();
    const web = prefix("10.20.1.0", 24);
    assert.is(pool.one(web), web);
    assert.is(pool.one(prefix("10.20.1.0", 24)), web);
    assert.ok(pool.one(prefix("10.20.2.0", 24)) !== web);
    // The same numbers in the other family are another set.
    assert.ok(pool.one(prefix("::a14:100", 120)) !== web);
  });

  test("of a pair are found once for each order of the two", () => {
    let work = 0;
    const rest = new PairMemo((a, b) => {
      work++;
      return a.subtract(b);
    });
    const [shop, web] = [prefix("10.20.0.0", 16), prefix("10.20.1.0", 24)];
    const first = rest.of(shop, web);
    assert.is(rest.of(shop, web), first);
    assert.is(first.key(), shop.subtract(web).key());
    assert.ok(rest.of(web, shop).isEmpty());
    assert.is(work, 2);
  });
});

suite("the services of a family", (test) => {
  test("are the set itself where it has none of the other family's", () => {
    const https = ServiceSet.ports("tcp", 443);
    assert.is(https.forFamily(4), https);
    assert.is(https.forFamily(6), https);
    const echo = https.union(ServiceSet.icmp(4, 8));
    assert.is(echo.forFamily(4), echo);
    assert.is(echo.forFamily(6).key(), https.key());
    assert.ok(ServiceSet.icmp(6, 128).forFamily(4).isEmpty());
  });
});
