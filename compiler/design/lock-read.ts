/** Reads `demarc.lock.json`, with the place of every fault, and says what a compile would change in it. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { SourceFile, Span } from "../../grammar/source.js";
import { isFault, type JsonMember, type JsonNode, parseJson } from "../config/json-text.js";
import { designCatalogue as say } from "../diagnostics/design-catalogue.js";
import { emptyLock, type LockFile, type LockValue } from "./lock.js";
import { isMeeting, wantedValue } from "./lock-values.js";

/** Pools in which several keys may hold one value. */
const REPEATING: ReadonlySet<string> = new Set(["zone", "virtual-wan"]);

/** The lock of a package; an empty one where there is no file, undefined where it is faulty (reported). */
export function readLock(source: SourceFile | undefined, diagnostics: Diagnostics): LockFile | undefined {
  if (source === undefined) return emptyLock;
  const node = parseJson(source);
  if (isFault(node)) return refuse(node.fault, node.span, diagnostics);
  if (node.kind !== "object") return refuse("it is no object", node.span, diagnostics);
  const member = (key: string): JsonMember | undefined => node.members.find((one) => one.key === key);
  const version = member("lockVersion")?.value;
  if (version?.kind !== "number") return refuse("`lockVersion` is missing", node.span, diagnostics);
  if (version.value !== 1) {
    return refuse(`its version is ${version.value} and this tool writes 1`, version.span, diagnostics);
  }
  const reader = new Reader(diagnostics);
  const pools = reader.pools(member("pools")?.value);
  const meetings = reader.texts(member("meetings")?.value);
  return reader.faulty ? undefined : { lockVersion: 1, pools, meetings };
}

function refuse(why: string, at: Span, diagnostics: Diagnostics): undefined {
  diagnostics.report(say["lock-malformed"], { why }, at);
  return undefined;
}

class Reader {
  faulty = false;
  private readonly diagnostics: Diagnostics;

  constructor(diagnostics: Diagnostics) {
    this.diagnostics = diagnostics;
  }

  private fault(why: string, at: Span): void {
    this.faulty = true;
    refuse(why, at, this.diagnostics);
  }

  private members(node: JsonNode | undefined, what: string): readonly JsonMember[] {
    if (node === undefined) return [];
    if (node.kind === "object") return node.members;
    this.fault(`${what} is no object`, node.span);
    return [];
  }

  pools(node: JsonNode | undefined): LockFile["pools"] {
    return Object.fromEntries(this.members(node, "`pools`").map((pool) => [pool.key, this.pool(pool)]));
  }

  private pool(pool: JsonMember): Readonly<Record<string, LockValue>> {
    const holders = new Map<LockValue, JsonMember>();
    const keys = new Map<string, JsonMember>();
    const entries: [string, LockValue][] = [];
    for (const entry of this.members(pool.value, `pool \`${pool.key}\``)) {
      const { value } = entry;
      if (value.kind !== "number" && value.kind !== "string") {
        this.fault(`\`${entry.key}\` is neither a number nor a text`, value.span);
        continue;
      }
      const wanted = wantedValue(pool.key, value.value);
      if (wanted !== undefined) {
        const written = JSON.stringify(value.value);
        this.fault(`\`${entry.key}\` of pool \`${pool.key}\` is \`${written}\` and must be ${wanted}`, value.span);
        continue;
      }
      const first = holders.get(value.value) ?? keys.get(entry.key);
      if (first !== undefined && (!REPEATING.has(pool.key) || keys.has(entry.key))) {
        this.duplicate(pool.key, first, entry, String(value.value));
      }
      holders.set(value.value, entry);
      keys.set(entry.key, entry);
      entries.push([entry.key, value.value]);
    }
    return Object.fromEntries(entries);
  }

  private duplicate(pool: string, first: JsonMember, second: JsonMember, value: string): void {
    this.faulty = true;
    this.diagnostics.report(
      say["lock-duplicate"],
      { pool, first: first.key, second: second.key, value },
      second.keySpan,
      { related: [{ message: `\`${first.key}\` holds it here`, span: first.keySpan }] },
    );
  }

  texts(node: JsonNode | undefined): Readonly<Record<string, string>> {
    const entries = this.members(node, "`meetings`").flatMap((entry): readonly [string, string][] => {
      const { key, value } = entry;
      if (value.kind !== "string") this.fault(`\`${key}\` is no text`, value.span);
      else if (!isMeeting(value.value)) {
        const written = JSON.stringify(value.value);
        this.fault(`the meeting of \`${key}\` is \`${written}\` and must be \`kind/id\``, value.span);
      } else return [[key, value.value]];
      return [];
    });
    return Object.fromEntries(entries);
  }
}

/** What differs between two locks, a phrase each, in canonical order: for `--frozen-lock`. */
export function lockChanges(before: LockFile, after: LockFile): readonly string[] {
  const flat = (lock: LockFile): ReadonlyMap<string, LockValue> =>
    new Map([
      ...Object.entries(lock.pools).flatMap(([pool, entries]) =>
        Object.entries(entries).map(([key, value]) => [`${pool} \`${key}\``, value] as const),
      ),
      ...Object.entries(lock.meetings).map(([key, value]) => [`meeting \`${key}\``, value] as const),
    ]);
  const old = flat(before);
  const now = flat(after);
  const changes: string[] = [];
  for (const [key, value] of now) {
    const held = old.get(key);
    if (held === undefined) changes.push(`${key} would be given ${value}`);
    else if (held !== value) changes.push(`${key} would change from ${held} to ${value}`);
  }
  for (const key of old.keys()) if (!now.has(key)) changes.push(`${key} would be removed`);
  return changes.sort();
}
