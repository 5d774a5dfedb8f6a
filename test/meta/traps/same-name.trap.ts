import { suite } from "../../support/harness.js";

suite("a suite", (test) => {
  test("has a name", () => {});
  test("has a name", () => {});
});
