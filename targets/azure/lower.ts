/** Design to tree: the slice of a design that lies at Azure as root modules of typed blocks. */
import type { Settings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { azureSettings, defaultProviderVersion, type Lowering, ModuleSet } from "./builder.js";
import { lowerExpressRoute } from "./lower-express-route.js";
import { lowerGroups } from "./lower-groups.js";
import { lowerHubs } from "./lower-hub.js";
import { lowerLogs } from "./lower-logs.js";
import { lowerNetworks } from "./lower-network.js";
import { lowerSharing } from "./lower-sharing.js";
import { lowerVpn } from "./lower-vpn.js";
import type { Module } from "./model.js";
import type { AzureSlice } from "./slice.js";

/** What lowering gives: the modules by folder, and what the output does not serve or cannot say exactly. */
export interface Lowered {
  readonly slice: AzureSlice;
  readonly modules: readonly Module[];
  readonly remarks: readonly Remark[];
}

/** Lowers a slice that `checkSlice` found sound. */
export function lowerDesign(slice: AzureSlice, settings: Settings, diagnostics: Diagnostics): Lowered {
  const modules = new ModuleSet(diagnostics);
  const lowering: Lowering = { slice, settings, modules, remarks: [] };
  for (const cloud of slice.clouds) {
    lowerHubs(lowering, cloud);
    lowerExpressRoute(lowering, cloud);
    lowerVpn(lowering, cloud);
    lowerLogs(lowering, cloud);
  }
  lowerNetworks(lowering);
  lowerGroups(lowering);
  lowerSharing(lowering);
  const shared = {
    providerVersion: azureSettings(settings).providerVersion ?? defaultProviderVersion,
    estate: slice.design.estate.name,
  };
  return { slice, modules: modules.all().map((builder) => builder.build(shared)), remarks: lowering.remarks };
}
