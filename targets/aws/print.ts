/**
 * Tree to text: Terraform JSON, several files a module by concern, keys in code-point order, two spaces.
 *
 * Mechanical: nothing is decided here. In text `${` and `%{` are doubled, so that Terraform evaluates expressions only.
 */
import type { Artefact, ProvenanceEntry } from "../../compiler/contract.js";
import { compareCodePoints } from "../../grammar/source.js";
import { type Block, type Concern, concerns, type Module } from "./model.js";
import { isExpression } from "./values.js";

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** The files of a module and where each of their blocks comes from. */
export function printModule(module: Module): {
  readonly artefacts: readonly Artefact[];
  readonly provenance: readonly ProvenanceEntry[];
} {
  const artefacts: Artefact[] = [];
  const provenance: ProvenanceEntry[] = [];
  for (const concern of concerns) {
    const content = contentOf(module, concern);
    if (content === undefined) continue;
    const path = pathOf(module, concern);
    const header = { "//": escapeText(`Written by demarc from the estate ${module.estate}. Do not edit.`) };
    artefacts.push({ path, text: `${JSON.stringify(sorted({ ...header, ...content }), null, 2)}\n` });
    provenance.push(...provenanceOf(module, concern, path));
  }
  return { artefacts, provenance };
}

function pathOf(module: Module, concern: Concern): string {
  return `aws/${module.folder}/${concern}.tf.json`;
}

function contentOf(module: Module, concern: Concern): { readonly [key: string]: Json } | undefined {
  switch (concern) {
    case "versions": {
      const aws = { source: "hashicorp/aws", version: module.providerVersion };
      return { terraform: { required_version: ">= 1.5", required_providers: { aws } } };
    }
    case "providers":
      return { provider: { aws: module.regions.map((region) => providerOf(module, region)) } };
    case "variables":
      return module.variables.length === 0 ? undefined : { variable: variablesOf(module) };
    case "outputs":
      return module.outputs.length === 0 ? undefined : { output: outputsOf(module) };
    default:
      return blocksOf(module, concern);
  }
}

function providerOf(module: Module, region: string): Json {
  const tags = Object.entries(module.defaultTags).map(([key, value]) => [escapeText(key), escapeText(value)] as const);
  return {
    alias: region,
    region,
    ...(module.account === undefined ? {} : { allowed_account_ids: [escapeText(module.account)] }),
    default_tags: [{ tags: Object.fromEntries(tags) }],
  };
}

function variablesOf(module: Module): Json {
  const out: Record<string, Json> = {};
  for (const variable of module.variables) {
    const { validation } = variable;
    out[variable.name] = {
      type: "string",
      description: escapeText(variable.description),
      nullable: false,
      ...(variable.sensitive ? { sensitive: true } : {}),
      ...(validation === undefined
        ? {}
        : { validation: [{ condition: render(validation.condition), error_message: escapeText(validation.message) }] }),
    };
  }
  return out;
}

function outputsOf(module: Module): Json {
  const out: Record<string, Json> = {};
  for (const { name, description, value } of module.outputs) {
    out[name] = { description: escapeText(description), value: render(value) };
  }
  return out;
}

function blocksOf(module: Module, concern: Concern): { readonly [key: string]: Json } | undefined {
  const out: Record<string, Record<string, Record<string, Json>>> = {};
  for (const block of module.blocks) {
    if (block.concern !== concern) continue;
    const mode = out[block.mode] ?? {};
    const type = mode[block.type] ?? {};
    type[block.key] = blockOf(block);
    mode[block.type] = type;
    out[block.mode] = mode;
  }
  return Object.keys(out).length === 0 ? undefined : out;
}

function blockOf(block: Block): Json {
  const body = render(block.body);
  if (typeof body !== "object" || Array.isArray(body)) throw new Error(`${block.type}.${block.key} is no object`);
  return {
    ...body,
    provider: `aws.${block.region}`,
    ...(block.dependsOn.length === 0 ? {} : { depends_on: block.dependsOn }),
  };
}

/** A value of the tree as JSON: expressions in `${…}`, text and keys escaped, absent attributes left out. */
function render(value: unknown): Json {
  if (isExpression(value)) return `\${${value.expression}}`;
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(render);
  if (typeof value !== "object" || value === null) throw new Error(`no value of a tree: ${String(value)}`);
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  // Keys may be a user's, such as those of tags: entries keep every one of them, which assignment does not.
  return Object.fromEntries(parts.map(([key, part]) => [escapeText(key), render(part)]));
}

/** Text that Terraform takes as it is. */
export function escapeText(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opener) => `${opener[0]}${opener}`);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object") return value;
  const keys = Object.keys(value).sort(compareCodePoints);
  return Object.fromEntries(keys.map((key) => [key, sorted((value as { readonly [key: string]: Json })[key] ?? "")]));
}

/** One entry for each source of each block or variable of a file, by JSON pointer (RFC 6901). */
function provenanceOf(module: Module, concern: Concern, file: string): readonly ProvenanceEntry[] {
  if (concern === "variables") {
    return module.variables.flatMap(({ name, origins }) =>
      origins.map(({ id, span }) => ({ file, at: pointer(["variable", name]), id, source: span })),
    );
  }
  return module.blocks
    .filter((block) => block.concern === concern)
    .flatMap((block) =>
      block.origins.map(({ id, span }) => ({
        file,
        at: pointer([block.mode, block.type, block.key]),
        id,
        source: span,
      })),
    );
}

function pointer(parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
