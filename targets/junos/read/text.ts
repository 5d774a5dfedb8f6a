/**
 * The two text forms of a Junos configuration as trees of words: `set` lines, and braces with `replace:` tags as
 * `load replace` takes them. Juniper, "CLI User Guide", chapters on loading a configuration and on comments.
 *
 * Whatever is more than plain statements (other verbs, `inactive:`, wildcards of groups) is refused: it would have to be
 * merged with what the router has already.
 */
import { STRAY_TAG, type TagRule } from "./loading.js";
import { ConfigTree } from "./node.js";

/** A text as a tree; faults are what could not be read, with their lines. */
export interface ReadText {
  readonly tree: ConfigTree;
  readonly faults: readonly TextFault[];
}

/** A place of the text that is no statement. */
export interface TextFault {
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

/** A word or a sign of the text. A quoted text is a word whatever it holds. */
interface Token {
  readonly kind: "word" | "sign";
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

/** The most words that one statement of ours could ever have, many times over: a text with more is no configuration. */
const MOST_WORDS = 64;
const MOST_DEPTH = 32;
/** How many faults of one text are worth telling. */
const MOST_FAULTS = 100;

/** What a word may hold without quotes: more than that Junos would quote, or means something by it. */
const PLAIN = /^[A-Za-z0-9._:/+,@=*-]+$/;
/** Control characters and separators of lines. */
const ODD = /[\p{Cc}\u2028\u2029]+/u;

class Scan {
  readonly tree = new ConfigTree();
  readonly faults: TextFault[] = [];
  readonly tokens: readonly Token[];

  constructor(text: string, form: "set" | "structured") {
    this.tokens = this.scan(text, form === "set");
  }

  fault(line: number, what: string, why: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ line, what: shorten(what), why });
  }

  /** The tokens of a text. In `set` lines the ends of lines are signs, and comments fill lines of their own. */
  private scan(text: string, lines: boolean): readonly Token[] {
    const out: Token[] = [];
    let line = 1;
    let wordEnds = -1;
    for (let at = 0; at < text.length; ) {
      const char = text.charAt(at);
      const end = endOf(text, at, char);
      if (char === "\n") {
        if (lines) out.push(sign(char, line));
        line++;
      } else if (SIGNS.includes(char)) {
        out.push(sign(char, line));
      } else if (char === "#" || (char === "/" && text.charAt(at + 1) === "*")) {
        const found = text.slice(at, end);
        const alone = out.length === 0 || out.at(-1)?.text === "\n";
        const ends = char === "#" || (found.length > 3 && found.endsWith("*/"));
        if (!ends || (lines && (char !== "#" || !alone))) this.fault(line, found, "no comment may stand here");
        line += count(found);
      } else if (!BLANKS.includes(char)) {
        const found = text.slice(at, end);
        if (wordEnds === at) this.fault(line, found, "words touch each other");
        out.push(this.word(found, line));
        wordEnds = end;
        if (char === '"') line += count(found);
      }
      at = end;
    }
    return out;
  }

  private word(found: string, line: number): Token {
    if (!found.startsWith('"')) {
      if (!PLAIN.test(found) || found.includes("/*")) this.fault(line, found, "no such word stands in a configuration");
      return { kind: "word", text: found, line, quoted: false };
    }
    if (quotationEnd(found, 0) === undefined || ODD.test(found))
      this.fault(line, found, "a quotation ends on its line and holds plain text");
    return { kind: "word", text: found.slice(1, -1).replace(/\\([\s\S])/g, "$1"), line, quoted: true };
  }
}

const SIGNS = "{};[]";
const BLANKS = " \t\r";

