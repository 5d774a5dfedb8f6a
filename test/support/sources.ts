/** The project's own source files, parsed by the TypeScript compiler API, for the tests that judge the code itself. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";

/** The floors of the architecture that hold code, from the ground up, then the folders beside them. */
export const CODE_FOLDERS = ["grammar", "compiler", "targets", "policies", "cli", "editor", "bench", "test"] as const;

/** One source file: `path` from the project's root with `/`, its text and its tree (with parents set). */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** One module specifier with its line (from 1). `target` is the project file it names, undefined for packages. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly line: number;
  readonly target: string | undefined;
}

const CODE = /\.(?:ts|mts|cts|js|mjs|cjs)$/;

/** All source files under the code folders, in order of path. Folders that do not exist yet are empty. */
export function readSources(): readonly Source[] {
  return CODE_FOLDERS.flatMap((folder) => listFiles(folder))
    .filter((path) => CODE.test(path))
    .map((path) => parseSource(path, readFileSync(path, "utf8")));
}

/** Parses one text as the file at `path`. */
export function parseSource(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
}

function listFiles(folder: string): string[] {
  const found: string[] = [];
  const entries = readdirSync(".", { withFileTypes: true }).some(
    (entry) => entry.name === folder && entry.isDirectory(),
  )
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
    : [];
  for (const entry of entries) {
    const path = posix.join(entry.parentPath.split("\\").join("/"), entry.name);
    if (entry.isFile() && !path.includes("node_modules/")) found.push(path);
  }
  return found.sort();
}

/** Calls `visit` for every node of the tree, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node, from 1. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

/** Every module that a file names: static, dynamic and type imports, re-exports, and `require`. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  walk(source.tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    found.push({
      from: source.path,
      specifier: specifier.text,
      line: lineOf(source, specifier),
      target: specifier.text.startsWith(".") ? targetOf(source.path, specifier.text) : undefined,
    });
  });
  return found;
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined;
  if (ts.isExternalModuleReference(node)) return literal(node.expression);
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  const loads = called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === "require");
  return loads ? literal(node.arguments[0]) : undefined;
}

function literal(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined;
}

function targetOf(from: string, specifier: string): string {
  return posix
    .join(posix.dirname(from), specifier)
    .replace(/\.js$/, ".ts")
    .replace(/\.mjs$/, ".mts");
}
