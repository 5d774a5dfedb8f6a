import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test("throws", () => {
    throw new Error("the price is wrong");
  });
});
