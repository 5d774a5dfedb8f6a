/**
 * A Junos configuration as words in a tree: every statement is a path of words, and statements that begin alike share nodes.
 *
 * Both text forms become such trees. Whoever interprets a node takes it; what nobody took in the end was not understood.
 */

/** One word of the configuration and what follows it, in the order of the text. */
export class ConfigNode {
  readonly word: string;
  /** Line from 1 on which the word first stands at this place. */
  readonly line: number;
  readonly parent: ConfigNode | undefined;
  readonly children = new Map<string, ConfigNode>();
  /** Somebody knows what the word means here. */
  taken = false;

  constructor(word: string, line: number, parent: ConfigNode | undefined) {
    this.word = word;
    this.line = line;
    this.parent = parent;
  }

  /** The words that follow, taken: keys of a list, values of a leaf. */
  all(): readonly ConfigNode[] {
    const out = [...this.children.values()];
    for (const one of out) one.taken = true;
    return out;
  }

  /** The child with this word, taken. */
  take(word: string): ConfigNode | undefined {
    const found = this.children.get(word);
    if (found !== undefined) found.taken = true;
    return found;
  }

  /** True where the word stands here; what follows it stays to be taken. */
  has(word: string): boolean {
    return this.take(word) !== undefined;
  }

  /** The statement from the top of the configuration. */
  path(): readonly string[] {
    const out: string[] = [];
    for (let at: ConfigNode | undefined = this; at?.parent !== undefined; at = at.parent) out.push(at.word);
    return out.reverse();
  }
}

/** A configuration. */
export class ConfigTree {
  readonly root = new ConfigNode("", 1, undefined);
  /** The path of the statement before: most statements begin like it. */
  private last: readonly ConfigNode[] = [];

  /** Adds a statement. Saying it again changes nothing, as in Junos. */
  add(words: readonly string[], line: number): void {
    const path: ConfigNode[] = [];
    let node = this.root;
    let shared = true;
    for (const [index, word] of words.entries()) {
      const before: ConfigNode | undefined = shared ? this.last[index] : undefined;
      shared = before !== undefined && before.word === word;
      let next: ConfigNode | undefined = shared ? before : node.children.get(word);
      if (next === undefined) {
        next = new ConfigNode(word, line, node);
        node.children.set(word, next);
      }
      path.push(next);
      node = next;
    }
    this.last = path;
  }

  /** The topmost nodes that nobody took. */
  untaken(): readonly ConfigNode[] {
    const out: ConfigNode[] = [];
    const open = [this.root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const child of node.children.values()) (child.taken ? open : out).push(child);
    }
    return out.sort((a, b) => a.line - b.line);
  }
}

/**
 * A place where two trees differ; undefined where they say the same. What follows one word counts in its order, because terms
 * and policies do; statements of different places may mingle in one text and not in the other.
 */
export function firstDifference(
  a: ConfigTree,
  b: ConfigTree,
): { readonly a: ConfigNode | undefined; readonly b: ConfigNode | undefined } | undefined {
  const open: (readonly [ConfigNode, ConfigNode])[] = [[a.root, b.root]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [ones, others] = pair.map(({ children }) => [...children.values()]);
    for (let index = 0; index < Math.max(ones?.length ?? 0, others?.length ?? 0); index++) {
      const [one, other] = [ones?.[index], others?.[index]];
      if (one === undefined || other === undefined || one.word !== other.word) return { a: one, b: other };
      open.push([one, other]);
    }
  }
  return undefined;
}
