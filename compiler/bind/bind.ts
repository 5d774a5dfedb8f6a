/** Binding: which declarations a package has, what they are called, and whether each stands where it may. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import type { Declaration, Import, Item, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { namesCatalogue as findings } from "../diagnostics/names-catalogue.js";
import { packageCatalogue } from "../diagnostics/package-catalogue.js";
import { type ImportedPackage, importName, type Package } from "../package.js";
import { kinds, topWords } from "../schema/kinds.js";
import type { KindSchema, KindWord } from "../schema/types.js";
import { RESERVED_WORDS, UNDECLARABLE_NAMES } from "../std/names.js";
import { checkBody } from "./bodies.js";
import { isMissing, refText, spanIn } from "./lookup.js";
import { kindOfWord, reportMisplaced } from "./placement.js";
import type {
  ImportSymbol,
  MemberSymbol,
  NamedKind,
  NamedSymbol,
  ServicePackage,
  Symbols,
  UnitSymbol,
} from "./symbols.js";

/** A declaration at top level that has a name of its own. */
export interface Bound {
  readonly kind: KindSchema;
  readonly name: string;
  readonly declaration: Declaration;
  readonly file: SyntaxFile;
  /** The name in the declaration. */
  readonly span: Span;
  readonly members: ReadonlyMap<string, MemberSymbol>;
  /** A fault was reported already: the declaration is left out, its name stays known. */
  readonly faulty: boolean;
}

/** What binding finds out. */
export interface Binding {
  readonly symbols: Symbols;
  /** In (file, position) order; the later of two with one name is not among them. */
  readonly declarations: readonly Bound[];
  /** Paths of declarations that exist in the source and are left out as faulty. */
  readonly faulty: ReadonlySet<string>;
}

const UNITS: ReadonlySet<KindWord> = new Set(["policy", "link", "estate"]);

/** Binds a package. */
export function bindPackage(loaded: Package, diagnostics: Diagnostics): Binding {
  const binder = new Binder(diagnostics);
  for (const file of loaded.files) {
    for (const item of file.items) binder.item(item, file, loaded.imports);
  }
  return binder.binding();
}

class Binder {
  private readonly diagnostics: Diagnostics;
  private readonly names = new Map<string, NamedSymbol | ImportSymbol>();
  private readonly units = { policy: new Map<string, UnitSymbol>(), link: new Map<string, UnitSymbol>() };
  private estate: UnitSymbol | undefined;
  private readonly bound: Bound[] = [];
  private readonly faulty = new Set<string>();

  constructor(diagnostics: Diagnostics) {
    this.diagnostics = diagnostics;
  }

  binding(): Binding {
    const { names, estate } = this;
    const symbols: Symbols = {
      names,
      policies: this.units.policy,
      links: this.units.link,
      ...(estate === undefined ? {} : { estate }),
    };
    return { symbols, declarations: this.bound, faulty: this.faulty };
  }

  item(item: Item, file: SyntaxFile, imports: ReadonlyMap<Import, ImportedPackage>): void {
    if (item.kind === "Declaration") this.declaration(item, file);
    else if (item.kind === "Import") this.import(item, file, imports);
    else reportMisplaced(item, file, undefined, this.diagnostics);
  }

  private declaration(declaration: Declaration, file: SyntaxFile): void {
    const word = kindOfWord(declaration, file, { words: topWords, where: "at top level" }, this.diagnostics);
    if (word === undefined) {
      if (!isMissing(declaration.name)) this.faulty.add(refText(declaration.name));
      return;
    }
    const kind = kinds[word.kind];
    const body = checkBody(kind, declaration, file, refText(declaration.name), this.diagnostics, this.faulty);
    const name = this.declaredName(declaration, file);
    if (name === undefined) return;
    const faulty = !word.exact || body.faulty || declaration.faulty === true;
    const span = spanIn(file, declaration.name);
    const made: Bound = { kind, name, declaration, file, span, members: body.members, faulty };
    if (this.register(made)) {
      this.bound.push(made);
      if (faulty && !UNITS.has(kind.word)) this.faulty.add(name);
    }
  }

  /** The name of a declaration where it can be one; else reported. */
  private declaredName(declaration: Declaration, file: SyntaxFile): string | undefined {
    if (isMissing(declaration.name)) return undefined;
    const name = refText(declaration.name);
    const at = spanIn(file, declaration.name);
    if (declaration.name.names.length > 1) {
      this.diagnostics.report(findings["name-with-dots"], { name }, at);
      this.faulty.add(name);
      return undefined;
    }
    if (!UNDECLARABLE_NAMES.has(name)) return name;
    reportUndeclarable(name, at, this.diagnostics);
    return undefined;
  }

  /** Enters a declaration under its name; false, and reported, where the name is taken. */
  private register(made: Bound): boolean {
    const { kind, name, declaration, file, span } = made;
    const { word } = kind;
    if (word === "estate") return this.registerEstate(made);
    if (word === "policy" || word === "link") {
      const taken = this.units[word].get(name);
      if (taken !== undefined) return this.reportTaken(name, word, span, taken);
      this.units[word].set(name, { kind: word, name, declaration, file, span });
      return true;
    }
    const taken = this.names.get(name);
    if (taken !== undefined) {
      for (const path of memberPaths(made.members)) this.faulty.add(path);
      return this.reportTaken(name, word, span, taken);
    }
    this.names.set(name, { kind: word as NamedKind, name, declaration, file, span, members: made.members });
    return true;
  }

