/** Loading: from a directory to the syntax trees of its package and of the packages it imports. */
import type { Diagnostics } from "../grammar/diagnostic.js";
import { parseFile } from "../grammar/parse.js";
import { compareCodePoints, SourceFile, span } from "../grammar/source.js";
import type { Import, Item, SyntaxFile } from "../grammar/syntax/nodes.js";
import { packageCatalogue as findings } from "./diagnostics/package-catalogue.js";
import { type Host, type HostFailure, isFailure } from "./host/host.js";
import { joinPath, lastPart, normalisePath, parentPath } from "./host/path.js";
import { decodeUtf8 } from "./utf8.js";

/** The ending of source files. */
export const SOURCE_EXTENSION = ".demarc";

/** Editions of the language that this compiler knows. */
export const KNOWN_EDITIONS: readonly number[] = [1];

/** How deep imports may lead: links of the file system can make a directory its own child. */
const IMPORT_DEPTH = 32;

/** A package that an import brings in: services and imports only. */
export interface ImportedPackage {
  /** Relative to the importing package's root, normalised. */
  readonly directory: string;
  readonly files: readonly SyntaxFile[];
  /** What its own import statements bring; an import that failed (and was reported) has no entry. */
  readonly imports: ReadonlyMap<Import, ImportedPackage>;
}

/** A package: all files of a directory. */
export interface Package {
  /** The directory as it was given. */
  readonly directory: string;
  /** In code-point order of their paths, which are relative to the directory. */
  readonly files: readonly SyntaxFile[];
  /** What the import statements bring; an import that failed (and was reported) has no entry. */
  readonly imports: ReadonlyMap<Import, ImportedPackage>;
  /** True where a file was left out or has errors in its edition: then not everything is known. */
  readonly incomplete: boolean;
}

/**
 * Loads the package of a directory, or of the directory of one `.demarc` file. Files that cannot be read are reported
 * and left out; undefined only where there is nothing to work on (reported too).
 */
export function loadPackage(host: Host, path: string, diagnostics: Diagnostics): Package | undefined {
  const listing = host.readDirectory(path);
  if (!isFailure(listing)) return new Loader(host, normalisePath(path), diagnostics).load();
  if (listing.failure === "not-a-directory" && path.endsWith(SOURCE_EXTENSION)) {
    return new Loader(host, parentPath(path), diagnostics).load();
  }
  if (listing.failure === "not-a-directory") diagnostics.report(findings["not-a-source-file"], { path }, undefined);
  else reportDirectory(listing, path, diagnostics);
  return undefined;
}

/** All texts of a package and its imports, each once, by path: what the manifest digests. */
export function packageSources(loaded: Package): readonly SourceFile[] {
  const found = new Map<string, SourceFile>();
  const visit = (files: readonly SyntaxFile[], imports: ReadonlyMap<Import, ImportedPackage>): void => {
    for (const file of files) found.set(file.source.path, file.source);
    for (const each of imports.values()) visit(each.files, each.imports);
  };
  visit(loaded.files, loaded.imports);
  return [...found.values()].sort((a, b) => compareCodePoints(a.path, b.path));
}

function reportDirectory(failure: HostFailure, path: string, diagnostics: Diagnostics): void {
  if (failure.failure === "missing") diagnostics.report(findings["missing-directory"], { path }, undefined);
  else diagnostics.report(findings["unreadable-directory"], { path, reason: failure.detail }, undefined);
}

/** Reads one package and, through its import statements, the others. */
class Loader {
  private readonly host: Host;
  private readonly root: string;
  private readonly diagnostics: Diagnostics;
  private readonly loaded = new Map<string, ImportedPackage>();
  private incomplete = false;

  constructor(host: Host, root: string, diagnostics: Diagnostics) {
    this.host = host;
    this.root = root;
    this.diagnostics = diagnostics;
  }

  load(): Package | undefined {
    const names = this.sourceNames(".");
    if (isFailure(names)) {
      reportDirectory(names, this.root, this.diagnostics);
      return undefined;
    }
    if (names.length === 0) {
      this.diagnostics.report(findings["no-sources"], { path: this.root }, undefined);
      return undefined;
    }
    const files = this.readFiles(".", names);
    const imports = this.follow(".", files, ["."]);
    return { directory: this.root, files, imports, incomplete: this.incomplete };
  }

  /** Names of the source files of a directory. Hidden ones are left to the editors that made them. */
  private sourceNames(directory: string): readonly string[] | HostFailure {
    const entries = this.host.readDirectory(joinPath(this.root, directory));
    if (isFailure(entries)) return entries;
    return entries
      .filter(({ name, kind }) => kind !== "directory" && name.endsWith(SOURCE_EXTENSION) && !name.startsWith("."))
      .map(({ name }) => name)
      .sort(compareCodePoints);
  }

  private readFiles(directory: string, names: readonly string[]): readonly SyntaxFile[] {
    const files: SyntaxFile[] = [];
    for (const name of names) {
      const path = joinPath(directory, name);
      const text = this.readText(path);
      if (text === undefined) {
        this.incomplete = true;
        continue;
      }
      const file = parseFile(new SourceFile(path, text), this.diagnostics);
      this.checkEdition(file);
      files.push(file);
    }
    return files;
  }

