/**
 * Tree to text: Terraform JSON, several files a module by concern, keys in code-point order, two spaces.
 *
 * Mechanical: nothing is decided here.
 */
import type { Artefact, ProvenanceEntry } from "../../compiler/contract.js";
import { quoted, valueText } from "../shared/terraform/json.js";
import { outputsOf, pointer, variableProvenance } from "../shared/terraform/print-parts.js";
import type { Value } from "../shared/terraform/values.js";
import { type Block, type Concern, concerns, type Module } from "./model.js";

/** The files of a module and where each of their blocks comes from. */
export function printModule(module: Module): {
  readonly artefacts: readonly Artefact[];
  readonly provenance: readonly ProvenanceEntry[];
} {
  const artefacts: Artefact[] = [];
  const provenance: ProvenanceEntry[] = [];
  for (const concern of concerns) {
    const path = `azure/${module.folder}/${concern}.tf.json`;
    const content = contentOf(module, concern, path);
    if (content === undefined) continue;
    const header = `  "//": ${quoted(`Written by demarc from the estate ${module.estate}. Do not edit.`)},\n`;
    artefacts.push({ path, text: `{\n${header}${content.member}\n}\n` });
    for (const entry of content.provenance) provenance.push(entry);
  }
  return { artefacts, provenance };
}

/** The one member of a file's object behind its header. */
interface Content {
  readonly member: string;
  readonly provenance: readonly ProvenanceEntry[];
}

function contentOf(module: Module, concern: Concern, file: string): Content | undefined {
  switch (concern) {
    case "versions": {
      const azurerm = { source: "hashicorp/azurerm", version: module.providerVersion };
      return plain("terraform", { required_version: ">= 1.5", required_providers: { azurerm } });
    }
    case "providers":
      return plain("provider", { azurerm: [providerOf(module)] });
    case "variables":
      return module.variables.length === 0
        ? undefined
        : { ...plain("variable", variablesOf(module)), provenance: variableProvenance(module.variables, file) };
    case "outputs":
      return module.outputs.length === 0 ? undefined : plain("output", outputsOf(module.outputs));
    default:
      return blockContent(module, concern, file);
  }
}

function plain(key: string, value: Value): Content {
  return { member: `  "${key}": ${valueText(value, "  ")}`, provenance: [] };
}

/** Registration of resource providers is left to whoever owns the subscription: its default differs between versions. */
function providerOf({ subscription }: Module): Value {
  return {
    features: {},
    resource_provider_registrations: "none",
    subscription_id: subscription ?? { expression: "var.subscription_id" },
  };
}

function variablesOf(module: Module): Value {
  const out: Record<string, Value> = {};
  for (const { name, description, sensitive, optional, validation } of module.variables) {
    out[name] = {
      type: "string",
      description,
      nullable: false,
      ...(optional ? { default: "" } : {}),
      ...(sensitive ? { sensitive: true } : {}),
      ...(validation === undefined
        ? {}
        : { validation: [{ condition: validation.condition, error_message: validation.message }] }),
    };
  }
  return out;
}

/** The blocks of a concern by type; they come by address. */
function blockContent(module: Module, concern: Concern, file: string): Content | undefined {
  const types = new Map<string, string[]>();
  const provenance: ProvenanceEntry[] = [];
  for (const block of module.blocks) {
    if (block.concern !== concern) continue;
    const members = types.get(block.type) ?? [];
    types.set(block.type, members);
    members.push(`      ${quoted(block.key)}: ${blockText(block)}`);
    const at = pointer(["resource", block.type, block.key]);
    for (const { id, span } of block.origins) provenance.push({ file, at, id, source: span });
  }
  if (types.size === 0) return undefined;
  const texts = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, members]) => `    "${type}": {\n${members.join(",\n")}\n    }`);
  return { member: `  "resource": {\n${texts.join(",\n")}\n  }`, provenance };
}

function blockText({ body, dependsOn }: Block): string {
  const more = dependsOn.length === 0 ? {} : { depends_on: dependsOn };
  return valueText({ ...body, ...more }, "      ");
}
