/** Names: reversible mangling, and scopes that notice clashes. */
import fc from "fast-check";
import { manglePath, mangleText, NameScope, unmanglePath, unmangleText } from "../../../targets/shared/names.js";
import { assert, suite } from "../../support/harness.js";

/** Identifiers of language.md §3. */
const identifier = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]*(?:[A-Za-z0-9]-[A-Za-z0-9]+){0,2}$/);

suite("mangled paths", (test) => {
  test("read like the path and lead back to it", () => {
    assert.is(manglePath("shop.web.orders"), "shop--web--orders");
    assert.is(manglePath("dx-1/prod"), "dx-1--prod");
    assert.equal(unmanglePath("dc-core--prod"), ["dc-core", "prod"]);
  });

  test("lead back to every path", () => {
    fc.assert(
      fc.property(fc.array(identifier, { minLength: 1, maxLength: 4 }), (parts) => {
        assert.equal(unmanglePath(manglePath(parts.join("."))), parts);
      }),
    );
  });
});

suite("mangled texts", (test) => {
  test("keep letters and digits and spell the rest", () => {
    assert.is(mangleText("globex-bgp"), "globex-bgp");
    assert.is(mangleText("vpn key_1"), "vpn_x20_key__1");
    assert.is(mangleText("schlüssel"), "schl_xfc_ssel");
  });

  test("lead back to every text, in the alphabet of Terraform", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = mangleText(text);
        assert.match(name, /^[A-Za-z0-9_-]*$/);
        assert.is(unmangleText(name), text);
      }),
    );
  });

  test("are told from what is none", () => {
    for (const name of ["a_b", "_x", "_xg_", "_x110000_", "é"]) assert.is(unmangleText(name), undefined, name);
  });
});

suite("a scope of names", (test) => {
  test("names who has a name already", () => {
    const scope = new NameScope();
    assert.is(scope.claim("shop", "network shop"), undefined);
    assert.is(scope.claim("shop", "network shop"), undefined);
    assert.is(scope.claim("shop", "cloud shop"), "network shop");
    assert.is(scope.claim("Shop", "cloud Shop"), undefined);
    assert.is(new NameScope({ ignoreCase: true }).claim("a", "1"), undefined);
  });

  test("ignores case where the platform does", () => {
    const scope = new NameScope({ ignoreCase: true });
    scope.claim("shop", "network shop");
    assert.is(scope.claim("SHOP", "network SHOP"), "network shop");
  });
});
