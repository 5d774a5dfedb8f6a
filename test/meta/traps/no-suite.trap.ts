import "../../support/harness.js";

export const NOTHING = 0;
