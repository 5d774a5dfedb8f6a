/** What single statements of a Junos router may be changed to. */

import { groups, quad } from "../support/oracle/junos/device.js";
import { below, type Paths, wordsBelow } from "../support/oracle/junos/router.js";
import { addressText, resized } from "../support/oracle/junos/samples.js";
import type { Operator } from "./mutation.js";

type Path = readonly string[];

/** One change of one statement: what stands in its place, nothing where it goes, several where one is added. */
export interface LineChange {
  readonly what: Operator;
  readonly by: Paths;
}

/** A prefix that no estate has, and an address in it. */
const FOREIGN = { prefix: "198.51.100.0/24", address: "198.51.100.7" };

const gone = (what: Operator = "drop"): LineChange => ({ what, by: [] });

/** The same statement with one word changed. */
function put(path: Path, at: number, word: string): Path {
  return path.map((old, index) => (index === at ? word : old));
}

function change(what: Operator, path: Path, at: number, word: string): LineChange {
  return { what, by: [put(path, at, word)] };
}

/** The next number in a word that ends in one: a port, a VLAN, an ASN, a route target. */
function next(text: string, by = 1): string {
  return text.replace(/\d+(?=L?$)/, (number) => String(Number(number) + by));
}

/** The address behind another one. */
export function nextAddress(text: string): string {
  const [address = "", length] = text.split("/");
  const six = address.includes(":");
  const other = addressText(six ? 6 : 4, (six ? groups(address) : quad(address)) + 1n);
  return length === undefined ? other : `${other}/${length}`;
}

/** A prefix one bit wider and the halves of it, at a place of a statement. */
function resize(path: Path, at: number, as?: Operator): readonly LineChange[] {
  const length = Number(path[at]?.split("/")[1]);
  return resized(path[at] ?? "").map((text) => {
    const wider = Number(text.split("/")[1]) < length;
    return change(as ?? (wider ? "widen" : "narrow"), path, at, text);
  });
}

function other(names: readonly string[], than: string | undefined): readonly string[] {
  const at = names.indexOf(than ?? "");
  const found = names[at + 1] ?? names[0];
  return found === undefined || found === than ? [] : [found];
}

function interfaceLine(path: Path, all: Paths): readonly LineChange[] {
  const [, , , , word, family = "", statement] = path;
  if (word === "vlan-id") return [change("renumber", path, 5, next(path[5] ?? "")), gone()];
  if (word === "vlan-tags") {
    const [outer = "", inner = ""] = [path[6], path[8]];
    return [{ what: "swap", by: [put(put(path, 6, inner), 8, outer)] }, change("renumber", path, 8, next(inner))];
  }
  if (word === "description") return [gone()];
  if (statement === "filter") {
    const filters = other(wordsBelow(all, "firewall", "family", family, "filter"), path[8]);
    return [
      gone("re-bind"),
      ...filters.map((name) => change("re-bind", path, 8, name)),
      change("direction", path, 7, "output"),
      { what: "direction", by: [path, put(path, 7, "output")] },
      change("family", path, 5, family === "inet" ? "inet6" : "inet"),
    ];
  }
  if (statement === "mtu") return [change("renumber", path, 7, next(path[7] ?? "", 100)), gone()];
  if (statement === "address" && path[10]?.startsWith("virtual-") === true)
    return [change("renumber", path, 11, nextAddress(path[11] ?? ""))];
  return statement === "address" && path.length === 8 ? [gone("family")] : [];
}

const PORTS: Readonly<Record<string, string>> = {
  "source-port": "destination-port",
  "destination-port": "source-port",
  "source-address": "destination-address",
  "destination-address": "source-address",
};

