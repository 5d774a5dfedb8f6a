/**
 * A Junos configuration as words in a tree: every statement is a path of words, and statements that begin alike share nodes.
 *
 * Both text forms become such trees. Whoever interprets a node takes it; what nobody took in the end was not understood.
 */

/** Nodes with more children than this find them by a map. */
const MOST_UNINDEXED = 8;

/** One word of the configuration and what follows it, in the order of the text. */
export class ConfigNode {
  readonly word: string;
  /** Line from 1 on which the word first stands at this place. */
  readonly line: number;
  readonly parent: ConfigNode | undefined;
  /** How many children the parent had before. */
  readonly ordinal: number;
  /** How many words follow. */
  size = 0;
  first: ConfigNode | undefined;
  next: ConfigNode | undefined;
  /** Somebody knows what the word means here. */
  taken = false;
  /** The last child that another form of the configuration has said so far. */
  said: ConfigNode | undefined;
  private last: ConfigNode | undefined;
  private index: Map<string, ConfigNode> | undefined;

  constructor(word: string, line: number, parent: ConfigNode | undefined, ordinal: number) {
    this.word = word;
    this.line = line;
    this.parent = parent;
    this.ordinal = ordinal;
  }

  /** The child with this word; it stays to be taken. */
  child(word: string): ConfigNode | undefined {
    if (this.index !== undefined) return this.index.get(word);
    let one = this.first;
    while (one !== undefined && one.word !== word) one = one.next;
    return one;
  }

  /** Adds a child that is not there. */
  grow(word: string, line: number): ConfigNode {
    const made = new ConfigNode(word, line, this, this.size);
    if (this.last === undefined) this.first = made;
    else this.last.next = made;
    this.last = made;
    this.size++;
    if (this.index !== undefined) this.index.set(word, made);
    else if (this.size > MOST_UNINDEXED) {
      this.index = new Map();
      for (let one = this.first; one !== undefined; one = one.next) this.index.set(one.word, one);
    }
    return made;
  }

  /** The words that follow, taken: keys of a list, values of a leaf. */
  all(): readonly ConfigNode[] {
    const out: ConfigNode[] = [];
    for (let one = this.first; one !== undefined; one = one.next) {
      one.taken = true;
      out.push(one);
    }
    return out;
  }

  /** The child with this word, taken. */
  take(word: string): ConfigNode | undefined {
    const found = this.child(word);
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
  readonly root = new ConfigNode("", 1, undefined, 0);

  /** Adds a statement. Saying it again changes nothing, as in Junos. */
  add(words: readonly string[], line: number): void {
    let node = this.root;
    for (const word of words) node = node.child(word) ?? node.grow(word, line);
  }

  /** The topmost nodes that nobody took. */
  untaken(): readonly ConfigNode[] {
    const out: ConfigNode[] = [];
    const open = [this.root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (let child = node.first; child !== undefined; child = child.next) (child.taken ? open : out).push(child);
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
    let [one, other] = [pair[0].first, pair[1].first];
    while (one !== undefined || other !== undefined) {
      if (one === undefined || other === undefined || one.word !== other.word) return { a: one, b: other };
      open.push([one, other]);
      [one, other] = [one.next, other.next];
    }
  }
  return undefined;
}
