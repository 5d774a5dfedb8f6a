/**
 * Names of objects on routers: letters, digits and hyphens only, reversible, unique per router.
 *
 * A Demarc identifier has letters, digits, `_` and single hyphens between alphanumerics, so two hyphens in a row never
 * occur in it and can join the parts of a path (`shop.web`, `dx/prod`). No identifier begins with a digit, so two hyphens
 * and a digit are free to stand for other characters.
 */
import { sha256 } from "../../../compiler/sha256.js";

const JOINER = "--";
const UNDERSCORE = "--0";

/** Turns a path or an id (`shop.web`, `dx/prod`, a secret's name) into letters, digits and hyphens, reversibly. */
export function mangle(path: string): string {
  if (/^[A-Za-z0-9-]*$/.test(path)) return path;
  let out = "";
  for (const char of path) {
    if (/^[A-Za-z0-9-]$/.test(char)) out += char;
    else if (char === "." || char === "/") out += JOINER;
    else if (char === "_") out += UNDERSCORE;
    else out += `--9${(char.codePointAt(0) ?? 0).toString(16)}-`;
  }
  return out;
}

/** The name, or where it is longer than `most` its beginning with 8 hexadecimal digits of its SHA-256. */
export function fit(name: string, most: number): string {
  if (name.length <= most) return name;
  return `${name.slice(0, most - 9).replace(/-+$/, "")}-${sha256(name).slice(0, 8)}`;
}

/** The names of one scope on one router; a second owner of a name is noticed, never overwritten. */
export class Names {
  private readonly owners = new Map<string, string>();

  /** Takes a name for its owner (an id). Throws where another owner has it: names derive from unique ids. */
  claim(name: string, owner: string): string {
    const holder = this.owners.get(name) ?? owner;
    if (holder !== owner) throw new Error(`the name ${name} stands for ${holder} and for ${owner}`);
    this.owners.set(name, owner);
    return name;
  }

  /** Takes the first of `name`, `name-2`, `name-3`, … that is free, within `most` characters. */
  unique(name: string, most: number): string {
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? "" : `-${n}`;
      const candidate = fit(name, most - suffix.length) + suffix;
      if (this.owners.has(candidate)) continue;
      this.owners.set(candidate, candidate);
      return candidate;
    }
  }
}
