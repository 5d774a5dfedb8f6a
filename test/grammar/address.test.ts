/** Prefixes that the compiler itself writes down: read whole or refused, never read as something wider. */
import { formatPrefix, knownPrefix } from "../../grammar/address.js";
import { assert, suite } from "../support/harness.js";

suite("a known prefix", (test) => {
  test("is read, and what lies behind its length is cleared", () => {
    assert.equal(knownPrefix("169.254.21.0/24"), { family: 4, value: 0xa9fe1500n, length: 24 });
    for (const text of [
      "10.0.0.0/8",
      "0.0.0.0/0",
      "10.1.2.3/32",
      "fd00::/8",
      "fd64:656d:6172::/48",
      "2001:db8::1/128",
    ]) {
      assert.is(formatPrefix(knownPrefix(text)), text);
    }
    assert.is(formatPrefix(knownPrefix("10.20.30.41/30")), "10.20.30.40/30");
  });

  test("is refused without a length of its family", () => {
    for (const text of [
      "10.0.0.0",
      "10.0.0.0/",
      "10.0.0.0/33",
      "10.0.0.0/-1",
      "10.0.0.0/8x",
      "fd00::/129",
      "shop/8",
      "",
    ]) {
      assert.throws(() => knownPrefix(text), /not a prefix/);
    }
  });
});
