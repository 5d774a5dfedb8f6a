/** What the parts of the Junos reader share: the router, its refusals, and the values of words. */
import type { ArtefactPlace, NumberRange, Refusal } from "../../../compiler/validate/readback.js";
import {
  type Address,
  type Family,
  familyBits,
  formatPrefix,
  type InterfaceAddress,
  type Prefix,
  parseAddress,
  prefixOf,
} from "../../../grammar/address.js";
import type { ConfigNode } from "./node.js";
import { shorten } from "./text.js";

/** The reading of one router. Values that are refused come back as undefined. */
export class Reading {
  /** `routers/<router>`, with which all ids begin. */
  readonly folder: string;
  readonly file: string;
  readonly refusals: Refusal[] = [];

  constructor(folder: string, file: string) {
    this.folder = folder;
    this.file = file;
  }

  /** Notes that a statement cannot be judged. */
  refuse(node: ConfigNode, why: string): undefined {
    this.refusals.push({ place: this.at(node), what: shorten(node.path().join(" ")), why });
    return undefined;
  }

  /** Refuses a statement with everything below it, which is not told again. */
  refuseWhole(node: ConfigNode, why: string): undefined {
    const open = [node];
    for (let one = open.pop(); one !== undefined; one = open.pop()) open.push(...one.all());
    return this.refuse(node, why);
  }

  at(node: ConfigNode): ArtefactPlace {
    return { file: this.file, at: node.line };
  }

  id(...parts: readonly (string | number)[]): string {
    return [this.folder, ...parts].join("/");
  }

  /** The value of a leaf that has exactly one. */
  value(leaf: ConfigNode | undefined): ConfigNode | undefined {
    if (leaf === undefined) return undefined;
    const [first, second] = leaf.all();
    if (first === undefined) return this.refuse(leaf, "it has no value");
    return second === undefined ? first : this.refuse(second, "it has two values");
  }

  /** The values of a leaf, at least one; none where it is absent or refused. */
  values(leaf: ConfigNode | undefined): readonly ConfigNode[] {
    if (leaf === undefined) return [];
    const all = leaf.all();
    if (all.length === 0) this.refuse(leaf, "it has no value");
    return all;
  }

  /** The value of a leaf as a number between two others. */
  numberOf(leaf: ConfigNode | undefined, least: number, most: number): number | undefined {
    const node = this.value(leaf);
    return node === undefined ? undefined : this.number(node, least, most);
  }

  number(node: ConfigNode, least: number, most: number): number | undefined {
    const number = numberIn(node.word, least, most);
    return number ?? this.refuse(node, `it is no number from ${least} to ${most}`);
  }

  /** `a` or `a-b`, or a name of the table. */
  range(node: ConfigNode, most: number, names: ReadonlyMap<string, number>): NumberRange | undefined {
    const named = names.get(node.word);
    if (named !== undefined) return [named, named];
    const [from = "", to = from, more] = node.word.split("-");
    const [low, high] = [numberIn(from, 0, most), numberIn(to, 0, most)];
    if (more !== undefined || low === undefined || high === undefined || low > high)
      return this.refuse(node, `it is no number or range from 0 to ${most}`);
    return [low, high];
  }

  address(node: ConfigNode, family?: Family): Address | undefined {
    const address = parseAddress(node.word);
    if (address === undefined) return this.refuse(node, "it is no address");
    return family === undefined || address.family === family ? address : this.refuse(node, "it is of the other family");
  }

  /** An address with the length of its subnet. */
  interfaceAddress(node: ConfigNode, family?: Family): InterfaceAddress | undefined {
    const [host = "", text, more] = node.word.split("/");
    const address = parseAddress(host);
    if (address === undefined || more !== undefined) return this.refuse(node, "it is no address with a length");
    const bits = familyBits(address.family);
    const length = text === undefined ? bits : numberIn(text, 0, bits);
    if (length === undefined) return this.refuse(node, "it is no address with a length");
    if (family !== undefined && address.family !== family) return this.refuse(node, "it is of the other family");
    return { address, length };
  }

  /** A prefix; a bare address is a prefix of full length, as in Junos. Set host bits fail Junos' own check. */
  prefix(node: ConfigNode, family?: Family): Prefix | undefined {
    const read = this.interfaceAddress(node, family);
    if (read === undefined) return undefined;
    const prefix = prefixOf(read.address, read.length);
    if (prefix.value !== read.address.value)
      return this.refuse(node, `it has host bits; ${formatPrefix(prefix)} has none`);
    return prefix;
  }
}

function numberIn(text: string, least: number, most: number): number | undefined {
  if (!/^[0-9]{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}

/** `inet` and `inet6` by family. */
export const FAMILY_WORDS: readonly (readonly [Family, "inet" | "inet6"])[] = [
  [4, "inet"],
  [6, "inet6"],
];
