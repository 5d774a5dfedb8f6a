/** Reading the properties of a declaration by the schema: which there are, which are missing, and their values. */
import { type Address, formatPrefix, type InterfaceAddress, type Prefix } from "../../grammar/address.js";
import type { DiagnosticKind, Diagnostics, ReportExtras } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import type { Declaration, Expr, ObjectExpr, Property, SyntaxFile } from "../../grammar/syntax/nodes.js";
import { type Lookup, refText, spanIn } from "../bind/lookup.js";
import { kindsCatalogue as findings } from "../diagnostics/kinds-catalogue.js";
import { valuesCatalogue } from "../diagnostics/values-catalogue.js";
import type { Labels, Located, Secret } from "../model/estate.js";
import { Ownership } from "../model/ownership.js";
import { type Facts, isUsed, propertyOf, unmetUse } from "../schema/kinds.js";
import type { KindSchema, PropertySchema, ValueType } from "../schema/types.js";
import type { ServiceSet } from "../sets/service-set.js";
import { nearest } from "../suggest.js";
import { usedWords, whereWords } from "./facts.js";
import { Decoder, familyName, familyOf, unwrap, type Value } from "./values/decode.js";
import { exampleOf, foundWords, wantedWords } from "./values/describe.js";

/** What reading needs besides the declaration. */
export interface Tools {
  readonly diagnostics: Diagnostics;
  readonly lookup: Lookup;
  /** Evaluates the value of a property of type service. */
  readonly service: (expr: Expr, file: SyntaxFile) => ServiceSet | undefined;
}

/** One entry of an object, its key's place beside its value. */
export interface Entry<T> {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: T;
}

/** The properties of one declaration. Whatever is wrong is reported once and makes `faulty` true. */
export class Properties {
  readonly kind: KindSchema;
  readonly declaration: Declaration;
  readonly file: SyntaxFile;
  readonly tools: Tools;
  /** The name in the declaration: where what is missing is shown. */
  readonly span: Span;
  private readonly given = new Map<string, Property>();
  private readonly meant = new Set<string>();
  private readonly unused = new Set<string>();
  private readonly decoded = new Map<string, readonly Located<Value>[] | undefined>();
  private broken: boolean;

  constructor(kind: KindSchema, declaration: Declaration, file: SyntaxFile, tools: Tools) {
    this.kind = kind;
    this.declaration = declaration;
    this.file = file;
    this.tools = tools;
    this.span = spanIn(file, declaration.name);
    this.broken = declaration.faulty === true || declaration.body?.closed === false;
    for (const item of kind.form === "body" ? (declaration.body?.items ?? []) : []) {
      if (item.kind === "Property" && item.key.missing !== true) this.enter(item);
    }
  }

  /** True where anything of the declaration was reported. */
  get faulty(): boolean {
    return this.broken;
  }

  /** Marks the declaration as faulty: something of it was reported elsewhere. */
  fail(): void {
    this.broken = true;
  }

  private enter(item: Property): void {
    const name = item.key.text;
    const schema = propertyOf(this.kind, name);
    if (item.faulty === true || schema === undefined) this.broken = true;
    if (schema === undefined) {
      this.reportUnknown(item);
      return;
    }
    const first = this.given.get(name);
    if (first === undefined) {
      this.given.set(name, item);
      return;
    }
    const related = [{ message: "it is first given here", span: spanIn(this.file, first.key) }];
    this.report(findings["repeated-property"], { name, list: schema.many }, spanIn(this.file, item.key), { related });
  }

  private reportUnknown(item: Property): void {
    const name = item.key.text;
    const known = this.kind.properties.map((property) => property.name);
    const near = nearest(name, known);
    const at = spanIn(this.file, item.key);
    const edits =
      near === undefined
        ? []
        : [{ title: `change it to \`${near}\``, certain: true, changes: [{ span: at, text: near }] }];
    if (near !== undefined) this.meant.add(near);
    this.report(findings["unknown-property"], { word: this.kind.word, name, near, known }, at, { edits });
  }

  /** Reports a fault of the declaration. */
  report<P>(kind: DiagnosticKind<P>, params: P, at: Span, extras: ReportExtras = {}): void {
    this.broken = true;
    this.tools.diagnostics.report(kind, params, at, extras);
  }

