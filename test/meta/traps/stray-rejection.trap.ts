import { suite } from "../../support/harness.js";

suite("a careless suite", (test) => {
  test("forgets to await", async () => {
    void Promise.reject(new Error("nobody listens"));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
