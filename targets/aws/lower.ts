/** Design to tree: the slice of a design that lies at AWS as root modules of typed blocks. */
import type { Settings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Design } from "../../compiler/design/design.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { awsSettings, defaultProviderVersion, type Lowering, ModuleSet } from "./builder.js";
import { lowerDirectConnect } from "./lower-direct-connect.js";
import { lowerGroups } from "./lower-groups.js";
import { lowerHub } from "./lower-hub.js";
import { lowerLogs } from "./lower-logs.js";
import { lowerNetworks } from "./lower-network.js";
import { lowerVpn } from "./lower-vpn.js";
import type { Module } from "./model.js";
import type { AwsSlice } from "./slice.js";

/** What lowering gives: the modules by folder, and what the output does not serve or cannot say exactly. */
export interface Lowered {
  readonly slice: AwsSlice;
  readonly modules: readonly Module[];
  readonly remarks: readonly Remark[];
}

/** Lowers a slice that `checkSlice` found sound. */
export function lowerDesign(slice: AwsSlice, settings: Settings, diagnostics: Diagnostics): Lowered {
  const { design } = slice;
  const modules = new ModuleSet(diagnostics);
  const lowering: Lowering = { slice, settings, diagnostics, modules, remarks: [] };
  for (const cloud of slice.clouds) {
    lowerNetworks(lowering, cloud);
    lowerHub(lowering, cloud);
    lowerDirectConnect(lowering, cloud);
    lowerVpn(lowering, cloud);
    lowerLogs(lowering, cloud);
  }
  lowerGroups(lowering);
  const shared = {
    providerVersion: awsSettings(settings).providerVersion ?? defaultProviderVersion,
    estate: design.estate.name,
    defaultTags: defaultTags(design, settings),
  };
  return { slice, modules: modules.all().map((builder) => builder.build(shared)), remarks: lowering.remarks };
}

/** Tags of everything: the estate's, those of `demarc.json` over them, and the estate's name. */
function defaultTags(design: Design, settings: Settings): Readonly<Record<string, string>> {
  const own = [...(design.estate.header?.tags ?? [])].map(([key, { value }]) => [key, value] as const);
  return Object.fromEntries([...own, ...awsSettings(settings).tags, ["demarc:estate", design.estate.name] as const]);
}
