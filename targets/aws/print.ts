/**
 * Tree to text: Terraform JSON, several files a module by concern, keys in code-point order, two spaces.
 *
 * Mechanical: nothing is decided here. Texts are made block by block and joined once a file, since some files are large.
 */
import type { Artefact, ProvenanceEntry } from "../../compiler/contract.js";
import { quoted, valueText } from "../shared/terraform/json.js";
import { outputsOf, pointer, variableProvenance } from "../shared/terraform/print-parts.js";
import type { Value } from "../shared/terraform/values.js";
import { type Block, type Concern, concerns, type Module } from "./model.js";
import { printRules } from "./print-rules.js";

/** The files of a module and where each of their blocks comes from. */
export function printModule(module: Module): {
  readonly artefacts: readonly Artefact[];
  readonly provenance: readonly ProvenanceEntry[];
} {
  const artefacts: Artefact[] = [];
  const provenance: ProvenanceEntry[] = [];
  for (const concern of concerns) {
    const path = pathOf(module, concern);
    const printed = contentOf(module, concern, path);
    if (printed === undefined) continue;
    const header = `  "//": ${quoted(`Written by demarc from the estate ${module.estate}. Do not edit.`)},\n`;
    artefacts.push({ path, text: `{\n${header}${printed.members}\n}\n` });
    for (const entry of printed.provenance) provenance.push(entry);
  }
  return { artefacts, provenance };
}

function pathOf(module: Module, concern: Concern): string {
  return `aws/${module.folder}/${concern}.tf.json`;
}

/** The members of a file's object behind its header. */
interface Content {
  readonly members: string;
  readonly provenance: readonly ProvenanceEntry[];
}

function contentOf(module: Module, concern: Concern, file: string): Content | undefined {
  switch (concern) {
    case "versions": {
      const aws = { source: "hashicorp/aws", version: module.providerVersion };
      return plain("terraform", { required_version: ">= 1.5", required_providers: { aws } });
    }
    case "providers":
      return plain("provider", { aws: module.regions.map((region) => providerOf(module, region)) });
    case "variables":
      return module.variables.length === 0
        ? undefined
        : { ...plain("variable", variablesOf(module)), provenance: variableProvenance(module.variables, file) };
    case "outputs":
      return module.outputs.length === 0 ? undefined : plain("output", outputsOf(module.outputs));
    default:
      return blocksOf(module, concern, file);
  }
}

function plain(key: string, value: Value): Content {
  return { members: `  "${key}": ${valueText(value, "  ")}`, provenance: [] };
}

function providerOf(module: Module, region: string): Value {
  return {
    alias: region,
    region,
    ...(module.account === undefined ? {} : { allowed_account_ids: [module.account] }),
    default_tags: [{ tags: module.defaultTags }],
  };
}

function variablesOf(module: Module): Value {
  const out: Record<string, Value> = {};
  for (const { name, description, sensitive, validation } of module.variables) {
    out[name] = {
      type: "string",
      description,
      nullable: false,
      ...(sensitive ? { sensitive: true } : {}),
      ...(validation === undefined
        ? {}
        : { validation: [{ condition: validation.condition, error_message: validation.message }] }),
    };
  }
  return out;
}

/** The blocks of a concern by mode and type, with the rules of security groups among them. */
function blocksOf(module: Module, concern: Concern, file: string): Content | undefined {
  const modes = { data: new Map<string, readonly string[]>(), resource: new Map<string, readonly string[]>() };
  const provenance: ProvenanceEntry[] = [];
  for (const [mode, type, blocks] of blocksByType(module, concern)) {
    modes[mode].set(
      type,
      blocks.map((block) => `      ${quoted(block.key)}: ${blockText(block)}`),
    );
    for (const { key, origins } of blocks) {
      const at = pointer([mode, type, key]);
      for (const { id, span } of origins) provenance.push({ file, at, id, source: span });
    }
  }
  if (concern === "security-groups") {
    for (const rules of printRules(module, file)) {
      modes.resource.set(rules.type, rules.members);
      for (const entry of rules.provenance) provenance.push(entry);
    }
  }
  const members = (["data", "resource"] as const)
    .filter((mode) => modes[mode].size > 0)
    .map((mode) => `  "${mode}": {\n${[...modes[mode]].sort(byType).map(typeText).join(",\n")}\n  }`);
  return members.length === 0 ? undefined : { members: members.join(",\n"), provenance };
}

function byType([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function typeText([type, members]: readonly [string, readonly string[]]): string {
  return `    "${type}": {\n${members.join(",\n")}\n    }`;
}

/** The blocks of a concern that have a type in common, in order of addresses. */
function blocksByType(
  module: Module,
  concern: Concern,
): readonly (readonly [Block["mode"], string, readonly Block[]])[] {
  const found = new Map<string, [Block["mode"], string, Block[]]>();
  for (const block of module.blocks) {
    if (block.concern !== concern) continue;
    const known = found.get(`${block.mode} ${block.type}`);
    if (known === undefined) found.set(`${block.mode} ${block.type}`, [block.mode, block.type, [block]]);
    else known[2].push(block);
  }
  return [...found.values()];
}

function blockText(block: Block): string {
  const { body, region, dependsOn } = block;
  const more = dependsOn.length === 0 ? {} : { depends_on: dependsOn };
  return valueText({ ...body, provider: `aws.${region}`, ...more }, "      ");
}
