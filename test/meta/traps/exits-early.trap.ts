import { suite } from "../../support/harness.js";

suite("a leaving suite", (test) => {
  test("leaves with code 0", () => {
    process.exit(0);
  });
  test("is lost", () => {});
});
