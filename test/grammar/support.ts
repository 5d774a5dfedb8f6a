/** What the tests of this folder share: parsing with findings as plain data, and trees as short texts. */
import { Diagnostics } from "../../grammar/diagnostic.js";
import { parseFile } from "../../grammar/parse.js";
import { SourceFile, spanText } from "../../grammar/source.js";
import type { Clause, Condition, Expr, Item, Name, Ref, StringExpr, SyntaxFile } from "../../grammar/syntax/nodes.js";

/** One finding as the tables of the tests write it: code, underlined text, message, help. */
export type Finding = readonly [code: string, underlined: string, message: string, help: string | undefined];

/** A parsed text and its findings in canonical order. */
export function parse(text: string): { readonly file: SyntaxFile; readonly findings: readonly Finding[] } {
  const diagnostics = new Diagnostics();
  const file = parseFile(new SourceFile("main.demarc", text), diagnostics);
  const findings = diagnostics
    .sorted()
    .map((one): Finding => [one.code, one.span === undefined ? "" : spanText(one.span), one.message, one.help]);
  return { file, findings };
}

/** The text with the certain edits of its findings applied. */
export function mended(text: string): string {
  const diagnostics = new Diagnostics();
  parseFile(new SourceFile("main.demarc", text), diagnostics);
  const changes = diagnostics
    .sorted()
    .flatMap((one) => one.edits.filter((edit) => edit.certain).flatMap((edit) => edit.changes))
    .sort((a, b) => b.span.start - a.span.start);
  return changes.reduce((out, { span, text: by }) => out.slice(0, span.start) + by + out.slice(span.end), text);
}

/** A tree as a short text without places, so that trees can be compared and read. */
export function show(items: readonly Item[]): string {
  return items.map(showItem).join("\n");
}

function showItem(item: Item): string {
  const doc = item.kind !== "Skipped" && item.doc !== undefined ? `doc(${JSON.stringify(item.doc)}) ` : "";
  return doc + showBare(item);
}

function showBare(item: Item): string {
  switch (item.kind) {
    case "Import":
      return `import(${item.path.kind === "String" ? JSON.stringify(item.path.value) : "?"} ${item.alias?.text ?? "-"})`;
    case "Property":
      return `${showName(item.key)} := ${showExpr(item.value)}`;
    case "Declaration": {
      const headers = item.headers.map((header) => `${header.word}(${header.refs.map(showRef).join(" ")})`);
      const rest = item.value === undefined ? showBody(item.body?.items) : `= ${showExpr(item.value)}`;
      return [`${showName(item.word)}<${showRef(item.name)}>`, ...headers, rest].join(" ");
    }
    case "Allow":
      return `allow(${showExpr(item.source)} ${item.arrow} ${showExpr(item.destination)} ${showExpr(item.service)})${showClauses(item.clauses)}`;
    case "Share":
      return `share(${showExpr(item.what)} ${showExpr(item.with)})${showClauses(item.clauses)}`;
    case "Never":
    case "Always": {
      const service = item.service === undefined ? "-" : showExpr(item.service);
      return `${item.kind.toLowerCase()}(${showExpr(item.source)} ${item.arrow} ${showExpr(item.destination)} ${service})${showClauses(item.clauses)}`;
    }
    default:
      return "skipped";
  }
}

function showBody(items: readonly Item[] | undefined): string {
  return items === undefined ? "no body" : `{${items.map(showItem).join("; ")}}`;
}

function showClauses(clauses: readonly Clause[]): string {
  return clauses
    .map(
      ({ word, value }) =>
        ` ${word}(${value === undefined ? "" : value.kind === "Ref" ? showRef(value) : showExpr(value)})`,
    )
    .join("");
}

function showName(name: Name): string {
  return name.missing === true ? "?" : name.text;
}

function showRef(ref: Ref): string {
  return ref.names.map(showName).join(".");
}

function showKey(key: Name | StringExpr): string {
  return key.kind === "String" ? JSON.stringify(key.value) : key.text;
}

/** An expression as a short text. */
export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case "String":
      return JSON.stringify(expr.value);
    case "Bool":
      return String(expr.value);
    case "Literal":
      return JSON.stringify(expr.literal, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    case "Any":
      return "any!";
    case "RefExpr":
      return expr.args === undefined ? showRef(expr.ref) : `${showRef(expr.ref)}(${expr.args.map(showExpr).join(" ")})`;
    case "List":
      return `[${expr.items.map(showExpr).join(" ")}]`;
    case "Paren":
      return `paren(${showExpr(expr.inner)})`;
    case "Binary":
      return `(${expr.op} ${showExpr(expr.left)} ${showExpr(expr.right)})`;
    case "Where":
      return `where(${showExpr(expr.term)} ${showCondition(expr.condition)})`;
    case "Object":
      return `obj(${expr.entries.map((entry) => `${showKey(entry.key)}=${showExpr(entry.value)}`).join(" ")})`;
    default:
      return "missing";
  }
}

function showCondition(condition: Condition): string {
  switch (condition.kind) {
    case "Or":
    case "And":
      return `${condition.kind.toLowerCase()}(${condition.terms.map(showCondition).join(" ")})`;
    case "Not":
      return `not(${showCondition(condition.inner)})`;
    case "ParenCondition":
      return `paren(${showCondition(condition.inner)})`;
    case "Compare":
      return `(${condition.op} ${showKey(condition.label)} ${showExpr(condition.value)})`;
    case "In":
      return `(in ${showKey(condition.label)} ${showExpr(condition.list)})`;
    default:
      return "missing";
  }
}
