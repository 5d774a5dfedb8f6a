/** Every target, for the driver. */
import type { Target } from "../compiler/contract.js";
import type { Registry } from "../compiler/driver.js";
import { awsTarget } from "./aws/index.js";
import { azureTarget } from "./azure/index.js";
import { junosTarget } from "./junos/index.js";
import { handoffDocuments } from "./shared/handoff/index.js";

/** The targets of this build, by name. */
export const targets: readonly Target[] = [awsTarget, azureTarget, junosTarget];

/** The targets, and the documents that are made of a whole design beside them. */
export const registry: Registry = { targets, documents: handoffDocuments };
