import { suite } from "../../support/harness.js";

suite("a suite", async (test) => {
  test("is declared in time", () => {});
  await Promise.resolve();
  test("is declared too late", () => {});
});
