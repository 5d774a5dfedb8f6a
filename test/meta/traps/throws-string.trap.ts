import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test("throws a string", () => {
    throw "the price is wrong";
  });
  test("is still run", () => {});
});
