/** Every diagnostic of this build: those of the compiler and those of its targets. */
import {
  compilerDiagnostics,
  type ExplainedDiagnostic,
  explained,
  sortedByCode,
} from "../compiler/diagnostics/explain.js";
import { awsDiagnostics } from "../targets/aws/catalogue.js";
import { awsExplanations } from "../targets/aws/explain.js";
import { azureDiagnostics } from "../targets/azure/catalogue.js";
import { azureExplanations } from "../targets/azure/explain.js";
import { junosDiagnostics } from "../targets/junos/catalogue.js";
import { junosExplanations } from "../targets/junos/explain.js";

/** Sorted by code. */
export const allDiagnostics: readonly ExplainedDiagnostic[] = sortedByCode([
  ...compilerDiagnostics,
  ...explained(awsDiagnostics, awsExplanations),
  ...explained(azureDiagnostics, azureExplanations),
  ...explained(junosDiagnostics, junosExplanations),
]);
