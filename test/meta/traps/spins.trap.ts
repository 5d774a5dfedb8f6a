import { suite } from "../../support/harness.js";

suite("a spinning suite", (test) => {
  test(
    "never gives control back",
    () => {
      for (;;);
    },
    { timeout: 50 },
  );
});
