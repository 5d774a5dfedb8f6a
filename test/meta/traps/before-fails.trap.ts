import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test.before(() => {
    throw "no till";
  });
  test("is not run", () => {});
});
