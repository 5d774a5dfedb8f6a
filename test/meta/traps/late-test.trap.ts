import { suite } from "../../support/harness.js";

suite("a suite", (test) => {
  test("declares a test too late", () => {
    test("never runs", () => {});
  });
});
