import { suite } from "../../support/harness.js";

suite("an empty suite", () => {});
