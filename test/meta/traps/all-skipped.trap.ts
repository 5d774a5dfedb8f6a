import { suite } from "../../support/harness.js";

suite("a suite without tools", (test) => {
  test.skip("never runs here", "its tool is absent");
});
