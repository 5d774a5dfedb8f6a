/**
 * JSON as Terraform reads it, for judging: exactly RFC 8259, each key once in its object, texts well-formed Unicode.
 *
 * Objects are maps, so that no key (`__proto__`) is special. Places are JSON pointers that whoever walks a value keeps; a
 * text that is no JSON has the line of its fault.
 */

/** A value of a document. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** An object: its members in their order. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Why a text is not JSON: what is wrong, and the line (from 1) where. */
export interface JsonFault {
  readonly fault: string;
  readonly line: number;
}

/** Deeper nesting than this is refused: no module needs it, and the stack stays small. */
const MAX_DEPTH = 64;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON string may not hold a control character unescaped
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const NEEDS_CARE = /[\\\u0000-\u001f\ud800-\udfff]/;
/** A half of a surrogate pair alone: Terraform would put another character in its place. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Parses a document. Never throws. */
export function parseDocument(text: string): { readonly value: JsonValue } | JsonFault {
  const parser = new Parser(text);
  try {
    return { value: parser.document() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: error.message, line: text.slice(0, error.at).split("\n").length };
  }
}

/** True for an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/** True for an array. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

class Fault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonValue {
    const value = this.value(0);
    this.blank();
    if (this.at < this.text.length) this.fail("text after the end of the document");
    return value;
  }

  private value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} levels deep`);
    this.blank();
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.array(depth);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    this.at++;
    this.blank();
    if (this.take("}")) return members;
    do {
      this.blank();
      const start = this.at;
      if (this.text[start] !== '"') this.fail("a key in double quotes is expected here");
      const key = this.string();
      if (members.has(key)) throw new Fault(`the key \`${key}\` stands twice`, start);
      this.blank();
      if (!this.take(":")) this.fail("`:` is expected here");
      members.set(key, this.value(depth + 1));
      this.blank();
    } while (this.take(","));
    if (!this.take("}")) this.fail("`,` or `}` is expected here");
    return members;
  }

  private array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.at++;
    this.blank();
    if (this.take("]")) return items;
    do {
      items.push(this.value(depth + 1));
      this.blank();
    } while (this.take(","));
    if (!this.take("]")) this.fail("`,` or `]` is expected here");
    return items;
  }

  private string(): string {
    const end = this.text.indexOf('"', this.at + 1);
    const plain = end < 0 ? "" : this.text.slice(this.at + 1, end);
    if (end >= 0 && !NEEDS_CARE.test(plain)) {
      this.at = end + 1;
      return plain;
    }
    const start = this.at;
    const raw = this.match(STRING);
    if (raw === undefined) return this.fail("this string does not end, or holds a wrong escape or a control character");
    const value = JSON.parse(raw) as string;
    if (LONE_SURROGATE.test(value)) throw new Fault("this string holds half a surrogate pair", start);
    return value;
  }

  private number(): number {
    const found = this.match(NUMBER);
    if (found === undefined) return this.fail("a value is expected here");
    return Number(found);
  }

  private word<T>(word: string, value: T): T {
    return this.take(word) ? value : this.fail("a value is expected here");
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
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private fail(message: string): never {
    throw new Fault(message, this.at);
  }
}
