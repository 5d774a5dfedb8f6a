/** The page of limits says what the tables of the targets say. */
import { limitsPage } from "../../targets/limits-page.js";
import { assert, matchFile, suite } from "../support/harness.js";

suite("the page of limits", (test) => {
  test("is made from the tables", () => {
    matchFile("docs/reference/limits.md", limitsPage());
  });

  test("says what a quota is called, what it is and whether it can be raised", () => {
    const page = limitsPage();
    assert.ok(page.includes("| `rules-per-security-group` | rules of one direction and family | 60 | to 1,000 |"));
    assert.ok(page.includes("| `transit-interfaces-per-connection` | transit virtual interfaces"));
    assert.ok(page.includes("| `terms-per-filter` | 4,000 | yes |"));
  });
});
