/** What OPA itself says of the guard rails: layout, strict checks, their own tests, and the compiled bytes. */
import { spawnSync } from "node:child_process";
import { assert, suite } from "../support/harness.js";
import { findOpa, needsOpa } from "./opa.js";

suite("the build of the guard rails", (test) => {
  test(
    "passes `opa fmt`, `opa check --strict` and `opa test`, and gives the committed bytes",
    () => {
      const env = { ...process.env, DEMARC_OPA: findOpa() ?? "" };
      const run = spawnSync(process.execPath, ["policies/build.mjs", "--check"], { encoding: "utf8", env });
      assert.is(run.stderr, "");
      assert.is(run.status, 0);
      assert.match(run.stdout, /^\d+ guard rails are as their sources give them$/m);
    },
    { ...needsOpa(), timeout: 120_000 },
  );
});
