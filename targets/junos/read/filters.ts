/**
 * Firewall filters: terms in order, the first match decides, what no term matches is discarded (Juniper, "How Standard
 * Firewall Filters Evaluate Packets"). A term without `from` matches every packet; one without a terminating action accepts.
 */
import type { PacketMatch, ReadFilter, ReadRule } from "../../../compiler/validate/readback.js";
import type { Family } from "../../../grammar/address.js";
import type { PrefixLists } from "./address-side.js";
import { termMatch } from "./filter-match.js";
import type { ConfigNode } from "./node.js";
import { FAMILY_WORDS, type Reading } from "./reading.js";

type Bound = "most" | "least";

/** One term with what it matches on every platform and on some. */
interface Term {
  readonly name: string;
  readonly action: ReadRule["action"];
  readonly surely: readonly PacketMatch[];
  readonly maybe: readonly PacketMatch[];
  readonly node: ConfigNode;
}

/** The filters of a router by family and name; and chains of several, made as interfaces name them. */
export class Filters {
  private readonly reading: Reading;
  private readonly terms = new Map<string, readonly Term[]>();
  private readonly nodes = new Map<string, ConfigNode>();
  private readonly chains = new Map<string, ReadFilter>();

  constructor(reading: Reading, firewall: ConfigNode | undefined, lists: PrefixLists) {
    this.reading = reading;
    const families = firewall?.take("family");
    for (const [family, word] of FAMILY_WORDS) {
      for (const node of families?.take(word)?.take("filter")?.all() ?? []) {
        node.take("interface-specific");
        const terms = reading.values(node.take("term")).map((term) => this.term(term, family, lists));
        if (terms.length === 0) reading.refuse(node, "a filter has no terms");
        this.terms.set(`${word} ${node.word}`, terms);
        this.nodes.set(`${word} ${node.word}`, node);
      }
    }
  }

  private term(node: ConfigNode, family: Family, lists: PrefixLists): Term {
    const match = termMatch(this.reading, node.take("from"), family, lists);
    const action = this.action(node.take("then"));
    return { name: node.word, action, surely: match?.surely ?? [], maybe: match?.maybe ?? [], node };
  }

  private action(then: ConfigNode | undefined): ReadRule["action"] {
    if (then === undefined) return "admit";
    this.reading.value(then.take("count"));
    for (const word of ["log", "syslog"]) then.take(word);
    const found: ReadRule["action"][] = [];
    if (then.has("accept")) found.push("admit");
    for (const word of ["discard", "reject"]) if (then.has(word)) found.push("drop");
    const next = then.take("next");
    if (next !== undefined) {
      if (!next.has("term")) this.reading.refuse(next, "only `next term` is known here");
      found.push("pass");
    }
    if (found.length > 1) this.reading.refuse(then, "a term has two terminating actions");
    return found[0] ?? "admit";
  }

  /** Every filter, bound or not, and the chains that were made. */
  all(): readonly ReadFilter[] {
    const single = [...this.nodes].map(([key, node]) => {
      const [family = "", ...name] = key.split(" ");
      return this.make(this.reading.id("firewall", family, name.join(" ")), node.word, this.terms.get(key) ?? [], node);
    });
    return [...single, ...this.chains.values()];
  }

  /** Id of a filter that an interface names; undefined where there is none. */
  named(word: "inet" | "inet6", node: ConfigNode): string | undefined {
    if (this.terms.has(`${word} ${node.word}`)) return this.reading.id("firewall", word, node.word);
    return this.reading.refuse(node, `there is no such filter of family \`${word}\``);
  }

  /** Id of the chain of several: the terms of all in order, and one discard at the end. */
  chain(word: "inet" | "inet6", nodes: readonly ConfigNode[]): string | undefined {
    if (nodes.some((node) => this.named(word, node) === undefined)) return undefined;
    const name = nodes.map((node) => node.word).join("+");
    const id = this.reading.id("firewall", word, "list", name);
    const terms = nodes.flatMap((node) =>
      (this.terms.get(`${word} ${node.word}`) ?? []).map((term) => ({ ...term, name: `${node.word}/${term.name}` })),
    );
    const [first] = nodes;
    if (first !== undefined) this.chains.set(id, this.make(id, name, terms, first));
    return id;
  }

  private make(id: string, name: string, terms: readonly Term[], node: ConfigNode): ReadFilter {
    const differs = terms.some(({ surely, maybe }) => surely !== maybe && !sameMatches(surely, maybe));
    return {
      id,
      name,
      state: "stateless",
      evaluation: "first-match",
      rules: this.rules(terms, "most"),
      ...(differs ? { least: this.rules(terms, "least") } : {}),
      otherwise: "drop",
      at: this.reading.at(node),
    };
  }

  /** The most that some platform admits: what it may match it admits, only what all match it drops; and the least. */
  private rules(terms: readonly Term[], bound: Bound): readonly ReadRule[] {
    return terms.map(({ name, action, surely, maybe, node }) => ({
      name,
      action,
      matches: (action === "drop") === (bound === "least") ? maybe : surely,
      at: this.reading.at(node),
    }));
  }
}

function sameMatches(a: readonly PacketMatch[], b: readonly PacketMatch[]): boolean {
  const shape = (list: readonly PacketMatch[]): string => JSON.stringify(list.map(({ transports }) => transports));
  return shape(a) === shape(b);
}