  /** Reports what is given and not used under these facts, and what is missing. To be called once, before the rest is read. */
  settle(facts: Facts): void {
    for (const [name, item] of this.given) {
      const schema = propertyOf(this.kind, name);
      const unmet = schema === undefined ? undefined : unmetUse(schema, facts);
      if (unmet === undefined) continue;
      this.unused.add(name);
      const where = whereWords(unmet.fact, facts.get(unmet.fact) ?? []);
      const params = { property: name, where, used: usedWords(unmet) };
      this.report(findings["unused-property"], params, spanIn(this.file, item.key));
    }
    if (this.declaration.faulty === true || this.declaration.body?.closed === false) return;
    for (const schema of this.kind.properties) {
      const known = (schema.when ?? []).every(({ fact }) => facts.has(fact));
      if (schema.required === true && known && isUsed(schema, facts)) this.require(schema.name);
    }
  }

  /** Reports a property that is needed here and not given. */
  require(name: string): void {
    const schema = propertyOf(this.kind, name);
    if (schema === undefined || this.given.has(name) || this.meant.has(name)) return;
    const { word } = this.kind;
    const [sentence = ""] = schema.doc.split(". ");
    const meaning = sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
    const params = { word, name: refText(this.declaration.name), property: name, meaning };
    this.report(findings["missing-property"], params, this.span);
  }

  /** True where the property is written. */
  has(name: string): boolean {
    return this.given.has(name);
  }

  /** The key of a property, or the declaration's name where it is not written. */
  keySpan(name: string): Span {
    const item = this.given.get(name);
    return item === undefined ? this.span : spanIn(this.file, item.key);
  }

  /** The value of a property as written, or the declaration's name where it is not. */
  valueSpan(name: string): Span {
    const item = this.given.get(name);
    return item === undefined ? this.span : spanIn(this.file, item.value);
  }

  private values(name: string, type: ValueType["type"]): readonly Located<Value>[] {
    if (!this.decoded.has(name)) this.decoded.set(name, this.decode(name, type));
    return this.decoded.get(name) ?? [];
  }

  private decode(name: string, type: ValueType["type"]): readonly Located<Value>[] | undefined {
    const schema = propertyOf(this.kind, name);
    if (schema === undefined || schema.value.type !== type) throw new Error(`${this.kind.word} has no ${type} ${name}`);
    const item = this.given.get(name);
    if (item === undefined || this.unused.has(name)) return undefined;
    const decoder = new Decoder(name, this.file, this.tools.diagnostics);
    const only = schema.many ? undefined : decoder.one(schema.value, item.value);
    const values = schema.many ? decoder.many(schema.value, item.value) : only === undefined ? undefined : [only];
    if (values === undefined) this.broken = true;
    else if (schema.perFamily === true) this.checkFamilies(schema, values);
    else if (schema.value.type === "prefix") this.checkApart(schema, values as readonly Located<Prefix>[]);
    return values;
  }

  /** Prefixes of one list lie side by side. */
  private checkApart({ name }: PropertySchema, values: readonly Located<Prefix>[]): void {
    const entries = values.map(({ value, span }, index) => ({
      prefix: value,
      owner: String(index),
      summary: false,
      span,
    }));
    for (const { later, earlier } of Ownership.of(entries).overlaps()) {
      const value = formatPrefix(later.prefix);
      const other = formatPrefix(earlier.prefix);
      const related = [{ message: `\`${other}\` stands here`, span: earlier.span }];
      this.report(valuesCatalogue["covered-value"], { property: name, value, other }, later.span, { related });
    }
  }

  private checkFamilies(schema: PropertySchema, values: readonly Located<Value>[]): void {
    const seen = new Set<number>();
    for (const { value, span } of values) {
      const family = familyOf(value as Address | Prefix | InterfaceAddress);
      if (seen.has(family)) {
        this.report(valuesCatalogue["one-per-family"], { property: schema.name, family: familyName(family) }, span);
      }
      seen.add(family);
    }
  }

  private only<T extends Value>(name: string, type: ValueType["type"]): Located<T> | undefined {
    return this.values(name, type)[0] as Located<T> | undefined;
  }

  /** A text. */
  text(name: string): Located<string> | undefined {
    return this.only<string>(name, "text");
  }

  /** One text or several. */
  texts(name: string): readonly Located<string>[] {
    return this.values(name, "text") as readonly Located<string>[];
  }

  /** An integer in the range of the schema. */
  integer(name: string): Located<number> | undefined {
    return this.only<number>(name, "integer");
  }

  /** A rate in bits per second. */
  rate(name: string): Located<number> | undefined {
    return this.only<number>(name, "rate");
  }

  /** A time in milliseconds. */
  time(name: string): Located<number> | undefined {
    return this.only<number>(name, "time");
  }