  private registerEstate({ name, declaration, file, span }: Bound): boolean {
    if (this.estate === undefined) {
      this.estate = { kind: "estate", name, declaration, file, span };
      return true;
    }
    const related = [{ message: "the first is declared here", span: this.estate.span }];
    this.diagnostics.report(findings["second-estate"], { name }, span, { related });
    return false;
  }

  private reportTaken(
    name: string,
    kind: string,
    at: Span,
    taken: { readonly kind: string; readonly span: Span },
  ): false {
    const related = [{ message: `\`${name}\` is first declared here`, span: taken.span }];
    this.diagnostics.report(findings["duplicate-name"], { name, kind, other: taken.kind }, at, { related });
    return false;
  }

  private import(item: Import, file: SyntaxFile, imports: ReadonlyMap<Import, ImportedPackage>): void {
    const symbol = importSymbol(item, file, imports, this.diagnostics);
    if (symbol === undefined) {
      const name = importName(item);
      if (name !== undefined) this.faulty.add(name);
      return;
    }
    const taken = this.names.get(symbol.name);
    if (taken === undefined) this.names.set(symbol.name, symbol);
    else this.reportTaken(symbol.name, "import", symbol.span, taken);
  }
}

/** Reports a name that the language has; of a reserved word the parser has said it. */
function reportUndeclarable(name: string, at: Span, diagnostics: Diagnostics): void {
  if (!RESERVED_WORDS.has(name)) diagnostics.report(findings["name-of-the-language"], { name }, at);
}

function* memberPaths(members: ReadonlyMap<string, MemberSymbol>): Generator<string> {
  for (const member of members.values()) {
    yield member.path;
    yield* memberPaths(member.members);
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/;

/** The symbol of an import statement; undefined, and reported, where it can have no name or was not loaded. */
function importSymbol(
  item: Import,
  file: SyntaxFile,
  imports: ReadonlyMap<Import, ImportedPackage>,
  diagnostics: Diagnostics,
): ImportSymbol | undefined {
  const name = importName(item);
  if (name === undefined || item.path.kind === "Missing") return undefined;
  const at = spanIn(file, item.alias ?? item.path);
  const loaded = imports.get(item);
  if (UNDECLARABLE_NAMES.has(name)) {
    reportUndeclarable(name, at, diagnostics);
    return undefined;
  }
  if (loaded === undefined) return undefined;
  if (!NAME.test(name)) {
    diagnostics.report(packageCatalogue["import-without-name"], { path: item.path.value, name }, at);
    return undefined;
  }
  return { kind: "import", name, syntax: item, file, span: at, package: servicePackage(loaded, diagnostics) };
}

const bindings = new WeakMap<ImportedPackage, ServicePackage>();

/** The services and imports of an imported package. One that is imported twice is bound, and its faults reported, once. */
function servicePackage(loaded: ImportedPackage, diagnostics: Diagnostics): ServicePackage {
  const known = bindings.get(loaded);
  if (known !== undefined) return known;
  const services = new Map<string, NamedSymbol>();
  const imports = new Map<string, ImportSymbol>();
  const binder = new ServiceBinder(services, imports, diagnostics);
  for (const file of loaded.files) {
    for (const item of file.items) binder.item(item, file, loaded.imports);
  }
  const made: ServicePackage = { directory: loaded.directory, services, imports };
  bindings.set(loaded, made);
  return made;
}

/** Binds what an imported package may hold; the rest was reported when it was loaded. */
class ServiceBinder {
  private readonly services: Map<string, NamedSymbol>;
  private readonly imports: Map<string, ImportSymbol>;
  private readonly diagnostics: Diagnostics;

  constructor(services: Map<string, NamedSymbol>, imports: Map<string, ImportSymbol>, diagnostics: Diagnostics) {
    this.services = services;
    this.imports = imports;
    this.diagnostics = diagnostics;
  }

  item(item: Item, file: SyntaxFile, loaded: ReadonlyMap<Import, ImportedPackage>): void {
    if (item.kind === "Import") {
      const symbol = importSymbol(item, file, loaded, this.diagnostics);
      if (symbol !== undefined && this.isFree(symbol.name, "import", symbol.span))
        this.imports.set(symbol.name, symbol);
    } else if (item.kind === "Declaration" && item.word.text === "service") {
      this.service(item, file);
    }
  }

  private service(declaration: Declaration, file: SyntaxFile): void {
    const name = refText(declaration.name);
    if (isMissing(declaration.name) || declaration.name.names.length > 1) return;
    const span = spanIn(file, declaration.name);
    if (UNDECLARABLE_NAMES.has(name)) {
      reportUndeclarable(name, span, this.diagnostics);
      return;
    }
    checkBody(kinds.service, declaration, file, name, this.diagnostics, new Set());
    if (!this.isFree(name, "service", span)) return;
    this.services.set(name, { kind: "service", name, declaration, file, span, members: new Map() });
  }

  private isFree(name: string, kind: string, at: Span): boolean {
    const taken = this.services.get(name) ?? this.imports.get(name);
    if (taken === undefined) return true;
    const related = [{ message: `\`${name}\` is first declared here`, span: taken.span }];
    this.diagnostics.report(findings["duplicate-name"], { name, kind, other: taken.kind }, at, { related });
    return false;
  }
}
