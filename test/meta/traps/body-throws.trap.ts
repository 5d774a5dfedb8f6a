import { suite } from "../../support/harness.js";

try {
  suite("a broken suite", (test) => {
    test("is lost", () => {});
    throw new Error("the body breaks");
  });
} catch {
  // Swallowed on purpose: the run must fail all the same.
}
suite("a sound suite", (test) => {
  test("passes", () => {});
});
