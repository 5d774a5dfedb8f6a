/**
 * The two text forms as they nearly always stand: `set` lines of words with one space between, and braces without anything
 * odd. Such texts are read in one pass, and the second form is held against the tree of the first word by word.
 *
 * What is taken here means the same to `text.ts`; whatever it would refuse, or might, is not taken here, so that every fault
 * is found and told there.
 */
import type { TagRule } from "./loading.js";
import { type ConfigNode, ConfigTree } from "./node.js";

const [TAB, LINE, RETURN, SPACE, QUOTE, HASH] = [9, 10, 13, 32, 34, 35];
const [STAR, SLASH, COLON, SEMICOLON] = [42, 47, 58, 59];
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [91, 92, 93, 123, 125];

/** Characters of words without quotes. */
const PLAIN = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/+,@=*-")
  PLAIN[char.charCodeAt(0)] = 1;

/** Statements longer than this, and deeper blocks, are left to `text.ts`. */
const MOST_WORDS = 60;
const MOST_DEPTH = 30;

/** Where a word without quotes ends; `from` where none stands there. */
function wordEnd(text: string, from: number): number {
  let end = from;
  for (let code = text.charCodeAt(end); code < 128 && PLAIN[code] === 1; code = text.charCodeAt(end)) {
    if (code === STAR && end > from && text.charCodeAt(end - 1) === SLASH) return from;
    end++;
  }
  return end;
}

/** Where a quotation ends, after its last quote; `from` where it does not, or holds more than plain text. */
function quotationEnd(text: string, from: number): number {
  for (let end = from + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return end + 1;
    if (isOdd(code) || (code === BACKSLASH && isOdd(text.charCodeAt(++end)))) return from;
  }
  return from;
}

/** Control characters and separators of lines; and no character at all. */
function isOdd(code: number): boolean {
  return !(code >= 0x20 && (code < 0x7f || code > 0x9f) && code !== 0x2028 && code !== 0x2029);
}

/** The text between the quotes of a quotation. */
function quoted(text: string, from: number, end: number): string {
  const inner = text.slice(from + 1, end - 1);
  return inner.includes("\\") ? inner.replace(/\\([\s\S])/g, "$1") : inner;
}

/** The tree of `set` lines; undefined where a line is anything else. */
export function plainSetLines(text: string): ConfigTree | undefined {
  const tree = new ConfigTree();
  /** The words of the line before: their nodes, and where each ends in its line. */
  const nodes: ConfigNode[] = [];
  const ends: number[] = [];
  let before = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line++;
    const found = text.indexOf("\n", start);
    const stop = found < 0 ? text.length : found;
    const first = text.charCodeAt(start);
    if (first !== HASH && start < stop) {
      if (!text.startsWith("set ", start)) return undefined;
      const shared = sharedWords(text, before, start, stop, ends);
      nodes.length = shared;
      ends.length = shared;
      let node = nodes[shared - 1] ?? tree.root;
      let at = start + (ends[shared - 1] ?? 3);
      while (at < stop) {
        if (text.charCodeAt(at) !== SPACE || nodes.length >= MOST_WORDS) return undefined;
        const from = at + 1;
        const isQuoted = text.charCodeAt(from) === QUOTE;
        at = isQuoted ? quotationEnd(text, from) : wordEnd(text, from);
        if (at === from) return undefined;
        const word = isQuoted ? quoted(text, from, at) : text.slice(from, at);
        node = node.child(word) ?? node.grow(word, line);
        nodes.push(node);
        ends.push(at - start);
      }
      if (nodes.length === 0) return undefined;
      before = start;
    }
    start = stop + 1;
  }
  return tree;
}

/** How many words a line has in common with the one before, from the first on. */
function sharedWords(text: string, before: number, start: number, stop: number, ends: readonly number[]): number {
  const length = Math.min(ends.at(-1) ?? 0, stop - start);
  let same = 4;
  while (same < length && text.charCodeAt(before + same) === text.charCodeAt(start + same)) same++;
  let count = 0;
  for (let end = ends[0]; end !== undefined && end <= same; end = ends[++count]) {
    if (start + end < stop && text.charCodeAt(start + end) !== SPACE) break;
  }
  return count;
}

/** An open block of the second form: its node, whether it is replaced as a whole, and what in it has a tag of its own. */
interface Block {
  readonly node: ConfigNode;
  readonly words: number;
  readonly replaced: boolean;
  tagged: Set<ConfigNode> | undefined;
  empty: boolean;
}

/**
 * True where a structured text says exactly what a tree does, in its order, and every statement is replaced by a tag that
 * may stand there. False means nothing: the text may say the same in an odd way. A tree is asked once.
 */
export function saysTheSame(tree: ConfigTree, text: string, mayTag: TagRule): boolean {
  return new Comparison(tree, text, mayTag).holds();
}

class Comparison {
  private readonly root: ConfigNode;
  private readonly text: string;
  private readonly blocks: Block[];
  private at = 0;
  /** The statement that is being read: its last node, how many words it has, its tag and its list. */
  private node: ConfigNode;
  private words = 0;
  private tag = false;
  private readonly mayTag: TagRule;

  constructor(tree: ConfigTree, text: string, mayTag: TagRule) {
    this.mayTag = mayTag;
    this.root = tree.root;
    this.node = tree.root;
    this.text = text;
    this.blocks = [{ node: tree.root, words: 0, replaced: false, tagged: undefined, empty: true }];
  }

  holds(): boolean {
    for (;;) {
      if (!this.blank()) return false;
      if (this.at >= this.text.length) break;
      if (!this.step()) return false;
    }
    return this.blocks.length === 1 && this.words === 0 && !this.tag && isWhole(this.root);
  }

