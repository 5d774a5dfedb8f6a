import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test.after(async () => {
    throw new Error("the till stays open");
  });
  test("passes", () => {});
});
