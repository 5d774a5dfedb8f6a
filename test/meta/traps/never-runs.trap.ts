import { suite } from "../../support/harness.js";

suite("a sound suite", (test) => {
  test("declares another suite too late", () => {
    setTimeout(() => {
      try {
        suite("a late suite", (late) => late("never runs", () => {}));
      } catch {
        // Swallowed on purpose: the run must fail all the same.
      }
    });
  });
  test("gives it the time", () => new Promise((resolve) => setTimeout(resolve, 20)));
});