  private step(): boolean {
    switch (this.text.charCodeAt(this.at)) {
      case OPEN:
        return this.open();
      case CLOSE:
        return this.close();
      case SEMICOLON:
        return this.end();
      case OPEN_LIST:
        return this.words > 0 && this.list();
      default:
        return this.word();
    }
  }

  /** Passes blanks and comments; false where a comment does not end. */
  private blank(): boolean {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === SPACE || code === LINE || code === TAB || code === RETURN) this.at++;
      else if (code === HASH) {
        const end = text.indexOf("\n", this.at);
        this.at = end < 0 ? text.length : end;
      } else if (code === SLASH && text.charCodeAt(this.at + 1) === STAR) {
        const end = text.indexOf("*/", this.at + 2);
        if (end < 0) return false;
        this.at = end + 2;
      } else return true;
    }
  }

  private word(): boolean {
    const from = this.at;
    if (this.words === 0 && this.isTag(from)) {
      if (this.tag) return false;
      this.tag = true;
      return true;
    }
    const next = this.follow(this.node);
    if (next === undefined) return false;
    this.node = next;
    this.words++;
    return true;
  }

  /** True for `replace:` in front of a statement, which is then passed. */
  private isTag(from: number): boolean {
    if (!this.text.startsWith("replace:", from) || wordEnd(this.text, from) !== from + 8) return false;
    const after = this.text.charCodeAt(from + 8);
    if (after !== SPACE && after !== LINE) return false;
    this.at = from + 8;
    return true;
  }

  /** The child that the next word is, which has been said before or comes next in its order; the word is passed. */
  private follow(node: ConfigNode): ConfigNode | undefined {
    const { text } = this;
    const from = this.at;
    const isQuoted = text.charCodeAt(from) === QUOTE;
    const end = isQuoted ? quotationEnd(text, from) : wordEnd(text, from);
    if (end === from || !this.mayEnd(end, isQuoted)) return undefined;
    this.at = end;
    const awaited = node.said === undefined ? node.first : node.said.next;
    const word = isQuoted ? quoted(text, from, end) : undefined;
    if (awaited !== undefined && isWord(awaited.word, word, text, from, end)) {
      node.said = awaited;
      return awaited;
    }
    const { said } = node;
    if (said === undefined) return undefined;
    if (isWord(said.word, word, text, from, end)) return said;
    const found = node.child(word ?? text.slice(from, end));
    return found !== undefined && found.ordinal < said.ordinal ? found : undefined;
  }

  /** True where a word is over and no other touches it, nor is it a tag that is not known. */
  private mayEnd(end: number, isQuoted: boolean): boolean {
    const code = this.text.charCodeAt(end);
    if (!isQuoted && this.words === 0 && this.text.charCodeAt(end - 1) === COLON) return false;
    return code === SPACE || code === LINE || code === SEMICOLON || code === OPEN || code === CLOSE_LIST;
  }

  private open(): boolean {
    const around = this.head();
    if (this.words === 0 || this.blocks.length >= MOST_DEPTH) return false;
    const words = around.words + this.words;
    if (words > MOST_WORDS || !this.tagsWell(around)) return false;
    around.empty = false;
    const replaced = around.replaced || this.tag;
    this.blocks.push({ node: this.node, words, replaced, tagged: undefined, empty: true });
    return this.begin(this.node);
  }

  private close(): boolean {
    const block = this.blocks.pop();
    const around = this.blocks.at(-1);
    if (this.words > 0 || this.tag || block === undefined || around === undefined) return false;
    if (block.empty && !block.replaced) return false;
    return this.begin(around.node);
  }

  private end(): boolean {
    const around = this.head();
    if (this.words === 0 || around.words + this.words > MOST_WORDS || !this.tagsWell(around)) return false;
    if (!around.replaced && !this.tag) return false;
    around.empty = false;
    return this.begin(around.node);
  }

  /** A list and the end of its statement: every item is a statement. */
  private list(): boolean {
    this.at++;
    for (let items = 0; ; items++) {
      if (!this.blank()) return false;
      if (this.text.charCodeAt(this.at) === CLOSE_LIST) {
        this.at++;
        return items > 0 && this.blank() && this.text.charCodeAt(this.at) === SEMICOLON;
      }
      if (this.follow(this.node) === undefined) return false;
    }
  }

  /** Passes the sign that stands here, after which a statement of a block begins. */
  private begin(node: ConfigNode): true {
    this.at++;
    this.node = node;
    this.words = 0;
    this.tag = false;
    return true;
  }

  /** False where the statement has a tag that may not stand there, or one like it in the same block had one too. */
  private tagsWell(around: Block): boolean {
    if (!this.tag) return true;
    const path = this.node.path();
    if (!this.mayTag(path.slice(0, around.words), path.slice(around.words))) return false;
    around.tagged ??= new Set();
    if (around.tagged.has(this.node)) return false;
    around.tagged.add(this.node);
    return true;
  }

  private head(): Block {
    const block = this.blocks.at(-1);
    if (block === undefined) throw new Error("no block is open");
    return block;
  }
}

/** True where a node has the word that stands in a text, or in its quotes. */
function isWord(known: string, word: string | undefined, text: string, from: number, end: number): boolean {
  return word === undefined ? known.length === end - from && text.startsWith(known, from) : known === word;
}

/** True where everything below a node has been said. */
function isWhole(root: ConfigNode): boolean {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ((node.said?.ordinal ?? -1) !== node.size - 1) return false;
    for (let child = node.first; child !== undefined; child = child.next) if (child.size > 0) open.push(child);
  }
  return true;
}
