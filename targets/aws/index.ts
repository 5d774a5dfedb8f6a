/** The AWS target: transit gateways, VPCs, security groups, Direct Connect and Site-to-Site VPN as Terraform JSON. */
import type { Settings } from "../../compiler/config/settings.js";
import type { Target, TargetOutput } from "../../compiler/contract.js";
import type { Design } from "../../compiler/design/design.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { type Printed, printedLater } from "../shared/printed-later.js";
import { checkSlice } from "./checks.js";
import { checkTree } from "./checks-tree.js";
import { judgeParts } from "./exactness.js";
import { awsLimits, judgeLimits } from "./limits.js";
import { lowerDesign } from "./lower.js";
import type { Module } from "./model.js";
import { printModule } from "./print.js";
import { readOutput } from "./read.js";
import { awsClouds, sliceDesign } from "./slice.js";
import { surplusOf } from "./surplus.js";
import { usagesOf } from "./usage.js";

const nothing: TargetOutput = { artefacts: [], provenance: [], headroom: [], remarks: [] };

/** Compiles the AWS part of a design: check, lower, judge exactness and limits, print. */
function compileAws(design: Design, settings: Settings, diagnostics: Diagnostics): TargetOutput {
  const slice = sliceDesign(design);
  const found = new Diagnostics();
  checkSlice(design, slice, settings, found);
  diagnostics.addAll(found.sorted());
  if (found.hasErrors) return nothing;
  const parts = judgeParts(slice, settings, diagnostics);
  const lowered = lowerDesign(slice, settings, diagnostics);
  checkTree(lowered.modules, diagnostics);
  const headroom = judgeLimits(usagesOf(lowered), settings, diagnostics);
  return printedLater(() => printModules(lowered.modules), {
    headroom,
    remarks: [...parts, ...surplusOf(slice), ...lowered.remarks],
  });
}

function printModules(modules: readonly Module[]): Printed {
  const printed = modules.map(printModule);
  return {
    artefacts: printed.flatMap(({ artefacts }) => artefacts),
    provenance: printed.flatMap(({ provenance }) => provenance),
  };
}

/** The target as the driver knows it. */
export const awsTarget: Target = {
  name: "aws",
  summary: "Terraform modules for AWS: one root module for each account",
  serves: (design) => awsClouds(design).map(({ name }) => name),
  limits: Object.keys(awsLimits),
  compile: compileAws,
  read: readOutput,
};
