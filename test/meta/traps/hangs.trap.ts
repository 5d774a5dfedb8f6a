import { suite } from "../../support/harness.js";

suite("a hanging suite", (test) => {
  test("waits for a promise nobody settles", () => new Promise<void>(() => {}), { timeout: 50 });
  test("is still run", () => {});
});
