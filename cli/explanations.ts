/** Every diagnostic of this build: those of the compiler and those of its targets. */
import { compilerDiagnostics, type ExplainedDiagnostic, sortedByCode } from "../compiler/diagnostics/explain.js";

/** Sorted by code. */
export const allDiagnostics: readonly ExplainedDiagnostic[] = sortedByCode([...compilerDiagnostics]);
