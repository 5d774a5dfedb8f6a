/** Suggestions for misspelt names. */
import fc from "fast-check";
import { nearest } from "../../compiler/suggest.js";
import { assert, suite } from "../support/harness.js";

suite("nearest", (test) => {
  const names = ["shop", "vault", "tills", "floor", "frontends", "lab"];

  test("finds the name behind a slip of the fingers", () => {
    assert.is(nearest("sohp", names), "shop");
    assert.is(nearest("valt", names), "vault");
    assert.is(nearest("tillss", names), "tills");
    assert.is(nearest("fluor", names), "floor");
    assert.is(nearest("front-ends", names), "frontends");
    assert.is(nearest("SHOP", names), "shop");
  });

  test("offers nothing where no name is near", () => {
    assert.is(nearest("warehouse", names), undefined);
    assert.is(nearest("x", ["y"]), undefined);
    assert.is(nearest("shop", []), undefined);
    assert.is(nearest("shop", ["shop"]), undefined);
  });

  test("takes the nearest, and of equals the first by code points", () => {
    assert.is(nearest("web1", ["web9", "web2", "web12"]), "web12");
    assert.is(nearest("web1", ["web9", "web2"]), "web2");
  });

  test("does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.array(fc.string({ maxLength: 8 })), (name, candidates) => {
        assert.is(nearest(name, candidates), nearest(name, [...candidates].reverse()));
      }),
    );
  });
});
