/** Every target, for the driver. */
import type { Target } from "../compiler/contract.js";
import { awsTarget } from "./aws/index.js";

export const targets: readonly Target[] = [awsTarget];
