import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test.after.each(() => {
    throw { customer: "still here" };
  });
  test("passes by itself", () => {});
});
