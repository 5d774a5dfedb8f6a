import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test.before.each(() => new Promise<void>(() => {}), 50);
  test("is not run", () => {});
});
