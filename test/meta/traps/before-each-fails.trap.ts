import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test.before.each(() => {
    throw new Error("no customer");
  });
  test("is not run", () => {});
});
