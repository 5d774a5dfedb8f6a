/** Classes of characters, as bits, looked up in one table. */

export const letter = 1;
export const digit = 2;
export const hex = 4;
export const blank = 8;
/** A character that begins a token and is no letter, digit or blank. */
export const punctuation = 16;

const classes = new Uint8Array(128);
for (const c of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") classes[c.charCodeAt(0)] = letter;
for (const c of "0123456789") classes[c.charCodeAt(0)] = digit | hex;
for (const c of "abcdefABCDEF") classes[c.charCodeAt(0)] = letter | hex;
for (const c of " \t\n\r") classes[c.charCodeAt(0)] = blank;
for (const c of '{}[]()=,.+-&"/') classes[c.charCodeAt(0)] = punctuation;

/** The classes of a character code; 0 for none, for NaN and for all beyond ASCII. */
export function classOf(code: number): number {
  return code < 128 ? (classes[code] ?? 0) : 0;
}

/** True for a letter or a digit (not for `_`). */
export function isAlphanumeric(code: number): boolean {
  return code !== 0x5f && (classOf(code) & (letter | digit)) !== 0;
}