  /** A truth value; false where absent. */
  flag(name: string): boolean {
    return this.only<boolean>(name, "boolean")?.value ?? false;
  }

  /** One of the words of the schema. */
  word<T extends string>(name: string): Located<T> | undefined {
    return this.only<T>(name, "word");
  }

  /** One prefix. */
  prefix(name: string): Located<Prefix> | undefined {
    return this.only<Prefix>(name, "prefix");
  }

  /** One prefix or several. */
  prefixes(name: string): readonly Located<Prefix>[] {
    return this.values(name, "prefix") as readonly Located<Prefix>[];
  }

  /** One address or several. */
  addresses(name: string): readonly Located<Address>[] {
    return this.values(name, "address") as readonly Located<Address>[];
  }

  /** One address with its length or several. */
  interfaceAddresses(name: string): readonly Located<InterfaceAddress>[] {
    return this.values(name, "interface-address") as readonly Located<InterfaceAddress>[];
  }

  /** A secret's name. */
  secret(name: string): Located<Secret> | undefined {
    return this.only<Secret>(name, "secret");
  }

  /** One secret's name or several. */
  secrets(name: string): readonly Located<Secret>[] {
    return this.values(name, "secret") as readonly Located<Secret>[];
  }

  /** A set of services. */
  service(name: string): Located<ServiceSet> | undefined {
    const item = this.given.get(name);
    if (item === undefined || this.unused.has(name)) return undefined;
    const value = this.tools.service(item.value, this.file);
    if (value === undefined) this.broken = true;
    return value === undefined ? undefined : { value, span: spanIn(this.file, item.value) };
  }

  /** The entries of an object, each with one value or several. */
  entries<T extends Value>(name: string): readonly Entry<readonly Located<T>[]>[] {
    const schema = propertyOf(this.kind, name);
    const item = this.given.get(name);
    if (schema?.value.type !== "object" || item === undefined || this.unused.has(name)) return [];
    const object = unwrap(item.value);
    if (object.kind === "Object") return this.readObject<T>(name, schema.value, object);
    if (object.kind === "Missing") this.broken = true;
    else {
      const params = {
        property: name,
        wanted: wantedWords(schema.value),
        found: foundWords(object),
        example: exampleOf(schema.value),
      };
      this.report(valuesCatalogue["wrong-type"], params, spanIn(this.file, object));
    }
    return [];
  }

  private readObject<T extends Value>(
    property: string,
    type: ValueType & { type: "object" },
    object: ObjectExpr,
  ): readonly Entry<readonly Located<T>[]>[] {
    const found = new Map<string, Entry<readonly Located<T>[]>>();
    for (const { key, value } of object.entries) {
      const text = key.kind === "Name" ? key.text : key.value;
      const keySpan = spanIn(this.file, key);
      const first = found.get(text);
      if (first !== undefined) {
        const related = [{ message: "it first stands here", span: first.keySpan }];
        this.report(valuesCatalogue["repeated-key"], { key: text }, keySpan, { related });
      } else if (type.keys === "listed" && type.listed?.includes(text) !== true) {
        const keys = type.listed ?? [];
        this.report(valuesCatalogue["unknown-key"], { property, key: text, near: nearest(text, keys), keys }, keySpan);
      } else {
        const values = this.entryValues(text, type, value);
        if (values !== undefined) found.set(text, { key: text, keySpan, value: values as readonly Located<T>[] });
      }
    }
    return [...found.values()];
  }

  private entryValues(
    key: string,
    type: ValueType & { type: "object" },
    expr: Expr,
  ): readonly Located<Value>[] | undefined {
    const decoder = new Decoder(key, this.file, this.tools.diagnostics);
    const choices = Array.isArray(type.values) ? (type.values as readonly ValueType[]) : [type.values as ValueType];
    const isText = unwrap(expr).kind === "String";
    const chosen = choices.find((choice) => (choice.type === "text") === isText) ?? choices[0];
    if (chosen === undefined) return undefined;
    const only = type.many ? undefined : decoder.one(chosen, expr);
    const values = type.many ? decoder.many(chosen, expr) : only === undefined ? undefined : [only];
    if (values === undefined) this.broken = true;
    return values;
  }

  /** The `labels` of the declaration. */
  labels(name = "labels"): Labels {
    return new Map(
      this.entries<string>(name).flatMap(({ key, value }) => {
        const [only] = value;
        return only === undefined ? [] : [[key, only] as const];
      }),
    );
  }
}