function filterLine(path: Path): readonly LineChange[] {
  const [, , , , , , , part, word = "", value = ""] = path;
  if (part === "then") return actionLine(path, word);
  if (part !== "from") return [gone()];
  const turned = PORTS[word];
  const turn = turned === undefined ? [] : [change("direction", path, 8, turned)];
  if (word.endsWith("-address")) {
    const flip = path[10] === undefined ? [...path, "except"] : path.slice(0, 10);
    return [gone(), ...resize(path, 9), ...turn, { what: "flip", by: [flip] }];
  }
  if (word.endsWith("-port")) {
    const [low = "", high = low] = value.split("-");
    const narrow = low === high ? [] : [change("narrow", path, 9, `${next(low)}-${high}`)];
    return [
      gone(),
      ...turn,
      ...narrow,
      change("renumber", path, 9, next(low)),
      change("widen", path, 9, `${low}-${next(high)}`),
    ];
  }
  if (word === "protocol" || word === "payload-protocol") {
    const swapped: Readonly<Record<string, string>> = { tcp: "udp", udp: "tcp", icmp: "tcp", icmp6: "tcp" };
    return [gone("widen"), change("swap", path, 9, swapped[value] ?? next(value))];
  }
  if (word === "fragment-offset") return [gone("widen"), change("swap", path, 9, value === "0" ? "1-8191" : "0")];
  if (word === "is-fragment") return [gone("widen"), change("narrow", path, 8, "first-fragment")];
  if (word === "first-fragment") return [gone("widen"), change("widen", path, 8, "is-fragment")];
  if (word === "icmp-type") return [gone(), change("renumber", path, 9, next(value.split("-")[0] ?? ""))];
  if (word === "ttl" || word === "hop-limit") return [gone("widen"), change("widen", path, 9, `254-${value}`)];
  return [gone()];
}

function actionLine(path: Path, word: string): readonly LineChange[] {
  if (word === "accept") return [change("flip", path, 8, "discard"), gone()];
  if (word === "discard") return [change("flip", path, 8, "accept"), gone("flip"), change("swap", path, 8, "reject")];
  return word === "count" ? [] : [gone()];
}

/** Which statements name a policy decides what a change of it is called. */
function policyOperator(all: Paths, policy: string): Operator {
  return all.some(([top, , word, name]) => top === "routing-instances" && word?.startsWith("vrf-") && name === policy)
    ? "leak"
    : "announce";
}

function policyLine(path: Path, all: Paths): readonly LineChange[] {
  const [, kind, name = ""] = path;
  if (kind === "prefix-list") return [gone(), ...resize(path, 3)];
  const communities = wordsBelow(all, "policy-options", "community");
  if (kind === "community") return [gone("leak"), change("renumber", path, 4, next(path[4] ?? ""))];
  if (kind !== "policy-statement") return [];
  const what = policyOperator(all, name);
  const [part, word, value] = path.slice(5);
  if (word === "route-filter") {
    const added = FOREIGN.prefix;
    return [
      gone(what),
      ...resize(path, 7, what),
      change(what, path, 8, "orlonger"),
      ...(path[7]?.includes(":") === true ? [] : [{ what, by: [path, put(path, 7, added)] }]),
    ];
  }
  if (part === "from" && word === "community")
    return [gone(what), ...other(communities, value).map((one) => change(what, path, 7, one))];
  if (part === "then" && word === "community")
    return [gone(what), ...other(communities, path[8]).map((one) => change(what, path, 8, one))];
  if (word === "accept" || word === "reject")
    return [change("flip", path, 6, word === "accept" ? "reject" : "accept"), gone()];
  if (word === "local-preference") return [gone(), change("renumber", path, 7, next(value ?? "", 50))];
  return word === "as-path-prepend" ? [gone()] : [];
}

function instanceLine(path: Path, all: Paths): readonly LineChange[] {
  const [, name = "", word, value = ""] = path;
  const instances = wordsBelow(all, "routing-instances");
  switch (word) {
    case "interface":
      return [gone("re-bind"), ...other(instances, name).map((one) => change("re-bind", path, 1, one))];
    case "route-distinguisher": {
      const others = instances.flatMap((one) => wordsBelow(all, "routing-instances", one, "route-distinguisher"));
      return [
        change("renumber", path, 3, next(value, 900)),
        ...other(others, value).map((one) => change("swap", path, 3, one)),
      ];
    }
    case "vrf-import":
    case "vrf-export": {
      const others = instances.flatMap((one) => wordsBelow(all, "routing-instances", one, word));
      return [gone("leak"), ...other(others, value).map((one) => change("leak", path, 3, one))];
    }
    case "instance-type":
      return [gone(), change("swap", path, 3, "virtual-router"), ...leaks(path, instances)];
    case "routing-options":
      return optionLine(path);
    case "protocols":
      return sessionLine(path, all);
    default:
      return [gone()];
  }
}