  private readText(path: string): string | undefined {
    const bytes = this.host.readFile(joinPath(this.root, path));
    if (isFailure(bytes)) {
      if (bytes.failure === "too-large") {
        this.diagnostics.report(findings["too-large-file"], { path, limit: bytes.detail }, undefined);
      } else {
        const reason = bytes.failure === "unreadable" ? bytes.detail : FILE_FAULTS[bytes.failure];
        this.diagnostics.report(findings["unreadable-file"], { path, reason }, undefined);
      }
      return undefined;
    }
    const decoded = decodeUtf8(bytes);
    if ("text" in decoded) return decoded.text;
    this.diagnostics.report(findings["not-utf-8"], { path, ...decoded }, undefined);
    return undefined;
  }

  private checkEdition(file: SyntaxFile): void {
    const { edition } = file;
    if (edition === undefined || KNOWN_EDITIONS.includes(edition.value)) return;
    const at = span(file.source, edition.start, edition.end);
    this.diagnostics.report(findings["unknown-edition"], { edition: edition.value }, at);
    this.incomplete = true;
  }

  /** Loads what the import statements of some files name. `chain` holds the directories on the way here. */
  private follow(
    directory: string,
    files: readonly SyntaxFile[],
    chain: readonly string[],
  ): ReadonlyMap<Import, ImportedPackage> {
    const imports = new Map<Import, ImportedPackage>();
    for (const file of files) {
      for (const item of file.items) {
        if (item.kind !== "Import") continue;
        const found = this.followOne(directory, file, item, chain);
        if (found === undefined) this.incomplete = true;
        else imports.set(item, found);
      }
    }
    return imports;
  }

  private followOne(
    directory: string,
    file: SyntaxFile,
    item: Import,
    chain: readonly string[],
  ): ImportedPackage | undefined {
    if (item.path.kind === "Missing") return undefined;
    const path = item.path.value;
    const at = span(file.source, item.path.start, item.path.end);
    if (path === "" || /^[/~]|^[A-Za-z]:|\\|\0/.test(path)) {
      this.diagnostics.report(findings["absolute-import"], { path }, at);
      return undefined;
    }
    const target = joinPath(directory, path);
    if (chain.includes(target) || chain.length > IMPORT_DEPTH || this.isRoot(target)) {
      const cycle = [...chain.slice(Math.max(0, chain.indexOf(target))), target];
      this.diagnostics.report(findings["import-cycle"], { chain: cycle.slice(-IMPORT_DEPTH) }, at);
      return undefined;
    }
    const known = this.loaded.get(target);
    if (known !== undefined) return known;
    const names = this.sourceNames(target);
    if (isFailure(names) || names.length === 0) {
      this.reportImport(names, path, target, at);
      return undefined;
    }
    const read = this.readFiles(target, names);
    this.checkImportable(read, target, at);
    const made = { directory: target, files: read, imports: this.follow(target, read, [...chain, target]) };
    this.loaded.set(target, made);
    return made;
  }

  /** True where a path that leads out of the root and in again names the root itself. */
  private isRoot(target: string): boolean {
    return joinPath(this.root, target) === this.root;
  }

  private reportImport(
    failure: HostFailure | readonly string[],
    path: string,
    directory: string,
    at: ReturnType<typeof span>,
  ): void {
    if (!isFailure(failure)) {
      this.diagnostics.report(findings["unreadable-import"], { path, reason: "it holds no `.demarc` file" }, at);
    } else if (failure.failure === "missing") {
      this.diagnostics.report(findings["missing-import"], { path, directory }, at);
    } else {
      const reason = failure.failure === "not-a-directory" ? "it is no directory" : failure.detail;
      this.diagnostics.report(findings["unreadable-import"], { path, reason }, at);
    }
  }

  /** One finding for a package that holds more than services, with the first thing that it should not hold. */
  private checkImportable(files: readonly SyntaxFile[], directory: string, at: ReturnType<typeof span>): void {
    for (const file of files) {
      for (const item of file.items) {
        const what = foreignItem(item);
        if (what === undefined) continue;
        const related = [{ message: "it stands here", span: span(file.source, item.start, item.end) }];
        this.diagnostics.report(findings["not-importable"], { what, directory }, at, { related });
        return;
      }
    }
  }
}

const FILE_FAULTS = {
  missing: "it is not there",
  "not-a-directory": "it is not there",
  "not-a-file": "it is no file",
} as const;

/** What an item of an imported package is where it is neither service nor import. */
function foreignItem(item: Item): string | undefined {
  switch (item.kind) {
    case "Import":
    case "Skipped":
      return undefined;
    case "Declaration":
      return item.word.missing === true || item.word.text === "service" ? undefined : `a \`${item.word.text}\``;
    case "Property":
      return `the property \`${item.key.text}\``;
    default:
      return `a \`${item.kind.toLowerCase()}\``;
  }
}

/** The name under which an import is known: its alias, else the last part of its directory where that is a name. */
export function importName(item: Import): string | undefined {
  if (item.alias !== undefined) return item.alias.missing === true ? undefined : item.alias.text;
  return item.path.kind === "Missing" ? undefined : lastPart(item.path.value);
}
