/** Mutants of the Junos target's routers: one small change each, in both text forms alike, and in one form only. */
import type { Artefact } from "../../compiler/contract.js";
import { ownedText } from "../support/junos-owned.js";
import { setPaths } from "../support/oracle/junos/device.js";
import type { Paths } from "../support/oracle/junos/router.js";
import { resized } from "../support/oracle/junos/samples.js";
import { groupsOf, lineChanges, nextAddress } from "./junos-lines.js";
import type { Mutant, MutantSource, Operator } from "./mutation.js";

type Path = readonly string[];

/** One in so many changes is made in one form only, too. */
const ONE_FORM = 40;

interface Change {
  readonly what: Operator;
  readonly description: string;
  readonly paths: Paths;
}

const starts = (path: Path, group: Path): boolean => group.every((word, at) => path[at] === word);

/** Changes of single statements. */
function* ofLines(paths: Paths): Generator<Change> {
  for (const [index, path] of paths.entries()) {
    for (const { what, by } of lineChanges(path, paths)) {
      const told = by.length === 0 ? "gone" : by.map((one) => one.join(" ")).join(" and ");
      yield {
        what,
        description: `${path.join(" ")}: ${told}`,
        paths: paths.flatMap((one, at) => (at === index ? by : [one])),
      };
    }
  }
}

/** Changes of terms, neighbours and addresses as a whole. */
function* ofGroups(paths: Paths): Generator<Change> {
  const groups = groupsOf(paths);
  for (const [index, group] of groups.entries()) {
    const title = group.join(" ");
    yield { what: dropOf(group), description: `${title}: gone`, paths: paths.filter((path) => !starts(path, group)) };
    const next = groups[index + 1];
    const sibling = next !== undefined && next.length === group.length && starts(next, group.slice(0, -1));
    if (group.includes("term") && sibling) {
      yield { what: "swap", description: `${title}: behind ${next.at(-1)}`, paths: swapped(paths, group, next) };
      const last = groups.filter((one) => one.length === group.length && starts(one, group.slice(0, -1))).at(-1);
      if (last !== undefined && last !== next)
        yield { what: "swap", description: `${title}: behind ${last.at(-1)}`, paths: swapped(paths, group, last) };
    }
    if (group.includes("address")) yield* ofAddress(paths, group);
  }
}

function dropOf(group: Path): Operator {
  if (group.includes("policy-statement")) return "route";
  return group.includes("address") ? "family" : "drop";
}

/** The statements of one term behind those of another. */
function swapped(paths: Paths, group: Path, behind: Path): Paths {
  const own = paths.filter((path) => starts(path, group));
  const rest = paths.filter((path) => !starts(path, group));
  const last = rest.findLastIndex((path) => starts(path, behind));
  return [...rest.slice(0, last + 1), ...own, ...rest.slice(last + 1)];
}

function* ofAddress(paths: Paths, group: Path): Generator<Change> {
  const at = group.length - 1;
  const text = group[at] ?? "";
  const [host = "", length = ""] = text.split("/");
  const others: (readonly [Operator, string])[] = [
    ["renumber", nextAddress(text)],
    ["widen", `${host}/${Number(length) - 1}`],
    ["narrow", `${host}/${Number(length) + 1}`],
  ];
  for (const [what, address] of others.slice(0, resized(text).length)) {
    const change = (path: Path): Path =>
      starts(path, group) ? [...group.slice(0, -1), address, ...path.slice(at + 1)] : path;
    yield { what, description: `${group.join(" ")}: ${address}`, paths: paths.map(change) };
  }
}

const quoted = (word: string): string => (/^[^\s"{};[\]#]+$/.test(word) ? word : JSON.stringify(word));

const setText = (paths: Paths): string => paths.map((path) => `set ${path.map(quoted).join(" ")}\n`).join("");

/** The files of a target with these statements in some of the forms of one router. Written when asked for: together they are large. */
function written(artefacts: readonly Artefact[], paths: Paths, forms: readonly string[]): readonly Artefact[] {
  return artefacts.map((one): Artefact => {
    if (!forms.includes(one.path)) return one;
    return { path: one.path, text: one.path.endsWith(".set") ? setText(paths) : ownedText(paths) };
  });
}

/** Every mutant of a target's files. */
export const junosMutants: MutantSource = (artefacts) => {
  const out: Mutant[] = [];
  for (const { path, text } of artefacts) {
    const [, folder] = /^(routers\/[^/]+)\/junos\.set$/.exec(path) ?? [];
    if (folder === undefined) continue;
    const conf = `${folder}/junos.replace.conf`;
    const emit = ({ what, description, paths: changed }: Change, forms: readonly string[], file: string): void => {
      out.push({
        target: "junos",
        file,
        what,
        description,
        get files() {
          return written(artefacts, changed, forms);
        },
      });
    };
    const paths = setPaths(text);
    for (const change of [...ofLines(paths), ...ofGroups(paths)]) {
      emit(change, [path, conf], path);
      if (out.length % ONE_FORM > 1) continue;
      const file = out.length % 2 === 0 ? path : conf;
      emit({ ...change, description: `in one form only: ${change.description}` }, [file], file);
    }
  }
  return out;
};
