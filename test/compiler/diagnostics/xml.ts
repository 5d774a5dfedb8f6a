/** A strict reader of the part of XML 1.0 that a report needs: elements, attributes, text and the five entities. */

/** An element. `text` is its own text, without that of its children. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/;
const TOKEN = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([A-Za-z][\w.-]*)="([^"<]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The root element. Throws `not well-formed: …`. */
export function parseXml(document: string): XmlNode {
  if (FORBIDDEN.test(document)) throw fault("a character that XML has not");
  const body = document.replace(DECLARATION, "");
  const stack: Open[] = [{ name: "", attributes: {}, children: [], text: "" }];
  let at = 0;
  for (const match of body.matchAll(TOKEN)) {
    at = match.index + match[0].length;
    take(stack, match);
  }
  const [top, ...more] = stack;
  const [root] = top?.children ?? [];
  if (at !== body.length) throw fault(`at ${at}`);
  if (root === undefined || top?.children.length !== 1 || more.length > 0) throw fault("not one root element");
  if (top.text.trim() !== "") throw fault("text outside of the root element");
  return root;
}

function take(stack: Open[], [, closing, name = "", list = "", empty, text]: RegExpMatchArray): void {
  const current = stack.at(-1);
  if (current === undefined) throw fault("too many ends");
  if (text !== undefined) {
    current.text += plain(text);
  } else if (closing === "/") {
    const done = stack.pop();
    if (done === undefined || done.name !== name || list !== "") throw fault(`</${name}>`);
    stack.at(-1)?.children.push(done);
  } else {
    const pairs = [...list.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, plain(value)] as const);
    const attributes = Object.fromEntries(pairs);
    if (Object.keys(attributes).length !== pairs.length) throw fault("an attribute that stands twice");
    const node: Open = { name, attributes, children: [], text: "" };
    if (empty === "/") current.children.push(node);
    else stack.push(node);
  }
}

function plain(text: string): string {
  if (text.includes("]]>")) throw fault("]]> in text");
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const number = /^#(\d+)$/.exec(name)?.[1];
    const value = number === undefined ? ENTITIES[name] : String.fromCodePoint(Number(number));
    if (value === undefined || !whole.endsWith(";")) throw fault(`the entity ${whole}`);
    return value;
  });
}

function fault(what: string): Error {
  return new Error(`not well-formed: ${what}`);
}
