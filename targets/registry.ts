/** Every target, for the driver. */
import type { Target } from "../compiler/contract.js";
import { awsTarget } from "./aws/index.js";
import { junosTarget } from "./junos/index.js";

/** The targets of this build, by name. */
export const targets: readonly Target[] = [awsTarget, junosTarget];