/** Where what begins at a place ends; a comment or a quotation without an end takes the rest of the text. */
function endOf(text: string, at: number, char: string): number {
  if (char === "#") return endAfter(text, "\n", at) - (text.indexOf("\n", at) === -1 ? 0 : 1);
  if (char === "/" && text.charAt(at + 1) === "*") return endAfter(text, "*/", at + 2);
  if (char === '"') return quotationEnd(text, at) ?? text.length;
  if (char === "\n" || SIGNS.includes(char) || BLANKS.includes(char)) return at + 1;
  let end = at + 1;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

function endAfter(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found + what.length;
}

function quotationEnd(text: string, at: number): number | undefined {
  for (let end = at + 1; end < text.length; end++) {
    const char = text.charAt(end);
    if (char === "\\") end++;
    else if (char === '"') return end + 1;
  }
  return undefined;
}

/** Space, tab, line ends, signs and quotes end a word. */
function isBreak(code: number): boolean {
  return code <= 0x20 ? code === 0x20 || (code >= 9 && code <= 13) : BREAKS.has(code);
}

const BREAKS: ReadonlySet<number> = new Set([...`${SIGNS}"`].map((char) => char.charCodeAt(0)));

function sign(text: string, line: number): Token {
  return { kind: "sign", text, line, quoted: false };
}

function count(text: string): number {
  return text.split("\n").length - 1;
}

/** A text for a message: what cannot be printed is left out, and it is never long. */
export function shorten(text: string): string {
  const plain = text.slice(0, 400).replace(new RegExp(ODD, "gu"), " ");
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain;
}

/** Reads `set` lines. */
export function readSetLines(text: string): ReadText {
  const scan = new Scan(text, "set");
  let line: Token[] = [];
  for (const token of scan.tokens) {
    if (token.kind === "word" || token.text !== "\n") line.push(token);
    else {
      setLine(scan, line);
      line = [];
    }
  }
  setLine(scan, line);
  return scan;
}

function setLine(scan: Scan, [verb, ...rest]: readonly Token[]): void {
  if (verb === undefined) return;
  if (verb.kind !== "word" || verb.text !== "set" || verb.quoted)
    scan.fault(verb.line, verb.text, "only `set` lines are read");
  else setWords(scan, rest, verb.line);
}

function setWords(scan: Scan, rest: readonly Token[], line: number): void {
  const words = (tokens: readonly Token[]): readonly string[] => tokens.map(({ text }) => text);
  const open = rest.findIndex(({ kind }) => kind === "sign");
  const [sign, last] = [rest[open], rest.at(-1)];
  const list = rest.slice(open + 1, -1);
  const closed = sign?.text === "[" && last?.kind === "sign" && last.text === "]" && last !== sign;
  if (sign === undefined) addStatement(scan, words(rest), undefined, line);
  else if (closed && list.every(({ kind }) => kind === "word"))
    addStatement(scan, words(rest.slice(0, open)), list, line);
  else scan.fault(line, sign.text, "only one list may stand here, at the end");
}

function addStatement(scan: Scan, words: readonly string[], list: readonly Token[] | undefined, line: number): void {
  if (words.length === 0) scan.fault(line, "set", "a statement has no words");
  else if (words.length >= MOST_WORDS) scan.fault(line, words.slice(0, 8).join(" "), "a statement has too many words");
  else if (list === undefined) scan.tree.add(words, line);
  else if (list.length === 0) scan.fault(line, words.join(" "), "a list is empty");
  else for (const one of list) scan.tree.add([...words, one.text], line);
}

/**
 * Reads structured text for `load replace`: every statement stands in a block with the tag, and tags stand only where they
 * may.
 */
export function readStructured(text: string, mayTag: TagRule): ReadText {
  const scan = new Scan(text, "structured");
  new Structure(scan, mayTag).run();
  return scan;
}

/** One open block. */
interface Block {
  readonly words: readonly string[];
  readonly replaced: boolean;
  /** Keys of the tagged blocks in it: a second one would replace the first. */
  readonly tagged: Set<string>;
  empty: boolean;
  readonly line: number;
}

/** Goes through the tokens; after a fault that leaves the nesting in doubt nothing more is read. */
class Structure {
  private readonly scan: Scan;
  private readonly blocks: Block[] = [{ words: [], replaced: false, tagged: new Set(), empty: true, line: 1 }];
  private words: Token[] = [];
  private list: Token[] | undefined;
  private closed = false;
  private tag: Token | undefined;
  private readonly mayTag: TagRule;

  constructor(scan: Scan, mayTag: TagRule) {
    this.scan = scan;
    this.mayTag = mayTag;
  }

  run(): void {
    for (const token of this.scan.tokens) if (!this.step(token)) return;
    const open = this.words[0] ?? this.tag ?? this.list?.[0];
    if (open !== undefined || this.list !== undefined)
      this.scan.fault(open?.line ?? 1, open?.text ?? "[", "a statement does not end");
    const block = this.blocks.at(-1);
    if (this.blocks.length > 1 && block !== undefined)
      this.scan.fault(block.line, block.words.join(" "), "a block does not end");
  }

  /** False where reading ends. */
  private step(token: Token): boolean {
    if (token.kind === "word") return this.word(token);
    switch (token.text) {
      case "{":
        return this.open(token);
      case "}":
        return this.close(token);
      case ";":
        return this.end(token);
      case "[":
        if (this.list !== undefined || this.words.length === 0) return this.stop(token, "a list has no place here");
        this.list = [];
        return true;
      default:
        if (this.list === undefined || this.closed) return this.stop(token, "no list is open here");
        this.closed = true;
        return true;
    }
  }

  private stop({ line, text }: Token, why: string): false {
    this.scan.fault(line, text, why);
    return false;
  }

  private word(token: Token): boolean {
    if (this.closed) return this.stop(token, "a word follows a list");
    if (!token.quoted && token.text.endsWith(":") && this.words.length === 0 && this.list === undefined) {
      if (token.text !== "replace:") return this.stop(token, "only the tag `replace:` is read");
      if (this.tag !== undefined) return this.stop(token, "two tags stand at one statement");
      this.tag = token;
      return true;
    }
    (this.list ?? this.words).push(token);
    return true;
  }

  private head(): Block | undefined {
    return this.blocks.at(-1);
  }

  private open(token: Token): boolean {
    const around = this.head();
    if (around === undefined || this.list !== undefined || this.words.length === 0)
      return this.stop(token, "a block has no name");
    if (this.blocks.length >= MOST_DEPTH) return this.stop(token, "blocks nest too deeply");
    const words = [...around.words, ...this.words.map(({ text }) => text)];
    if (words.length > MOST_WORDS) return this.stop(token, "a statement has too many words");
    const line = this.words[0]?.line ?? token.line;
    around.empty = false;
    const replaced = this.replaced(around, line);
    this.blocks.push({ words, replaced, tagged: new Set(), empty: true, line });
    this.words = [];
    return true;
  }

  /** True where the statement that begins is replaced as a whole, by its own tag or one around it. */
  private replaced(around: Block, line: number): boolean {
    if (this.tag === undefined) return around.replaced;
    const own = this.words.map(({ text }) => text);
    const key = JSON.stringify(own);
    if (!this.mayTag(around.words, own)) this.scan.fault(this.tag.line, [...around.words, ...own].join(" "), STRAY_TAG);
    if (around.tagged.has(key)) this.scan.fault(line, "replace:", "the same object is replaced twice");
    around.tagged.add(key);
    this.tag = undefined;
    return true;
  }

  private close(token: Token): boolean {
    if (this.words.length > 0 || this.list !== undefined || this.tag !== undefined)
      return this.stop(token, "a statement does not end");
    const block = this.blocks.pop();
    if (block === undefined || this.blocks.length === 0) return this.stop(token, "no block is open here");
    if (block.empty) this.add(block.words, undefined, block.replaced, block.line);
    return true;
  }

  private end(token: Token): boolean {
    const around = this.head();
    if (around === undefined || this.words.length === 0) return this.stop(token, "a statement has no words");
    if (this.list !== undefined && !this.closed) return this.stop(token, "a list does not end");
    const words = [...around.words, ...this.words.map(({ text }) => text)];
    const line = this.words[0]?.line ?? token.line;
    around.empty = false;
    const replaced = this.replaced(around, line);
    const list = this.list;
    this.words = [];
    this.list = undefined;
    this.closed = false;
    this.add(words, list, replaced, line);
    return true;
  }

  private add(words: readonly string[], list: readonly Token[] | undefined, replaced: boolean, line: number): void {
    if (!replaced)
      this.scan.fault(line, words.join(" "), "without a `replace:` tag it is merged with what the router has already");
    addStatement(this.scan, words, list, line);
  }
}
