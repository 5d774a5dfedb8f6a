/**
 * Routing policies of Junos on one route at a time, straight from `set` lines, as Juniper's manuals describe evaluation.
 * Shares no code with the target.
 */
import { groups, quad } from "./device.js";

/** A route as a policy sees it. */
export interface Route {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly length: number;
  readonly communities: ReadonlySet<string>;
  /** `direct`, `static`, `aggregate` or `bgp`. */
  readonly protocol?: string;
}

/** What became of it. */
export interface Result {
  readonly accepted: boolean;
  readonly communities: ReadonlySet<string>;
  readonly localPreference?: number;
  readonly prepended: readonly string[];
}

/** Policies and communities as read from `set` lines. */
export class Policies {
  private readonly members = new Map<string, string[]>();
  private readonly lists = new Map<string, string[]>();
  private readonly statements = new Map<string, Map<string, string[][]>>();

  constructor(paths: readonly (readonly string[])[]) {
    for (const [top, kind, name = "", ...rest] of paths) {
      if (top !== "policy-options") continue;
      if (kind === "community") this.members.set(name, [...(this.members.get(name) ?? []), rest[1] ?? ""]);
      if (kind === "prefix-list") this.lists.set(name, [...(this.lists.get(name) ?? []), ...rest]);
      if (kind !== "policy-statement") continue;
      const terms = this.statements.get(name) ?? new Map<string, string[][]>();
      this.statements.set(name, terms);
      const [, term = "", ...statement] = rest;
      terms.set(term, [...(terms.get(term) ?? []), statement]);
    }
  }

  /** All members of communities that have a name. */
  known(): readonly string[] {
    return [...new Set([...this.members.values()].flat())];
  }

  /**
   * Terms in order; a term without a terminating action goes on to the next; at the end stands the default of whoever asks,
   * which is to accept where BGP imports.
   */
  run(name: string, route: Route, otherwise = true): Result {
    const terms = this.statements.get(name);
    if (terms === undefined) throw new Error(`there is no policy ${name}`);
    let communities = route.communities;
    let localPreference: number | undefined;
    const prepended: string[] = [];
    const result = (accepted: boolean): Result => ({
      accepted,
      communities,
      ...(localPreference === undefined ? {} : { localPreference }),
      prepended,
    });
    for (const statements of terms.values()) {
      if (!this.matches(statements, { ...route, communities })) continue;
      const actions = statements.filter(([part]) => part === "then");
      for (const [, action, first = "", second = ""] of actions) {
        if (action === "accept" || action === "reject" || action === "next") continue;
        if (action === "local-preference") localPreference = Number(first);
        else if (action === "as-path-prepend") prepended.push(...first.split(" "));
        else if (action === "community" && first === "set") communities = new Set(this.members.get(second));
        else if (action === "community" && first === "add")
          communities = new Set([...communities, ...(this.members.get(second) ?? [])]);
        else if (action === "community" && first === "delete")
          communities = new Set([...communities].filter((one) => !this.members.get(second)?.includes(one)));
        else throw new Error(`unknown action ${action}`);
      }
      const [, end] = actions.find(([, action]) => action === "accept" || action === "reject") ?? [];
      if (end !== undefined) return result(end === "accept");
    }
    return result(otherwise);
  }

  /** Every kind of condition must hold; of one kind any value. */
  private matches(statements: readonly string[][], route: Route): boolean {
    const from = statements.filter(([part]) => part === "from");
    return [...new Set(from.map(([, what = ""]) => what))].every((what) =>
      this.holds(
        what,
        from.filter(([, other]) => other === what).map(([, , ...values]) => values),
        route,
      ),
    );
  }

  private holds(what: string, values: readonly (readonly string[])[], route: Route): boolean {
    switch (what) {
      case "community":
        return values.some(([name = ""]) => (this.members.get(name) ?? []).every((one) => route.communities.has(one)));
      case "protocol":
        return values.some(([name]) => name === (route.protocol ?? "bgp"));
      case "family":
        return values.some(([name]) => name === (route.family === 4 ? "inet" : "inet6"));
      case "prefix-list":
        return values.some(([name = ""]) =>
          (this.lists.get(name) ?? []).some((prefix) => holds(prefix, route) && route.length === lengthOf(prefix)),
        );
      case "route-filter":
        return inFilters(values, route);
      default:
        throw new Error(`unknown condition ${what}`);
    }
  }
}

/** The longest prefix that holds the route is the one that is asked; a wider one is not, even where that fails. */
function inFilters(values: readonly (readonly string[])[], route: Route): boolean {
  const holding = values.filter(([prefix = ""]) => holds(prefix, route));
  const longest = Math.max(...holding.map(([prefix = ""]) => lengthOf(prefix)));
  return holding
    .filter(([prefix = ""]) => lengthOf(prefix) === longest)
    .some(([, kind, bound = ""]) => {
      const [low = 0, high = low] = bound.split("-").map((text) => Number(text.slice(1)));
      switch (kind) {
        case "exact":
          return route.length === longest;
        case "orlonger":
          return true;
        case "longer":
          return route.length > longest;
        case "upto":
          return route.length <= low;
        case "prefix-length-range":
          return route.length >= low && route.length <= high;
        default:
          throw new Error(`unknown match type ${kind}`);
      }
    });
}

const lengthOf = (prefix: string): number => Number(prefix.split("/")[1]);

function holds(prefix: string, route: Route): boolean {
  const [base = ""] = prefix.split("/");
  const family = base.includes(":") ? 6 : 4;
  if (family !== route.family) return false;
  const length = lengthOf(prefix);
  const shift = BigInt((family === 4 ? 32 : 128) - length);
  const start = family === 4 ? quad(base) : groups(base);
  return route.length >= length && route.value >> shift === start >> shift;
}
