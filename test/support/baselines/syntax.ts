/** Baselines of the text phases: tokens, syntax tree, symbols and formatted text. */
import type { ImportSymbol, MemberSymbol, NamedSymbol, Symbols } from "../../../compiler/bind/symbols.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { formatSource } from "../../../grammar/format.js";
import { Reporter } from "../../../grammar/reporter.js";
import { scan } from "../../../grammar/scanner.js";
import type { SourceFile } from "../../../grammar/source.js";
import type { SyntaxFile } from "../../../grammar/syntax/nodes.js";
import { compactText, placeText, plain } from "./compact.js";

/** The tokens and comments of a text: a line for each of its lines, `line: column kind image …`. */
export function tokensText(source: SourceFile): string {
  const { tokens, trivia } = scan(new Reporter(source, new Diagnostics()));
  const parts = [
    ...tokens.map((token) => {
      const { name } = token.tokenType;
      const kind = /^(?:Word|Sign)_/.test(name) ? "" : `${token.shape ?? name.toLowerCase()} `;
      return { at: token.startOffset, text: `${kind}${visible(token.image)}` };
    }),
    ...trivia.map((one) => ({
      at: one.start,
      text: `${one.kind}-comment ${visible(source.text.slice(one.start, one.end))}`,
    })),
  ];
  const byLine = new Map<number, string[]>();
  for (const { at, text } of parts.sort((a, b) => a.at - b.at)) {
    const { line, column } = source.position(at);
    byLine.set(line, [...(byLine.get(line) ?? []), `${column} ${text}`]);
  }
  return [...byLine].map(([line, texts]) => `${line}: ${texts.join("  ")}\n`).join("");
}

/** A text on one line, what does not print as an escape. */
function visible(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
  return escaped.replace(/[^\u0020-\u007e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The tree of a file: one node a line with its range, nodes that are words and values on the line of their parent. */
export function syntaxText(file: SyntaxFile): string {
  const edition = file.edition === undefined ? "" : ` edition ${file.edition.value}`;
  const items = file.items.flatMap((item) => nodeLines("", item, file.source, 1));
  return [`File${edition}`, ...items].map((line) => `${line}\n`).join("");
}

type Node = { readonly kind: string; readonly start: number; readonly end: number };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && "start" in value && "end" in value;
}

function isNodeOrEntry(value: unknown): value is Omit<Node, "kind"> {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}

function nodeLines(role: string, node: Omit<Node, "kind">, source: SourceFile, depth: number): readonly string[] {
  const head = [role === "" ? "" : `${role}:`, isNode(node) ? node.kind : "Entry", rangeText(node, source)];
  const below: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (["kind", "start", "end", "opStart"].includes(key) || value === undefined) continue;
    const children = Array.isArray(value) ? value : [value];
    if (!children.some(isNodeOrEntry)) {
      if (children.length > 0) head.push(`${key}=${JSON.stringify(plain(value))}`);
      continue;
    }
    const words = children.map((child) => wordOf(child));
    if (words.every((word) => word !== undefined)) head.push(`${key}=${words.join(",")}`);
    else below.push(...children.flatMap((child) => nodeLines(key, child, source, depth + 1)));
  }
  return ["  ".repeat(depth) + head.filter((part) => part !== "").join(" "), ...below];
}

/** Names and references, which need no line of their own. */
function wordOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.kind === "Name" && "text" in value) return "missing" in value ? "<missing>" : String(value.text);
  if (value.kind === "Ref" && "names" in value) return (value.names as readonly unknown[]).map(wordOf).join(".");
  return undefined;
}

function rangeText({ start, end }: Omit<Node, "kind">, source: SourceFile): string {
  const [from, to] = [source.position(start), source.position(end)];
  return `${from.line}:${from.column}-${from.line === to.line ? "" : `${to.line}:`}${to.column}`;
}

/** Everything that has a name: kind, path, place. */
export function symbolsText(symbols: Symbols): string {
  const units = [...(symbols.estate === undefined ? [] : [symbols.estate]), ...symbols.links.values()];
  const all = [
    ...[...symbols.names.values()].flatMap((symbol) => symbolLines(symbol, 0)),
    ...[...units, ...symbols.policies.values()].map(({ kind, name, span }) => `${kind} ${name} ${placeText(span)}`),
  ];
  return all.length === 0 ? "no symbols\n" : all.map((line) => `${line}\n`).join("");
}

function symbolLines(symbol: NamedSymbol | MemberSymbol | ImportSymbol, depth: number): readonly string[] {
  const name = "path" in symbol ? symbol.path : symbol.name;
  const inner =
    symbol.kind === "import"
      ? [...symbol.package.services.values(), ...symbol.package.imports.values()]
      : [...symbol.members.values()];
  return [
    `${"  ".repeat(depth)}${symbol.kind} ${name} ${placeText(symbol.span)}`,
    ...inner.flatMap((each) => symbolLines(each, depth + 1)),
  ];
}

/** The text in canonical layout, or why there is none. */
export function formattedText(source: SourceFile): string {
  const formatted = formatSource(source, new Diagnostics());
  if (formatted === undefined) return "left as it is: it has syntax errors\n";
  if (!formatted.changed) return "as it is\n";
  return formatted.text.endsWith("\n") ? formatted.text : `${formatted.text}\n`;
}

/** Sections of several texts, each under the path of its file. */
export function sections(parts: readonly (readonly [path: string, text: string])[]): string {
  return parts.map(([path, text]) => `=== ${path}\n${text}`).join("\n");
}

/** An object as compact text: what a phase yields as data. */
export function dataText(value: unknown, omit: readonly string[] = []): string {
  const text = compactText(plain(value, new Set(omit)));
  return text === "" ? "nothing\n" : text;
}
