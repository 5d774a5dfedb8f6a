import { assert, suite } from "../../support/harness.js";

suite("a sound suite", (test) => {
  const seen: string[] = [];
  test.before(() => void seen.push("before"));
  test.before.each(async () => void seen.push("each"));
  test("runs its hooks first", () => assert.equal(seen, ["before", "each"]));
  test("waits for promises", async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(seen, ["before", "each", "each"]);
  });
  test.skip("is left out", "its tool is absent");
});