/** Routes that nobody asked for. */
function leaks(path: Path, instances: readonly string[]): readonly LineChange[] {
  const route = [...path.slice(0, 2), "routing-options", "static", "route"];
  const into = other(instances, path[1]);
  return [
    { what: "route", by: [path, [...route, FOREIGN.prefix, "discard"]] },
    ...into.map(
      (one): LineChange => ({ what: "leak", by: [path, [...route, "0.0.0.0/0", "next-table", `${one}.inet.0`]] }),
    ),
  ];
}

function optionLine(path: Path): readonly LineChange[] {
  const at = path.indexOf("route");
  if (path[3] === "auto-export") return [gone("leak")];
  if (path[3] === "router-id") return [gone(), change("renumber", path, 4, nextAddress(path[4] ?? ""))];
  if (at < 0) return [gone()];
  const hop = path[at + 3] ?? "";
  const hops = path[at + 2] === "next-hop" ? [change("re-bind", path, at + 3, nextAddress(hop))] : [];
  return [gone("route"), ...resize(path, at + 1, "route"), ...hops];
}

/** A statement of a BGP group or neighbour, of an instance or of the core. */
export function sessionLine(path: Path, all: Paths): readonly LineChange[] {
  const at = path.indexOf("group") + 2;
  const statement = path[at] === "neighbor" ? at + 2 : at;
  const [word = "", value = ""] = path.slice(statement);
  if (path[at] === "neighbor" && word === "description") return [gone()];
  switch (word) {
    case "type":
      return [gone(), change("swap", path, statement + 1, value === "external" ? "internal" : "external")];
    case "peer-as":
      return [gone(), change("renumber", path, statement + 1, next(value))];
    case "local-address":
      return [gone(), change("renumber", path, statement + 1, nextAddress(value))];
    case "import":
    case "export": {
      const policies = wordsBelow(all, "policy-options", "policy-statement");
      return [gone("announce"), ...other(policies, value).map((one) => change("announce", path, statement + 1, one))];
    }
    case "family":
      return familyLine(path, statement);
    case "authentication-key-chain":
    case "local-as":
      return [gone()];
    case "cluster":
      return [gone("route")];
    default:
      return [];
  }
}

function familyLine(path: Path, at: number): readonly LineChange[] {
  const limit = path.indexOf("prefix-limit");
  if (limit >= 0) {
    const number =
      path[limit + 1] === "maximum" ? [change("renumber", path, limit + 2, next(path[limit + 2] ?? ""))] : [];
    return [gone(), ...number];
  }
  const swapped: Readonly<Record<string, string>> = {
    inet: "inet6",
    inet6: "inet",
    "inet-vpn": "inet",
    "inet6-vpn": "inet6",
  };
  return [gone("family"), change("family", path, at + 1, swapped[path[at + 1] ?? ""] ?? "inet")];
}

/** Every change of one statement of a router. */
export function lineChanges(path: Path, all: Paths): readonly LineChange[] {
  switch (path[0]) {
    case "interfaces":
      return interfaceLine(path, all);
    case "firewall":
      return filterLine(path);
    case "policy-options":
      return policyLine(path, all);
    case "routing-instances":
      return instanceLine(path, all);
    case "protocols":
      return sessionLine(path, all);
    default:
      return [];
  }
}

/** Statements that stand or fall together: the words before what varies. */
export function groupsOf(paths: Paths): readonly Path[] {
  const found = new Map<string, Path>();
  const add = (path: Path, length: number): void => {
    if (path.length > length) found.set(path.slice(0, length).join(" "), path.slice(0, length));
  };
  for (const path of paths) {
    if (path[0] === "firewall" && path[5] === "term") add(path, 7);
    if (path[1] === "policy-statement") add(path, 5);
    const neighbour = path.indexOf("neighbor");
    if (neighbour > 0) add(path, neighbour + 2);
    const bfd = path.indexOf("bfd-liveness-detection");
    if (bfd > 0) add(path, bfd + 1);
    if (path[0] === "interfaces" && path[6] === "address") add(path, 8);
  }
  return [...found.values()].filter((path) => below(paths, ...path).length > 0);
}
