/** What findings of proofs say in words. */
import { affectedText } from "../../../compiler/prove/invariants.js";
import { ask, pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { twoSegments } from "../../support/two-segments.js";

suite("the wording of proofs", (test) => {
  test("counts pairs exactly up to a million, then by powers of ten", () => {
    assert.is(affectedText(1n), "1 pair of endpoints is affected");
    assert.is(affectedText(2n), "2 pairs of endpoints are affected");
    assert.is(affectedText(1_000_000n), "1000000 pairs of endpoints are affected");
    assert.is(affectedText(1_000_001n), "more than 10^6 pairs of endpoints are affected");
    assert.is(affectedText(10_000_000n), "more than 10^6 pairs of endpoints are affected");
    assert.is(affectedText(10_000_001n), "more than 10^7 pairs of endpoints are affected");
    assert.is(
      affectedText(680_564_733_841_876_926_926_749_214_863_536_553_984n),
      "more than 10^38 pairs of endpoints are affected",
    );
  });
});

suite("an open region", (test) => {
  test("that two shares route is told once", () => {
    const made = pipeline(
      twoSegments("share vault with prod  share vault.cards with prod  allow shop.web -> vault.cards on tcp/8443"),
    );
    const { open } = ask(made, "shop.web -> vault.cards on tcp/8443");
    assert.equal(
      open.map(({ source, destination, service }) => [source, destination, service]),
      [["shop", "vault", "tcp/8443"]],
    );
  });
});
