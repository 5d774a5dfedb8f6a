/**
 * The reader of the AWS target: Terraform modules, as Terraform and AWS would take them.
 *
 * It is written from the documentation of AWS and of the provider and shares no code with what writes the modules. All
 * `*.tf.json` of a folder `aws/<account>` are one root module; modules know each other through variables whose description
 * says which output of which module they hold. Whatever is not modelled is refused with its file and JSON pointer.
 */
import type { Artefact } from "../../compiler/contract.js";
import type { Readback, ReadDevice, ReadResult, ReadTable } from "../../compiler/validate/readback.js";
import { readAcls } from "./read/acls.js";
import { checkModule } from "./read/check.js";
import { checkConduct, type Document } from "./read/conduct.js";
import { gatewayAttachments, gatewaySessions, gatewayTables, readGateways } from "./read/direct-connect.js";
import { readGroups } from "./read/groups.js";
import { type HubTables, readHubTables } from "./read/hub-tables.js";
import { type Attachment, type Hub, readAttachments, readHubs } from "./read/hubs.js";
import { parseDocument } from "./read/json.js";
import { addDocument, emptyModule, type Module } from "./read/module.js";
import { readNetworkTables } from "./read/network-tables.js";
import { readNetworks, type Vpc } from "./read/networks.js";
import { Reading } from "./read/reading.js";
import { Refusals } from "./read/refusals.js";
import { checkShares } from "./read/sharing.js";
import { readVpns } from "./read/vpn.js";

/** Files that Terraform keeps beside a module: they say what is applied, or give variables, which hold any value here. */
const BESIDE = /^(?:terraform\.tfstate(?:\.backup)?|\.terraform\.lock\.hcl|[^/]*\.tfvars(?:\.json)?)$/;
/** Files that Terraform merges over the others. Source: Terraform, "Override files". */
const OVERRIDE = /^(?:.*_)?override\.tf(?:\.json)?$/;

/** Reads the modules of an output, and refuses what no module of ours does whatever it means. Never throws. */
export function readOutput(artefacts: readonly Artefact[]): ReadResult {
  return read(artefacts, checkConduct);
}

/** Reads every module under `aws/` as what it would do, whoever wrote it. Never throws. */
export function readAws(artefacts: readonly Artefact[]): ReadResult {
  return read(artefacts, () => {});
}

function read(
  artefacts: readonly Artefact[],
  judge: (documents: readonly Document[], refusals: Refusals) => void,
): ReadResult {
  const refusals = new Refusals();
  const { modules, documents, files } = readModules(artefacts, refusals);
  for (const module of modules) checkModule(module, refusals);
  const readback = assemble(new Reading(modules, refusals));
  judge(documents, refusals);
  return { readback, files, refusals: refusals.list };
}

/** The modules, and the documents and files they were read from. */
interface ReadModules {
  readonly modules: readonly Module[];
  readonly documents: readonly Document[];
  readonly files: readonly string[];
}

function readModules(artefacts: readonly Artefact[], refusals: Refusals): ReadModules {
  const modules = new Map<string, Module>();
  const documents: Document[] = [];
  const paths = new Set<string>();
  for (const { path } of artefacts) {
    const elsewhere = /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(path) && !/^(?:aws|azure)\//.test(path);
    if (elsewhere) refusals.add({ file: path, at: "" }, path, "no module of the output is there");
  }
  const own = artefacts.filter(({ path }) => path.startsWith("aws/"));
  for (const { path, text } of own.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const [, folder = "", file = ""] = /^(aws\/[^/]+)\/(.+)$/.exec(path) ?? [];
    if (/\.auto\.tfvars(?:\.json)?$/.test(file)) {
      refusals.add({ file: path, at: "" }, file, "Terraform would take variables from it unasked");
      continue;
    }
    if (file.startsWith(".terraform/") || BESIDE.test(file)) continue;
    const why = refusedFile(file, paths.has(path));
    paths.add(path);
    if (why !== undefined) {
      refusals.add({ file: path, at: "" }, file === "" ? path : file, why);
      continue;
    }
    const module = modules.get(folder) ?? emptyModule(folder, path);
    modules.set(folder, module);
    const parsed = parseDocument(text);
    if ("fault" in parsed) refusals.add({ file: path, at: parsed.line }, "JSON", parsed.fault);
    else {
      addDocument(module, path, parsed.value, refusals);
      documents.push({ folder, file: path, root: parsed.value });
    }
  }
  return { modules: [...modules.values()], documents, files: [...paths] };
}

function refusedFile(file: string, twice: boolean): string | undefined {
  if (twice) return "this file is given twice";
  if (OVERRIDE.test(file)) return "override files are not modelled";
  if (/^[^/]+\.tf\.json$/.test(file)) return undefined;
  return "only files `*.tf.json` of a module are modelled";
}

function assemble(reading: Reading): Readback {
  const networks = readNetworks(reading);
  const hubs = readHubs(reading);
  checkShares(reading);
  const gateways = readGateways(reading, hubs);
  const attachments = new Map([
    ...readAttachments(reading, networks, hubs),
    ...gatewayAttachments(reading, hubs, gateways),
  ]);
  const hubTables = readHubTables(reading, hubs, attachments);
  const vpns = readVpns(reading, attachments);
  const inside = readNetworkTables({ reading, networks, attached: byVpc(attachments) });
  const [groups, acls] = [readGroups(reading, networks), readAcls(reading, networks)];
  const tables = [...inside.tables, ...tablesOf(hubTables), ...gatewayTables(gateways), ...vpns.tables];
  const sessions = [...gatewaySessions(reading, gateways), ...vpns.channels];
  return {
    target: "aws",
    devices: devicesOf(reading.modules, hubs, tables),
    tables: sorted(tables),
    channels: sorted([...[...hubTables.values()].flatMap(({ channels }) => channels), ...sessions]),
    interfaces: [],
    attachments: sorted(inside.attachments),
    filters: sorted([...groups.filters, ...acls.filters]),
    bindings: [...groups.bindings, ...acls.bindings],
    assumptions: reading.assumptions,
  };
}

function byVpc(attachments: ReadonlyMap<string, Attachment>): ReadonlyMap<Vpc, readonly Attachment[]> {
  const out = new Map<Vpc, Attachment[]>();
  for (const attachment of new Set(attachments.values())) {
    if (attachment.vpc !== undefined) out.set(attachment.vpc, [...(out.get(attachment.vpc) ?? []), attachment]);
  }
  return out;
}

function tablesOf(tables: HubTables): readonly ReadTable[] {
  return [...tables.values()].map(({ key, hub, name, routes, opaque, at }) => ({
    id: key,
    device: hub.id,
    name,
    kind: "hub",
    routes,
    ...(opaque.length === 0 ? {} : { opaque }),
    at,
  }));
}

/** One device for each transit gateway; what has none belongs to its account's region. */
function devicesOf(
  modules: readonly Module[],
  hubs: ReadonlyMap<string, Hub>,
  tables: readonly ReadTable[],
): readonly ReadDevice[] {
  const out = new Map<string, ReadDevice>();
  for (const { id, module, place, region, at } of hubs.values()) {
    out.set(id, { id, folder: module.folder, ...(place === undefined ? {} : { place }), region, at });
  }
  const used = new Set(tables.map(({ device }) => device));
  for (const { folder, providers, at } of modules) {
    for (const region of providers.values()) {
      const id = `${folder}/${region}`;
      if (used.has(id) && !out.has(id)) out.set(id, { id, folder, region, at });
    }
  }
  return sorted([...out.values()]);
}

function sorted<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
