/**
 * Reads the files of Junos routers back: what each router would do with them, or why that cannot be said.
 *
 * Shares no code with lowering and printing. Both text forms of a router must say the same; the `set` lines are the ones
 * that places refer to.
 */
import type { Artefact } from "../../compiler/contract.js";
import type { Readback, ReadResult, Refusal } from "../../compiler/validate/readback.js";
import { readPrefixLists } from "./read/address-side.js";
import { vpnSessions } from "./read/bgp.js";
import { Filters } from "./read/filters.js";
import { readInstances } from "./read/instances.js";
import { readInterfaces } from "./read/interfaces.js";
import { isOwned, strayFile, type TagRule } from "./read/loading.js";
import { type ConfigNode, type ConfigTree, firstDifference } from "./read/node.js";
import { plainSetLines, saysTheSame } from "./read/plain-text.js";
import { Policies } from "./read/policies.js";
import { Reading } from "./read/reading.js";
import { type ReadText, readSetLines, readStructured, shorten } from "./read/text.js";

const SET = "junos.set";
const STRUCTURED = "junos.replace.conf";

/** Reads the routers of an output, and refuses what would be loaded otherwise than it reads. Never throws. */
export function readOutput(artefacts: readonly Artefact[]): ReadResult {
  const read = readFolders(artefacts, isOwned);
  const strays = artefacts.flatMap(({ path }): readonly Refusal[] => {
    const what = strayFile(path);
    return what === undefined ? [] : [{ place: { file: path, at: 1 }, what, why: "no such file belongs to a router" }];
  });
  return { ...read, refusals: [...read.refusals, ...strays] };
}

/**
 * Reads every folder `routers/<router>` that has a file of Junos as what its router would do, whichever levels its tags
 * stand at. Never throws.
 */
export function readJunos(artefacts: readonly Artefact[]): ReadResult {
  return readFolders(artefacts, () => true);
}

function readFolders(artefacts: readonly Artefact[], mayTag: TagRule): ReadResult {
  const folders = new Map<string, Map<string, string>>();
  for (const { path, text } of artefacts) {
    const [, folder, name] = /^(routers\/[^/]+)\/(.+)$/s.exec(path) ?? [];
    if (folder === undefined || name === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, files);
    files.set(name, text);
  }
  const results = [...folders]
    .filter(([, files]) => files.has(SET) || files.has(STRUCTURED))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, files]) => readRouter(folder, files, mayTag));
  return {
    readback: join(results.map(({ readback }) => readback)),
    files: results.flatMap(({ files }) => files),
    refusals: results.flatMap(({ refusals }) => refusals),
  };
}

const EMPTY: Readback = {
  target: "junos",
  devices: [],
  tables: [],
  channels: [],
  interfaces: [],
  attachments: [],
  filters: [],
  bindings: [],
  assumptions: [],
};

function join(all: readonly Readback[]): Readback {
  return {
    ...EMPTY,
    devices: all.flatMap(({ devices }) => devices),
    tables: all.flatMap(({ tables }) => tables),
    channels: all.flatMap(({ channels }) => channels),
    interfaces: all.flatMap(({ interfaces }) => interfaces),
    filters: all.flatMap(({ filters }) => filters),
    bindings: all.flatMap(({ bindings }) => bindings),
  };
}

function readRouter(folder: string, files: ReadonlyMap<string, string>, mayTag: TagRule): ReadResult {
  const [set, structured] = [files.get(SET), files.get(STRUCTURED)];
  const read = [SET, STRUCTURED].filter((name) => files.has(name)).map((name) => `${folder}/${name}`);
  const refusals: Refusal[] = [];
  const refuse = (name: string, line: number, what: string, why: string): void => {
    refusals.push({ place: { file: `${folder}/${name}`, at: line }, what: shorten(what), why });
  };
  for (const name of files.keys())
    if (/\.(set|conf)$/.test(name) && ![SET, STRUCTURED, "rollback.set"].includes(name))
      refuse(name, 1, name, "it is a configuration that is not known here");
  if (set === undefined || structured === undefined) {
    const missing = set === undefined ? SET : STRUCTURED;
    refuse(missing, 1, missing, "the file is missing, so that the two forms cannot be compared");
    return { readback: EMPTY, files: read, refusals };
  }
  const plain = plainSetLines(set);
  if (plain !== undefined && refusals.length === 0 && saysTheSame(plain, structured, mayTag))
    return judge(folder, read, plain);
  const [lines, text] = [readSetLines(set), readStructured(structured, mayTag)];
  const faults = (name: string, read: ReadText): void => {
    for (const { line, what, why } of read.faults) refuse(name, line, what, why);
  };
  faults(SET, lines);
  faults(STRUCTURED, text);
  if (refusals.length > 0) return { readback: EMPTY, files: read, refusals };
  const difference = firstDifference(lines.tree, text.tree);
  if (difference !== undefined) {
    const { name, node, why } = told(difference);
    refuse(name, node?.line ?? 1, (node?.path() ?? []).join(" "), why);
    return { readback: EMPTY, files: read, refusals };
  }
  return judge(folder, read, lines.tree);
}

/** Which form has a statement that the other lacks, has otherwise or has elsewhere, and what that does to the router. */
function told({ a, b }: { readonly a: ConfigNode | undefined; readonly b: ConfigNode | undefined }): {
  readonly name: string;
  readonly node: ConfigNode | undefined;
  readonly why: string;
} {
  const [extra, lacking] = [
    a !== undefined && b?.parent?.child(a.word) === undefined,
    b !== undefined && a?.parent?.child(b.word) === undefined,
  ];
  const only = (name: string, node: ConfigNode | undefined, other: string) => {
    const why = `\`${other}\` lacks this statement of \`${name}\`: the router is with it or without it by which of the two is loaded`;
    return { name, node, why };
  };
  if (extra && !lacking) return only(SET, a, STRUCTURED);
  if (lacking && !extra) return only(STRUCTURED, b, SET);
  const statement = `\`${shorten((b?.path() ?? []).join(" "))}\``;
  const how = extra ? "has another statement in its place" : "has another order";
  const why = `\`${STRUCTURED}\` ${how}, ${statement}: the router does one or the other by which of the two is loaded`;
  return { name: SET, node: a, why };
}

function judge(folder: string, files: ReadResult["files"], tree: ConfigTree): ReadResult {
  const reading = new Reading(folder, `${folder}/${SET}`);
  const readback = interpret(reading, tree);
  return {
    readback,
    files,
    refusals: [...reading.refusals].sort((a, b) => Number(a.place.at) - Number(b.place.at)),
  };
}

function interpret(reading: Reading, tree: ConfigTree): Readback {
  const { root } = tree;
  const options = root.take("policy-options");
  const lists = readPrefixLists(reading, options);
  const policies = new Policies(reading, options, lists);
  const filters = new Filters(reading, root.take("firewall"), lists);
  const units = readInterfaces(reading, root.take("interfaces"), filters);
  const { tables, interfaces, channels } = readInstances(reading, root.take("routing-instances"), units, policies);
  const core = vpnSessions(reading, root.take("protocols")?.take("bgp"), policies);
  for (const node of tree.untaken()) reading.refuse(node, "the statement is not modelled");
  return {
    ...EMPTY,
    devices: [{ id: reading.folder, folder: reading.folder, at: { file: reading.file, at: 1 } }],
    tables,
    channels: [...channels, ...core],
    interfaces,
    filters: filters.all(),
    bindings: units.bindings,
  };
}
