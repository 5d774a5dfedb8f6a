/**
 * Names of emitted objects: reversible mangling into the alphabets of the platforms, and scopes that notice clashes.
 *
 * A Demarc identifier holds letters, digits and `_`, with single hyphens between alphanumerics (language.md §3), so two
 * hyphens in a row never occur in one and can join the parts of a path.
 */

const JOINER = "--";

/** Joins the parts of a path or an id (`shop.web`, `dx/prod`) to one name (`shop--web`, `dx--prod`). */
export function manglePath(path: string): string {
  return path.split(/[./]/).join(JOINER);
}

/** The parts of a name that `manglePath` made. */
export function unmanglePath(name: string): readonly string[] {
  return name.split(JOINER);
}

/**
 * Turns any text (the name of a secret, say) into letters, digits, `_` and `-`, reversibly: an underscore is doubled,
 * every other character becomes `_x<hex code point>_`. The result may begin with a digit or a hyphen: put a word ahead.
 */
export function mangleText(text: string): string {
  let out = "";
  for (const char of text) {
    if (char === "_") out += "__";
    else if (/^[A-Za-z0-9-]$/.test(char)) out += char;
    else out += `_x${(char.codePointAt(0) ?? 0).toString(16)}_`;
  }
  return out;
}

/** The text that `mangleText` was given; undefined where the name is none of its results. */
export function unmangleText(name: string): string | undefined {
  let out = "";
  let at = 0;
  while (at < name.length) {
    const match = /^(?:__|_x([0-9a-f]{1,6})_|([A-Za-z0-9-]))/.exec(name.slice(at));
    if (match === null) return undefined;
    if (match[1] !== undefined) {
      const code = Number.parseInt(match[1], 16);
      if (code > 0x10ffff) return undefined;
      out += String.fromCodePoint(code);
    } else {
      out += match[2] ?? "_";
    }
    at += match[0].length;
  }
  return out;
}

/** The names of one scope of a platform. Scopes that ignore case are told so. */
export class NameScope {
  private readonly owners = new Map<string, string>();
  private readonly ignoreCase: boolean;

  constructor(options: { readonly ignoreCase?: boolean } = {}) {
    this.ignoreCase = options.ignoreCase ?? false;
  }

  /** Takes a name for an owner; returns the owner that has it already, if another. */
  claim(name: string, owner: string): string | undefined {
    const key = this.ignoreCase ? name.toLowerCase() : name;
    const holder = this.owners.get(key);
    if (holder === undefined) this.owners.set(key, owner);
    return holder === owner ? undefined : holder;
  }
}
