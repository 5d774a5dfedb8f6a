/** From the expression that a property is given to its value, by the type that the schema says. */
import {
  type Address,
  addressIn,
  type Family,
  formatAddress,
  formatPrefix,
  type InterfaceAddress,
  type Prefix,
  parseAddress,
  prefixOf,
} from "../../../grammar/address.js";
import type { DiagnosticKind, Diagnostics, Edit, ReportExtras } from "../../../grammar/diagnostic.js";
import { type Span, span, spanText } from "../../../grammar/source.js";
import type { Expr, SyntaxFile } from "../../../grammar/syntax/nodes.js";
import { valuesCatalogue as findings } from "../../diagnostics/values-catalogue.js";
import type { Located, Secret } from "../../model/estate.js";
import type { ValueType } from "../../schema/types.js";
import { nearest } from "../../suggest.js";
import { exampleOf, foundWords, unitsOf, wantedWords } from "./describe.js";

/** A decoded value. Rates are bits per second, times milliseconds. */
export type Value = string | number | boolean | Prefix | Address | InterfaceAddress | Secret;

/** Decodes the values of one property and reports those that do not fit. */
export class Decoder {
  private readonly property: string;
  private readonly file: SyntaxFile;
  private readonly diagnostics: Diagnostics;

  constructor(property: string, file: SyntaxFile, diagnostics: Diagnostics) {
    this.property = property;
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** The value of one expression; undefined where it is none of the type, which was reported. */
  one(type: ValueType, given: Expr): Located<Value> | undefined {
    const expr = unwrap(given);
    if (expr.kind === "Missing" || (expr.kind === "Literal" && expr.literal.form === "invalid")) return undefined;
    if (expr.kind === "List") {
      this.report(findings["not-a-list"], { property: this.property, wanted: wantedWords(type) }, expr);
      return undefined;
    }
    const value = this.scalar(type, expr);
    return value === undefined ? undefined : { value, span: this.spanOf(expr) };
  }

  /** The values of one expression or of a list of them; undefined where one of them was reported. */
  many(type: ValueType, given: Expr): readonly Located<Value>[] | undefined {
    const expr = unwrap(given);
    if (expr.kind !== "List") {
      const only = this.one(type, expr);
      return only === undefined ? undefined : [only];
    }
    if (expr.items.length === 0) {
      this.report(findings["empty-list"], { property: this.property }, expr);
      return undefined;
    }
    const values = expr.items.map((item) => this.one(type, item));
    const sound = values.filter((value) => value !== undefined);
    return sound.length < values.length ? undefined : sound;
  }

  /** Reports at an expression of the property. */
  report<P>(kind: DiagnosticKind<P>, params: P, at: Expr, extras: ReportExtras = {}): void {
    this.diagnostics.report(kind, params, this.spanOf(at), extras);
  }

  private spanOf(expr: Expr): Span {
    return span(this.file.source, expr.start, expr.end);
  }

  private scalar(type: ValueType, expr: Expr): Value | undefined {
    switch (type.type) {
      case "text":
        return this.text(type, expr);
      case "integer":
        return this.integer(type, expr);
      case "boolean":
        return expr.kind === "Bool" ? expr.value : this.wrong(type, expr);
      case "rate":
      case "time":
        return this.quantity(type, expr);
      case "prefix":
        return this.prefix(type, expr);
      case "address":
        return this.address(type, expr);
      case "interface-address":
        return this.interfaceAddress(type, expr);
      case "secret":
        return this.secret(type, expr);
      case "word":
        return this.word(type, expr);
      case "service":
      case "object":
        return this.wrong(type, expr);
    }
  }

  private text(type: ValueType & { type: "text" }, expr: Expr): string | undefined {
    const { property } = this;
    if (expr.kind !== "String") return this.wrong(type, expr, this.quoting(expr));
    const { value } = expr;
    if (value.trim() === "") return this.refuse(findings["empty-text"], { property }, expr);
    if (hasControls(value)) return this.refuse(findings["control-character"], { property }, expr);
    if (type.form !== undefined && !new RegExp(type.form.pattern).test(value)) {
      return this.refuse(findings["ill-formed-text"], { property, value, words: type.form.words }, expr);
    }
    return value;
  }

  private integer(type: ValueType & { type: "integer" }, expr: Expr): number | undefined {
    if (expr.kind !== "Literal" || expr.literal.form !== "int")
      return this.wrong(type, expr, this.unquoting(expr, /^[0-9]+$/));
    const { value } = expr.literal;
    if (value >= type.min && value <= type.max && type.excluded?.includes(value) !== true) return value;
    const isReserved = type.excluded?.includes(value) === true;
    const but = isReserved ? `, of which ${(type.excluded ?? []).join(" and ")} are reserved` : "";
    const range = `an integer from ${type.min} to ${type.max}${but}`;
    return this.refuse(findings["value-out-of-range"], { property: this.property, value, range }, expr);
  }

  private quantity(type: ValueType & { type: "rate" | "time" }, expr: Expr): number | undefined {
    const { property } = this;
    if (expr.kind !== "Literal") return this.wrong(type, expr);
    const { literal } = expr;
    const units = unitsOf(type.type);
    if (literal.form === "int") {
      const params = { property, value: String(literal.value), example: exampleOf(type), units };
      return this.refuse(findings["missing-unit"], params, expr);
    }
    if (literal.form !== "quantity") return this.wrong(type, expr);
    if (literal.dimension !== type.type) {
      return this.refuse(
        findings["wrong-unit"],
        { property, value: literal.text, wanted: wantedWords(type), units },
        expr,
      );
    }
    const { min, max } = type.type === "time" ? type : { min: 1, max: Number.MAX_SAFE_INTEGER };
    if (literal.value >= min && literal.value <= max) return literal.value;
    const range = type.type === "time" ? `a time from ${min}ms to ${max / 1000}s` : "a rate above zero";
    return this.refuse(findings["value-out-of-range"], { property, value: `\`${literal.text}\``, range }, expr);
  }

  private prefix(type: ValueType, expr: Expr): Prefix | undefined {
    if (expr.kind !== "Literal") return this.wrong(type, expr, this.unquoting(expr, /^[0-9a-fA-F:.]+\/[0-9]+$/));
    const { literal } = expr;
    if (literal.form === "prefix") return literal.prefix;
    if (literal.form === "interface-address") {
      const corrected = formatPrefix(prefixOf(literal.value.address, literal.value.length));
      const edits = [this.replacing(expr, corrected, true)];
      return this.refuse(findings["host-bits"], { written: this.written(expr), corrected }, expr, { edits });
    }
    if (literal.form !== "address") return this.wrong(type, expr);
    const full = `${formatAddress(literal.address)}/${literal.address.family === 4 ? 32 : 128}`;
    return this.wrong(type, expr, {
      help: `write its length too: \`${full}\` is that one address`,
      edits: [this.replacing(expr, full, false)],
    });
  }

  private address(type: ValueType, expr: Expr): Address | undefined {
    if (expr.kind === "Literal") {
      const { literal } = expr;
      if (literal.form === "address") return literal.address;
      if (literal.form === "interface-address" || literal.form === "prefix") {
        const bare = literal.form === "prefix" ? literal.prefix : literal.value.address;
        const text = formatAddress(bare);
        return this.wrong(type, expr, {
          help: `write it without a length: \`${text}\``,
          edits: [this.replacing(expr, text, false)],
        });
      }
    }
    return this.wrong(type, expr, this.unquoting(expr, /^[0-9a-fA-F:.]+$/));
  }

  private interfaceAddress(type: ValueType, expr: Expr): InterfaceAddress | undefined {
    if (expr.kind !== "Literal") return this.wrong(type, expr, this.unquoting(expr, /^[0-9a-fA-F:.]+\/[0-9]+$/));
    const { literal } = expr;
    if (literal.form === "interface-address") return literal.value;
    if (literal.form !== "prefix") return this.wrong(type, expr);
    const { family, value, length } = literal.prefix;
    return { address: { family, value }, length };
  }

  private secret(type: ValueType, expr: Expr): Secret | undefined {
    const { property } = this;
    if (expr.kind === "String") return this.refuse(findings["written-secret"], { property }, expr);
    if (expr.kind !== "RefExpr" || expr.args === undefined) return this.wrong(type, expr);
    const [argument, ...rest] = expr.args;
    const called = expr.ref.names.map((name) => name.text).join(".");
    if (called !== "secret" || argument?.kind !== "String" || rest.length > 0) return this.wrong(type, expr);
    if (argument.value.trim() === "") return this.refuse(findings["empty-text"], { property: "secret" }, argument);
    if (SECRET_NAME.test(argument.value)) return { name: argument.value };
    const params = { property: "secret", value: argument.value, words: "letters, digits and `-_./:`" };
    return this.refuse(findings["ill-formed-text"], params, argument);
  }

  private word(type: ValueType & { type: "word" }, expr: Expr): string | undefined {
    const { property } = this;
    const { words } = type;
    if (expr.kind === "String" && words.includes(expr.value)) {
      const edits = [this.replacing(expr, expr.value, true)];
      return this.refuse(findings["quoted-word"], { property, value: expr.value }, expr, { edits });
    }
    const value =
      expr.kind === "String"
        ? expr.value
        : expr.kind === "RefExpr" && expr.args === undefined
          ? this.written(expr)
          : undefined;
    if (value === undefined) return this.wrong(type, expr);
    if (words.includes(value)) return value;
    const near = nearest(value, words);
    const edits = near === undefined ? [] : [this.replacing(expr, near, false)];
    return this.refuse(findings["unknown-word"], { property, value, near, words }, expr, { edits });
  }

  private written(expr: Expr): string {
    return spanText(this.spanOf(expr));
  }

  private replacing(expr: Expr, text: string, certain: boolean): Edit {
    return { title: `change it to \`${text}\``, certain, changes: [{ span: this.spanOf(expr), text }] };
  }

  /** The edit that puts a word, number or address in quotes. */
  private quoting(expr: Expr): ReportExtras {
    const isPlain = (expr.kind === "RefExpr" && expr.args === undefined) || expr.kind === "Literal";
    if (!isPlain) return {};
    const quoted = `"${this.written(expr)}"`;
    return { help: `write it in quotes: \`${quoted}\``, edits: [this.replacing(expr, quoted, true)] };
  }

  /** The edit that takes a number or address out of quotes. */
  private unquoting(expr: Expr, shape: RegExp): ReportExtras {
    if (expr.kind !== "String" || !shape.test(expr.value)) return {};
    const [address = ""] = expr.value.split("/");
    if (/[.:]/.test(expr.value) && parseAddress(address) === undefined) return {};
    return { help: `write it without quotes: \`${expr.value}\``, edits: [this.replacing(expr, expr.value, true)] };
  }

  private wrong(type: ValueType, expr: Expr, extras: ReportExtras = {}): undefined {
    const { property } = this;
    const params = { property, wanted: wantedWords(type), found: foundWords(expr), example: exampleOf(type) };
    return this.refuse(findings["wrong-type"], params, expr, extras);
  }

  private refuse<P>(kind: DiagnosticKind<P>, params: P, expr: Expr, extras: ReportExtras = {}): undefined {
    this.report(kind, params, expr, extras);
    return undefined;
  }
}

/** What names of secrets are made of: they become names of variables and lookups. */
const SECRET_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.:/-]*[A-Za-z0-9])?$/;

/** The expression inside any parentheses. */
export function unwrap(expr: Expr): Expr {
  return expr.kind === "Paren" ? unwrap(expr.inner) : expr;
}

/** True where a text holds control characters, line ends included: texts reach configurations of one line. */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}

/** What a family is called. */
export function familyName(family: Family): string {
  return family === 4 ? "IPv4" : "IPv6";
}

/** The family of a value that is an address, a prefix or an address with its length. */
export function familyOf(value: Address | Prefix | InterfaceAddress): Family {
  return "address" in value ? value.address.family : value.family;
}

/** True where an address lies in one of some prefixes. */
export function isIn(prefixes: readonly Located<Prefix>[], address: Address): boolean {
  return prefixes.some(({ value }) => addressIn(value, address));
}
