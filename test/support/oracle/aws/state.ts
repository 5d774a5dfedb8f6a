/**
 * Terraform modules for the naive AWS evaluator: the parsed JSON of all files, and which object a reference means. It takes
 * what is there at its word; only the reader judges whether a module is sound.
 */
import type { Artefact } from "../../../../compiler/contract.js";

/** The attributes of one block. */
export type Body = Readonly<Record<string, unknown>>;

/** One block with the folder of its module. */
export interface Item {
  readonly folder: string;
  /** `aws_vpc.shop`, `data.…`. */
  readonly address: string;
  readonly body: Body;
}

/** All modules. */
export interface State {
  /** By folder and address. */
  readonly items: ReadonlyMap<string, Item>;
  readonly byType: ReadonlyMap<string, readonly Item[]>;
  readonly outputs: ReadonlyMap<string, ReadonlyMap<string, Body>>;
  readonly descriptions: ReadonlyMap<string, string>;
  /** Contradictions: blocks that stand twice. */
  readonly faults: readonly string[];
}

type Tree = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** Reads all files below `aws/`. Throws where one is no JSON. */
export function stateOf(files: readonly Artefact[]): State {
  const items = new Map<string, Item>();
  const outputs = new Map<string, Map<string, Body>>();
  const descriptions = new Map<string, string>();
  const faults: string[] = [];
  for (const { path, text } of files) {
    const folder = /^aws\/[^/]+(?=\/[^/]+\.tf\.json$)/.exec(path)?.[0];
    if (folder === undefined) continue;
    const document: Readonly<Record<string, Tree>> = JSON.parse(text);
    for (const mode of ["resource", "data"] as const) {
      for (const [type, named] of Object.entries(document[mode] ?? {})) {
        for (const [name, body] of Object.entries(named)) {
          const address = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
          if (items.has(`${folder}/${address}`)) faults.push(`${folder}/${address} stands twice`);
          items.set(`${folder}/${address}`, { folder, address, body });
        }
      }
    }
    const told = outputs.get(folder) ?? new Map<string, Body>();
    for (const [name, output] of Object.entries(document.output ?? {})) told.set(name, output.value ?? {});
    outputs.set(folder, told);
    for (const [name, variable] of Object.entries(document.variable ?? {})) {
      descriptions.set(`${folder}/var.${name}`, String(variable.description));
    }
  }
  const byType = new Map<string, Item[]>();
  for (const item of items.values()) {
    const type = item.address.slice(0, item.address.lastIndexOf("."));
    byType.set(type, [...(byType.get(type) ?? []), item]);
  }
  return { items, byType, outputs, descriptions, faults };
}

/** The blocks of a type. */
export function itemsOf(state: State, type: string): readonly Item[] {
  return state.byType.get(type) ?? [];
}

/** The object that a text of a module means: the key of a block, an id, a variable of which nothing is known. */
export function meant(state: State, folder: string, text: unknown): string {
  const inner = /^\$\{(.+)\}$/.exec(String(text))?.[1];
  if (inner === undefined) return String(text);
  if (!inner.startsWith("var.")) return `${folder}/${inner.slice(0, inner.lastIndexOf("."))}`;
  const words = (state.descriptions.get(`${folder}/${inner}`) ?? "").split(" ");
  const [holder, output] = [words.indexOf("module"), words.indexOf("output")];
  if (holder < 0 || output < 0) return `${folder}/${inner}`;
  const other = words[holder + 1] ?? "";
  const path = (words[output - 1] ?? "").replace(/:$/, "");
  return meant(state, other, state.outputs.get(other)?.get(words[output + 1] ?? "")?.[path]);
}

/** The object that an attribute of a block means. */
export function meantBy(state: State, item: Item, attribute: string): string {
  return meant(state, item.folder, item.body[attribute]);
}

/** A list attribute; empty where absent. */
export function listOf(item: Item, attribute: string): readonly unknown[] {
  const value = item.body[attribute];
  return Array.isArray(value) ? value : [];
}

/** The members of an output in all modules: path, folder, value. */
export function told(
  state: State,
  output: string,
): readonly (readonly [path: string, folder: string, value: unknown])[] {
  return [...state.outputs].flatMap(([folder, outputs]) =>
    Object.entries(outputs.get(output) ?? {}).map(([path, value]) => [path, folder, value] as const),
  );
}
