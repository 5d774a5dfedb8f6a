/** The rules of the house that a program can check: size, names, docstrings, and what must not be written. */
import { basename } from "node:path";
import ts from "typescript";
import { assert, suite } from "../support/harness.js";
import { lineOf, parseSource, readSources, type Source, walk } from "../support/sources.js";

const MAX_FILE_LINES = 450;
const MAX_FUNCTION_LINES = 80;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.(?:ts|mts|cts|js|mjs|cjs)$/;
const SUPPRESSION = /@ts-(?:ignore|nocheck|expect-error)/;
const UNFINISHED = /\b(?:TODO|FIXME|XXX|HACK)\b/;

type Judge = (source: Source) => readonly string[];

function faultsOf(sources: readonly Source[], judge: Judge): string {
  return sources.flatMap((source) => judge(source).map((fault) => `${source.path}${fault}`)).join("\n");
}

const tooLong: Judge = ({ text }) => {
  const lines = text.replace(/\n$/, "").split("\n").length;
  return lines > MAX_FILE_LINES ? [` has ${lines} lines, at most ${MAX_FILE_LINES}`] : [];
};

/** Nested functions are not counted twice: a suite in a test is long because its tests are many. */
const longFunctions: Judge = (source) => {
  const faults: string[] = [];
  walk(source.tree, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return;
    const first = lineOf(source, node);
    const lines = source.tree.getLineAndCharacterOfPosition(node.end).line + 2 - first;
    if (lines > MAX_FUNCTION_LINES)
      faults.push(`:${first} is a function of ${lines} lines, at most ${MAX_FUNCTION_LINES}`);
  });
  return faults;
};

const looseTypes: Judge = (source) => {
  const faults: string[] = [];
  walk(source.tree, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) faults.push(`:${lineOf(source, node)} says \`any\``);
  });
  return faults;
};

const defaultExports: Judge = (source) => {
  const faults: string[] = [];
  walk(source.tree, (node) => {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    const byKeyword = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    const byName = ts.isExportSpecifier(node) && node.name.text === "default";
    if (ts.isExportAssignment(node) || byKeyword || byName) faults.push(`:${lineOf(source, node)} is a default export`);
  });
  return faults;
};

/** Comments only: a text may speak of such words. */
function commentsWith(pattern: RegExp): Judge {
  return ({ text, tree }) => {
    const faults: string[] = [];
    const seen = new Set<number>();
    const visit = (node: ts.Node): void => {
      for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) note(pos, end);
      for (const { pos, end } of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) note(pos, end);
      for (const child of node.getChildren(tree)) visit(child);
    };
    const note = (pos: number, end: number): void => {
      const found = text.slice(pos, end).match(pattern);
      if (found === null || seen.has(pos)) return;
      seen.add(pos);
      faults.push(`:${tree.getLineAndCharacterOfPosition(pos).line + 1} has a comment with ${found[0]}`);
    };
    visit(tree);
    return faults;
  };
}

const badName: Judge = ({ path }) => (KEBAB.test(basename(path)) ? [] : [" is not named in kebab-case"]);

/**
 * Exported declarations without a doc comment. Re-exports from other files are documented there, and constants on the
 * very next line share the comment above the first.
 */
const undocumented: Judge = (source) => {
  const named = new Set<string>();
  walk(source.tree, (node) => {
    if (!ts.isExportDeclaration(node) || node.moduleSpecifier !== undefined || node.exportClause === undefined) return;
    if (!ts.isNamedExports(node.exportClause)) return;
    for (const { name, propertyName } of node.exportClause.elements) named.add((propertyName ?? name).text);
  });
  const documented = new Set<string>();
  const missing = new Map<string, number>();
  for (const statement of source.tree.statements) {
    const exported = ts.canHaveModifiers(statement)
      ? (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    for (const name of declaredNames(statement)) {
      if (!exported && !named.has(name)) continue;
      if (hasDoc(source, statement) || sharesDoc(source, statement)) documented.add(name);
      else missing.set(name, lineOf(source, statement));
    }
  }
  return [...missing]
    .filter(([name]) => !documented.has(name))
    .map(([name, line]) => `:${line} exports \`${name}\` without a doc comment`);
};

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

function hasDoc({ text }: Source, statement: ts.Statement): boolean {
  const ranges = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  return ranges.some(
    ({ pos, end }) => text.slice(pos, end).startsWith("/**") && text.slice(pos + 3, end - 2).trim() !== "",
  );
}

function sharesDoc(source: Source, statement: ts.Statement): boolean {
  const { statements } = source.tree;
  const before = statements[statements.indexOf(statement) - 1];
  if (before === undefined || !ts.isVariableStatement(statement) || !ts.isVariableStatement(before)) return false;
  const lastLine = source.tree.getLineAndCharacterOfPosition(before.end).line + 1;
  if (lineOf(source, statement) !== lastLine + 1) return false;
  return hasDoc(source, before) || sharesDoc(source, before);
}

suite("the style of the code", (test) => {
  const sources = readSources();
  const inside = (...folders: readonly string[]): readonly Source[] =>
    sources.filter(({ path }) => folders.some((folder) => path.startsWith(folder)));
  const product = inside("grammar/", "compiler/", "targets/", "policies/", "cli/", "editor/", "bench/");

  const rule = (name: string, judged: readonly Source[], judge: Judge, wrong: string, faults: number): void => {
    test(name, () => {
      assert.ok(judged.length > 0);
      assert.is(faultsOf(judged, judge), "");
      const found = judge(parseSource("grammar/Wrong_name.ts", wrong));
      assert.is(found.length, faults, `the check itself fails to find what it must: ${found.join(", ")}`);
    });
  };

  rule(`keeps files to ${MAX_FILE_LINES} lines`, sources, tooLong, "\n".repeat(451), 1);
  const long = `function long() {${"\n".repeat(80)}}\nconst short = () => {\n};`;
  rule(`keeps functions to ${MAX_FUNCTION_LINES} lines`, product, longFunctions, long, 1);
  rule("says `any` nowhere", sources, looseTypes, "let a: any;\nlet b = c as readonly any[];\nconst any = 0;", 2);
  const defaults = "export default function f() {}\nexport default 1;\nexport { a as default };\nexport const b = 1;";
  rule("has no default exports", sources, defaultExports, defaults, 3);
  const hushed = "// @ts-ignore\nlet a = '@ts-ignore';\n/* @ts-expect-error */ let b;\n// @ts-nocheck";
  rule("hushes no type error", sources, commentsWith(SUPPRESSION), hushed, 3);
  const undone = "// TODO: later\nlet a = 'TODO';\n/** FIXME */\nfunction f() {\n  // XXX\n}";
  rule("leaves nothing marked as unfinished", sources, commentsWith(UNFINISHED), undone, 3);
  rule("names files in kebab-case", sources, badName, "", 1);
  const bare = [
    "/** The file. */",
    "import { x } from './x.js';",
    "export const a = 1;",
    "/** Documented, both. */",
    "export const [MIN, MAX] = [1, 2];",
    "export const MIDDLE = 1.5;",
    "/** Documented. */",
    "export function f(): void;",
    "export function f(n?: number): void {}",
    "interface Hidden {}",
    "const late = 1;",
    "export { late };",
    "/** */",
    "export type Empty = 1;",
    "export { x } from './x.js';",
  ].join("\n");
  rule("documents every exported thing", [...product, ...inside("test/support/")], undocumented, bare, 3);
});
