/**
 * JSON with places: a parser that keeps the span of every value and key, so that a fault in a configuration underlines
 * the exact words. It accepts exactly RFC 8259 and reports the first fault.
 */
import type { SourceFile, Span } from "../../grammar/source.js";
import { span } from "../../grammar/source.js";

/** One key of an object with its value. */
export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** A value with the place it was written at. */
export type JsonNode =
  | { readonly kind: "object"; readonly members: readonly JsonMember[]; readonly span: Span }
  | { readonly kind: "array"; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "null"; readonly span: Span };

/** Why a text is not JSON, and where. */
export interface JsonFault {
  readonly fault: string;
  readonly span: Span;
}

/** Deeper nesting than this is refused: no configuration needs it, and the stack stays small. */
const MAX_DEPTH = 64;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON string may not hold a control character unescaped
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const BLANK = /[ \t\n\r]*/y;

/** Parses a text. Never throws. */
export function parseJson(source: SourceFile): JsonNode | JsonFault {
  try {
    return new Reader(source).document();
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message, span: error.at };
    throw error;
  }
}

/** True where parsing failed. */
export function isFault(result: JsonNode | JsonFault): result is JsonFault {
  return "fault" in result;
}

/** The plain value of a node. */
export function jsonValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map((member) => [member.key, jsonValue(member.value)]));
    case "array":
      return node.items.map(jsonValue);
    case "null":
      return null;
    default:
      return node.value;
  }
}

/** The member of an object by key. */
export function memberOf(node: JsonNode | undefined, key: string): JsonMember | undefined {
  return node?.kind === "object" ? node.members.find((member) => member.key === key) : undefined;
}

/** The node that a JSON pointer (RFC 6901) leads to. */
export function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const raw of pointer.split("/").slice(1)) {
    const part = raw.replace(/~1/g, "/").replace(/~0/g, "~");
    node = node?.kind === "array" ? node.items[Number(part)] : memberOf(node, part)?.value;
  }
  return node;
}

class Fault extends Error {
  readonly at: Span;
  constructor(message: string, at: Span) {
    super(message);
    this.at = at;
  }
}

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly source: SourceFile;

  constructor(source: SourceFile) {
    this.source = source;
    this.text = source.text;
    if (this.text.startsWith("\ufeff")) this.at = 1;
  }

  document(): JsonNode {
    const value = this.value(0);
    this.blank();
    if (this.at < this.text.length) this.fail("text after the end of the document");
    return value;
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} levels deep`);
    this.blank();
    const start = this.at;
    const next = this.text[this.at];
    if (next === "{") return this.object(start, depth);
    if (next === "[") return this.array(start, depth);
    if (next === '"') return { kind: "string", value: this.string(), span: this.from(start) };
    for (const [word, value] of [["true", true] as const, ["false", false] as const]) {
      if (this.take(word)) return { kind: "boolean", value, span: this.from(start) };
    }
    if (this.take("null")) return { kind: "null", span: this.from(start) };
    const number = this.match(NUMBER);
    if (number === undefined)
      return this.fail(next === undefined ? "the text ends where a value is expected" : "a value is expected here");
    return { kind: "number", value: Number(number), span: this.from(start) };
  }

  private object(start: number, depth: number): JsonNode {
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    this.at++;
    this.blank();
    if (this.take("}")) return { kind: "object", members, span: this.from(start) };
    do {
      this.blank();
      const keyStart = this.at;
      if (this.text[this.at] !== '"') this.fail("a key in double quotes is expected here");
      const key = this.string();
      const keySpan = this.from(keyStart);
      if (keys.has(key)) throw new Fault(`the key \`${key}\` stands twice`, keySpan);
      keys.add(key);
      this.blank();
      if (!this.take(":")) this.fail("`:` is expected here");
      members.push({ key, keySpan, value: this.value(depth + 1) });
      this.blank();
    } while (this.take(","));
    if (!this.take("}")) this.fail("`,` or `}` is expected here");
    return { kind: "object", members, span: this.from(start) };
  }

  private array(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.at++;
    this.blank();
    if (this.take("]")) return { kind: "array", items, span: this.from(start) };
    do {
      items.push(this.value(depth + 1));
      this.blank();
    } while (this.take(","));
    if (!this.take("]")) this.fail("`,` or `]` is expected here");
    return { kind: "array", items, span: this.from(start) };
  }

  private string(): string {
    const raw = this.match(STRING);
    if (raw === undefined) return this.fail("this string does not end, or holds a wrong escape or a control character");
    return JSON.parse(raw) as string;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private blank(): void {
    this.match(BLANK);
  }

  private from(start: number): Span {
    return span(this.source, start, this.at);
  }

  private fail(message: string): never {
    throw new Fault(message, span(this.source, this.at, Math.min(this.at + 1, this.text.length)));
  }
}
