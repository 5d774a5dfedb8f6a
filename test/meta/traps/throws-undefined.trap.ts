import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test("throws nothing at all", () => {
    throw undefined;
  });
});
