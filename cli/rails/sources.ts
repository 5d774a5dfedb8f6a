/** What `opa inspect` says of the sources of guard rails, and the entrypoint that is made of it. */

/** One rule in its source. */
export interface RailSource {
  /** Kebab-case, by the last part of its package. */
  readonly name: string;
  /** Its package, from `data` on. */
  readonly path: readonly string[];
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** The rules of a folder and the package that they share. */
export interface Rails {
  readonly prefix: readonly string[];
  readonly rules: readonly RailSource[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the answer of `opa inspect -a --format json`: packages `PREFIX.rules.CATEGORY.NAME` are rules. A text says what
 * is wrong.
 */
export function railsOf(inspected: string): Rails | string {
  const root = parsed(inspected);
  const packages = Object.keys(fieldsOf(root.namespaces)).map((path) => path.split("."));
  const annotated = new Map(listOf(root.annotations).map((one) => [pathOf(one), fieldsOf(fieldsOf(one).annotations)]));
  const rules = packages.filter(isRule).map((path) => ({
    name: (path.at(-1) ?? "").replaceAll("_", "-"),
    path,
    annotations: annotated.get(path.join(".")) ?? {},
  }));
  const prefixes = new Set(rules.map(({ path }) => path.slice(1, -3).join(".")));
  const [prefix = "", other] = [...prefixes];
  if (rules.length === 0) return "no package is named `PREFIX.rules.CATEGORY.NAME`, as rules are";
  if (other !== undefined) return `the packages begin with \`${prefix}\` and with \`${other}\`: one folder has one`;
  const bare = rules.find(({ annotations }) => Object.keys(annotations).length === 0);
  if (bare !== undefined) return `\`${bare.path.slice(1).join(".")}\` has no METADATA of its package`;
  const wrong = rules.find(({ path, annotations }) => fieldsOf(annotations.custom).category !== path.at(-2));
  if (wrong !== undefined) return `the category in the METADATA of \`${wrong.name}\` is not that of its package`;
  return { prefix: prefix.split("."), rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** `data.acme.rules.naming.team_named`; tests are packages with `_test` at the end. */
function isRule(path: readonly string[]): boolean {
  return path.length >= 5 && path.at(-3) === "rules" && path.at(-1)?.endsWith("_test") === false;
}

function pathOf(annotation: unknown): string {
  const parts = listOf(fieldsOf(annotation).path).map((part) => fieldsOf(part).value);
  return fieldsOf(fieldsOf(annotation).annotations).scope === "package" ? parts.join(".") : "";
}

/**
 * The entrypoint: every rule by name with its findings, and the names of all. A rule without `findings` makes the whole
 * result undefined, which is an error, and never an empty list.
 */
export function entrypointText({ prefix, rules }: Rails): string {
  const names = rules.map(({ name }) => JSON.stringify(name)).join(", ");
  const findings = rules.map(({ name, path }) => `\t\t${JSON.stringify(name)}: ${path.join(".")}.findings,\n`);
  return `package ${prefix.join(".")}.main\n\nresults := {\n\t"ran": [${names}],\n\t"findings": {\n${findings.join("")}\t},\n}\n`;
}

/** The entry of a rule in the manifest. */
export function manifestEntry({ annotations }: RailSource): Readonly<Record<string, unknown>> {
  const custom = fieldsOf(annotations.custom);
  const keys = ["category", "severity", "rationale", "message", "help", "controls", "parameters", "daily"];
  const entries = keys.flatMap((key) => (custom[key] === undefined ? [] : [[key, trimmed(custom[key])] as const]));
  const { title, description } = annotations;
  return { title: trimmed(title), description: trimmed(description), ...Object.fromEntries(entries) };
}

function trimmed(value: unknown): unknown {
  return typeof value === "string" ? value.trim() : value;
}

function parsed(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
