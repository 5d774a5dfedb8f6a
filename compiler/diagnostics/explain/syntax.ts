/** Explanations of DMC01xx: syntax, and of the formatter's own guard. */
import type { syntaxCatalogue } from "../../../grammar/catalogue.js";
import type { formatCatalogue } from "../../../grammar/format-catalogue.js";
import type { Explanations } from "./explanation.js";
import { literalExplanations } from "./literals.js";

/** By the name of the entry. */
export const syntaxExplanations: Explanations<typeof syntaxCatalogue> = {
  unexpected: `The parser knows what may stand at this place, and found something else. The message names what was expected and
after what; the rest of the file is read all the same, so that one slip costs one message.

A file holds declarations (\`segment prod { … }\`), properties (\`asn = 64520\`), \`allow\`, \`share\`, \`never\`, \`always\` and
\`import\`. Items need no separator.`,
  "not-closed": `A bracket was opened and never closed. The underline is at the opener, because that is where the mistake is
found most easily; where the closer was expected follows from line starts and indentation.

\`demarc fmt\` indents a file by its brackets, once it has none missing.`,
  "closes-nothing": `A closing bracket stands where nothing is open. Often the one before it was closed too early.`,
  "reserved-word": `The word is kept for a later edition of the language: internet egress and address translation (\`internet\`,
\`nat\`, \`publish\`), inserted appliances (\`via\`, \`appliance\`), templates (\`for\`, \`table\`, \`module\`) and waivers
(\`waive\`). It is refused today, so that no program changes its meaning when the word gets one.

For a declaration, choose another name. For what the word would mean, edition 1 has no construct.`,
  "keyword-as-name": `Keywords (\`allow\`, \`in\`, \`at\`, \`between\`, \`on\`, \`where\`, …) cannot be names. As the key of an object or of a
label they may stand: \`labels = { in = "dmz" }\`. A label called \`not\` is written as a string.`,
  "unterminated-string": `A string begins and ends with \`"\` on one line. A line end inside is written \`\\n\`, a quote \`\\"\`.`,
  "faulty-escape": `A backslash in a string begins an escape, and this one is none. The escapes are \`\\"\`, \`\\\\\`, \`\\n\`, \`\\t\` and
\`\\u{…}\` with the hexadecimal number of a Unicode character. A backslash itself is written twice.`,
  "control-in-string": `A string holds a control character as it is: a stray tabulator or the rest of a copied terminal text. It
would be carried into configuration unseen. Write it as an escape if it is meant.`,
  "unterminated-comment": `\`/*\` opens a comment that ends at the next \`*/\`, and there is none up to the end of the file. The underline
is at the opening. Comments do not nest.`,
  "stray-character": `A character that has no meaning outside strings and comments. Names are ASCII: letters, digits, \`_\`, and \`-\`
between two of them. Other characters are welcome in strings and comments.`,
  "foreign-sign": `A sign of another language, such as \`:\` for \`=\`, \`==\` in a condition, or a typographic arrow or quote that a word
processor put in. The help line says what is written here.`,
  "needless-sign": `Statements need no separator: the \`;\` or \`,\` between them says nothing. Only the elements of lists and objects
may have commas.`,
  "foreign-blank": `A blank that looks like a space and is another character, such as a no-break space from a web page or a
document. Replace it by a plain one.`,
  "foreign-comment": `\`#\` begins comments in YAML, HCL and shell scripts. Here they are written \`// …\` or \`/* … */\`, and \`/// …\` before
a declaration documents it.`,
  "foreign-quotes": `Strings stand in double quotes, \`"\`. Single quotes and back-ticks have no meaning.`,
  "name-begins-with-digit": `Names begin with a letter or \`_\`. What begins with a digit is read as a number, an address, a prefix, a date
or a quantity. Text such as the name of an interface stands in quotes.`,
  "nested-too-deeply": `Brackets are nested deeper than any readable program needs, which protects the tools that read it. The rest of
the file was not read. Give parts of the expression a name with \`group\` or \`service\`.`,
  "too-many-operators": `One statement joins more terms with \`+\`, \`-\` or \`&\` than is read. Write a list, \`[a, b, c]\`, which is a union,
or name parts of it with \`group\`.`,
  "too-many-errors": `The file has so many syntax errors that listing them all would not help. The first ones are shown; the rest of
the file is not reported. Often one early mistake, or a file of another kind, is the cause.`,
  "too-many-closers": `The file closes far more brackets than it opens, so it is hardly a program. Reading stopped there, to protect
the tools that read it.`,
  "too-many-tokens": `The file is larger than what is read in one piece. All files of a directory are one package: split it, the meaning
stays the same.`,
  "edition-first": `\`edition 1\` says which edition of the language a file is written in, so it stands before everything else. It
may be left out: then the file is of edition 1.`,
  "no-refusal": `Everything is closed until a rule opens it, so there is nothing to refuse, and the order of rules has no meaning.
To have something stay closed whatever rules are written later, state it: \`never dev -> pci\` fails the build as soon as
a rule would open it.`,
  "lone-return": `Some editors and review tools start a new line at a carriage return that stands alone, and others do not. A
statement behind one at the end of a comment could look as if it counted and be part of the comment. So a line ends with
a line feed, or with a carriage return and a line feed, and nothing else.

\`demarc check\` offers the edit that writes a line feed.`,
  "hidden-character": `The file holds characters that change what a reader sees and show nothing themselves: controls of the writing
direction (U+202A to U+202E, U+2066 to U+2069 and marks such as U+200E), characters without width (U+200B to U+200D,
U+2060, U+FEFF) or separators of lines and paragraphs (U+2028, U+2029). With them a comment can look like a rule and one
name like another. They are refused everywhere, in comments and strings too; only a byte order mark at the very beginning
of a file is fine.

Where a string has to hold one, write it as an escape, as in \`\\u{200d}\`.`,
  "unusable-text": `\`__proto__\` as the key of an object has a meaning of its own in JavaScript, and so in many tools that read
JSON: the entry changes the object and is not kept as a key. What carries this name could vanish on its way, so that no
name and no string may be just this.`,
  ...literalExplanations,
};

/** By the name of the entry. */
export const formatExplanations: Explanations<typeof formatCatalogue> = {
  "format-changes-meaning": `After formatting, demarc reads its own text again and compares: same tree, same comments. Here they differ, so
the file was left as it is. This is a fault of the formatter and not of your file.

Please report it with the file, or the smallest part of it that shows the fault.`,
};
