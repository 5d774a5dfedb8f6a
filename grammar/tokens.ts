/**
 * The words and signs of the language, one table: it feeds the scanner, the parser and editors.
 *
 * Words are matched as identifiers first and looked up here, so that a keyword inside a longer name never splits it.
 */
import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";

/** Words with a place of their own in the grammar. They are no names; as keys of objects and labels they may stand. */
export const keywords = [
  "edition",
  "import",
  "as",
  "allow",
  "share",
  "never",
  "always",
  "in",
  "at",
  "between",
  "and",
  "on",
  "with",
  "log",
  "until",
  "because",
  "where",
  "or",
  "not",
  "any",
  "true",
  "false",
] as const;

/** Words kept for later editions: an error where a name or a keyword is wanted, usual words as keys and labels. */
export const reservedWords = [
  "internet",
  "nat",
  "publish",
  "via",
  "appliance",
  "for",
  "table",
  "module",
  "waive",
] as const;

/** Signs, longer ones before their beginnings. */
export const signs = ["<->", "->", "!=", "{", "}", "[", "]", "(", ")", "=", ",", ".", "+", "-", "&"] as const;

/** A keyword. */
export type Keyword = (typeof keywords)[number];
/** A reserved word. */
export type ReservedWord = (typeof reservedWords)[number];
/** A sign. */
export type Sign = (typeof signs)[number];

/** The first words of statements: an item that is neither a property nor a declaration begins with one. */
export const statementWords: ReadonlySet<string> = new Set(["import", "allow", "share", "never", "always"]);

function abstract(name: string): TokenType {
  return createToken({ name, pattern: Lexer.NA });
}

/** Any word: what may stand as the key of an object or as a label. */
export const Word = abstract("Word");
/** A word that may be a label in a condition: every word but `not`. */
export const LabelWord = abstract("LabelWord");
/** A word where a name is wanted: an identifier, or a reserved word (reported). */
export const NameLike = abstract("NameLike");
/** `true` and `false`. */
export const Truth = abstract("Truth");
/** `+` and `-`. */
export const Additive = abstract("Additive");
/** `->` and `<->`. */
export const ArrowSign = abstract("ArrowSign");
/** What cannot begin an item. */
export const Stray = abstract("Stray");
/** What cannot stand between the name of a declaration and its `=` or `{`. */
export const HeaderStray = abstract("HeaderStray");

function wordToken(word: Keyword): TokenType {
  const categories = word === "not" ? [Word] : [Word, LabelWord];
  if (word === "true" || word === "false") categories.push(Truth);
  if (!statementWords.has(word)) categories.push(Stray);
  const header = word === "in" || word === "at" || word === "between" || word === "edition";
  if (!statementWords.has(word) && !header) categories.push(HeaderStray);
  return createToken({ name: `Word_${word}`, pattern: Lexer.NA, categories, label: `\`${word}\`` });
}

function signToken(sign: Sign): TokenType {
  const categories: TokenType[] = [];
  if (sign === "+" || sign === "-") categories.push(Additive);
  if (sign === "->" || sign === "<->") categories.push(ArrowSign);
  if (sign !== "{" && sign !== "}") categories.push(Stray);
  if (sign !== "{" && sign !== "}" && sign !== "=") categories.push(HeaderStray);
  return createToken({ name: `Sign_${sign}`, pattern: Lexer.NA, categories, label: `\`${sign}\`` });
}

/** An identifier. */
export const NameToken = createToken({
  name: "Identifier",
  pattern: Lexer.NA,
  categories: [Word, LabelWord, NameLike, HeaderStray],
  label: "a name",
});
/** A reserved word. */
export const ReservedToken = createToken({
  name: "Reserved",
  pattern: Lexer.NA,
  categories: [Word, LabelWord, NameLike, HeaderStray],
  label: "a reserved word",
});
/** A string; `value` of the token is its text with escapes resolved. */
export const StringToken = createToken({
  name: "String",
  pattern: Lexer.NA,
  categories: [Stray, HeaderStray],
  label: "a string",
});
/** A digit-led run, an IPv6 form or a service literal; `shape` of the token says which. */
export const LiteralToken = createToken({
  name: "Literal",
  pattern: Lexer.NA,
  categories: [Stray, HeaderStray],
  label: "a value",
});
/** Text that is no token, already reported. */
export const InvalidToken = createToken({ name: "Invalid", pattern: Lexer.NA, categories: [Stray, HeaderStray] });
/** A closer that closes nothing, as the layout of a faulty file shows. */
export const LooseCloserToken = createToken({
  name: "LooseCloser",
  pattern: Lexer.NA,
  categories: [Stray, HeaderStray],
});
/** Of no width: put before a line that begins an item when a file with faults is parsed again by its layout. */
export const BreakToken = createToken({ name: "Break", pattern: Lexer.NA });

/** The token type of each keyword. */
export const keywordTokens: ReadonlyMap<string, TokenType> = new Map(keywords.map((word) => [word, wordToken(word)]));

/** The token type of each sign. */
export const signTokens: ReadonlyMap<string, TokenType> = new Map(signs.map((sign) => [sign, signToken(sign)]));

/** The token type of every word that is no identifier. */
export const wordTokens: ReadonlyMap<string, TokenType> = new Map([
  ...keywordTokens,
  ...reservedWords.map((word) => [word, ReservedToken] as const),
]);

/** The token type of a keyword. */
export function keyword(word: Keyword): TokenType {
  return required(keywordTokens.get(word), word);
}

/** The token type of a sign. */
export function sign(text: Sign): TokenType {
  return required(signTokens.get(text), text);
}

function required(type: TokenType | undefined, text: string): TokenType {
  if (type === undefined) throw new Error(`no token type for ${text}`);
  return type;
}

/** True for a word that is kept for a later edition. */
export function isReserved(word: string): boolean {
  return wordTokens.get(word) === ReservedToken;
}

/** Every token type, abstract ones too: the vocabulary of the parser. */
export const vocabulary: readonly TokenType[] = [
  Word,
  LabelWord,
  NameLike,
  Truth,
  Additive,
  ArrowSign,
  Stray,
  HeaderStray,
  NameToken,
  ReservedToken,
  StringToken,
  LiteralToken,
  InvalidToken,
  LooseCloserToken,
  BreakToken,
  ...keywordTokens.values(),
  ...signTokens.values(),
];

/** What a literal token looks like: it decides which classifier reads it. */
export type LiteralShape = "run" | "ipv6" | "service";

/** One token, in the shape that Chevrotain's parsers read. Offsets as in `SourceFile`; `end` is exclusive. */
export class Token implements IToken {
  readonly tokenType: TokenType;
  readonly tokenTypeIdx: number;
  readonly image: string;
  readonly startOffset: number;
  readonly end: number;
  /** The text of a string with escapes resolved. */
  readonly value: string | undefined;
  readonly shape: LiteralShape | undefined;
  /** Not in the text: put there to mend a fault that is reported already. */
  readonly virtual: boolean;

  constructor(
    tokenType: TokenType,
    image: string,
    start: number,
    extra: { readonly value?: string; readonly shape?: LiteralShape; readonly virtual?: true } = noExtra,
  ) {
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx ?? -1;
    this.image = image;
    this.startOffset = start;
    this.end = start + image.length;
    this.value = extra.value;
    this.shape = extra.shape;
    this.virtual = extra.virtual === true;
  }
}

const noExtra = {} as const;
