import { suite } from "../../support/harness.js";

suite("a failing suite", (test) => {
  test("rejects with an object", async () => {
    await Promise.reject({ price: "wrong" });
  });
});
