/** The canonical text of single tokens. */
import { type Address, formatAddress, parseAddress } from "../address.js";
import { StringToken, type Token } from "../tokens.js";

const named: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\t", "\\t"],
]);

// What a person cannot see: controls, separators of lines, marks of direction, the byte order mark.
const unseen = /["\\\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A string literal for a text: printable characters as they are, the rest escaped. */
export function quoted(value: string): string {
  const escaped = value.replace(unseen, (char) => named.get(char) ?? `\\u{${char.codePointAt(0)?.toString(16)}}`);
  return `"${escaped}"`;
}

/** The canonical text of a token without faults: strings escaped anew, IPv6 as RFC 5952 has it, the rest as written. */
export function tokenText(token: Token): string {
  if (token.tokenType === StringToken) return quoted(token.value ?? "");
  if (token.shape !== "ipv6") return token.image;
  return token.image
    .split("..")
    .map((end) => {
      const slash = end.indexOf("/");
      const text = slash < 0 ? end : end.slice(0, slash);
      const address = parseAddress(text);
      return (address === undefined ? text : ipv6Text(text, address)) + (slash < 0 ? "" : end.slice(slash));
    })
    .join("..");
}

/** A dotted quad at the end is kept: it was written for a reader. */
function ipv6Text(text: string, address: Address): string {
  return text.includes(".") ? text.toLowerCase() : formatAddress(address);
}
