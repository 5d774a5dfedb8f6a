/** SHA-256 against the vectors of FIPS 180-4 and against Node's own. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { sha256 } from "../../compiler/sha256.js";
import { assert, suite } from "../support/harness.js";

suite("sha256", (test) => {
  test("gives the known answers", () => {
    assert.is(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert.is(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert.is(
      sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
  });

  test("agrees with Node on bytes of every length round the block", () => {
    for (let length = 0; length <= 130; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
      assert.is(sha256(bytes), createHash("sha256").update(bytes).digest("hex"), `length ${length}`);
    }
  });

  test("takes texts as UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.is(sha256(text), createHash("sha256").update(new TextEncoder().encode(text)).digest("hex"));
      }),
    );
  });
});
