/**
 * What decides how the files are loaded, beside what they say: which files lie in the folder of a router, and at which level
 * `replace:` tags stand. Juniper, "CLI User Guide", "Loading a Configuration from a File or the Terminal".
 */

/** True where the words of a statement, behind those of the blocks around it, may have a `replace:` tag. */
export type TagRule = (around: readonly string[], own: readonly string[]) => boolean;

/** Why a tag is refused. One above deletes what others configured there, one below leaves what it should delete. */
export const STRAY_TAG = "a `replace:` tag stands only at what is ours as a whole, neither above nor below";

/** The only files of a router's folder. */
const FILES: ReadonlySet<string> = new Set([
  "junos.set",
  "junos.replace.conf",
  "rollback.set",
  "ownership.json",
  "delivery.md",
]);

/** Words around what is replaced as a whole, and how many words name it; `*` is any word. */
const LEVELS = [
  ["interfaces *", "unit *"],
  ["policy-options", "prefix-list *"],
  ["policy-options", "policy-statement *"],
  ["policy-options", "community *"],
  ["firewall family *", "filter *"],
  ["routing-instances", "*"],
  ["protocols bgp", "group *"],
].map(([around = "", own = ""]) => [around.split(" "), own.split(" ")] as const);

/** The name of a file below `routers/` that belongs to no router; undefined for any other path. */
export function strayFile(path: string): string | undefined {
  const [, name] = /^routers\/(?:[^/]+\/)?(.+)$/s.exec(path) ?? [];
  if (name === undefined || (FILES.has(name) && path.split("/").length === 3)) return undefined;
  return name;
}

/** True where a tag stands at exactly one whole object of ours. */
export const isOwned: TagRule = (around, own) =>
  LEVELS.some(([outer, inner]) => fits(outer, around) && fits(inner, own));

function fits(pattern: readonly string[], words: readonly string[]): boolean {
  return pattern.length === words.length && pattern.every((part, index) => part === "*" || part === words[index]);
}
