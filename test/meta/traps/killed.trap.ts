import { suite } from "../../support/harness.js";

suite("a dying suite", (test) => {
  test("kills its process", () => {
    process.kill(process.pid, "SIGKILL");
  });
});
