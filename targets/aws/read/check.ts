/** What holds for every block: known attributes, a provider that exists, references that lead somewhere. */
import type { Block, Placed } from "./block.js";
import { isArray, isObject, type JsonValue } from "./json.js";
import type { Module } from "./module.js";
import { referenceIn } from "./reference.js";
import type { Refusals } from "./refusals.js";
import { dataSchemas, resourceSchemas } from "./schema.js";

/** Arguments that Terraform itself reads. */
const META = new Set(["provider", "depends_on", "lifecycle"]);

/** Changes that Terraform may leave alone: none of these means anything for routes and filters. */
const IGNORABLE = new Set(["tags", "tags_all", "description"]);

/** Checks a module once all its files are merged. */
export function checkModule(module: Module, refusals: Refusals): void {
  for (const block of module.blocks.values()) checkBlock(block, refusals);
  for (const { value, at } of module.outputs.values()) checkReferences(module, { value, at }, refusals);
}

function checkBlock(block: Block, refusals: Refusals): void {
  const data = block.type.startsWith("data.");
  const schema = data ? dataSchemas.get(block.type.slice("data.".length)) : resourceSchemas.get(block.type);
  for (const [attribute, value] of block.body) {
    if (META.has(attribute) || schema?.read.has(attribute)) continue;
    if (!schema?.harmless.has(attribute)) block.refuse(attribute, "this attribute is not modelled");
    else checkReferences(block.module, { value, at: block.at.at(attribute) }, refusals);
  }
  if (block.region === undefined) block.refuse("provider", "no provider of the module has this name");
  for (const { value, at } of block.items("depends_on") ?? []) {
    const known = typeof value === "string" && block.module.blocks.has(value);
    if (!known) refusals.add(at.place, "depends_on", "the module has no such block");
  }
  checkLifecycle(block, refusals);
}

function checkLifecycle(block: Block, refusals: Refusals): void {
  for (const { value, at } of block.nested("lifecycle") ?? []) {
    for (const [key, setting] of value) {
      if (key === "create_before_destroy" || key === "prevent_destroy") continue;
      if (key !== "ignore_changes" || !isArray(setting)) {
        refusals.add(at.at(key).place, key, "this part of `lifecycle` is not modelled");
        continue;
      }
      // The subnets of the default network ACL are those that no other one has: nobody manages them.
      const free = block.type === "aws_default_network_acl" ? "subnet_ids" : undefined;
      const wrong = setting.filter((name) => name !== free && !(typeof name === "string" && IGNORABLE.has(name)));
      if (wrong.length > 0) {
        refusals.add(at.at(key).place, "ignore_changes", "what Terraform then leaves alone is not in the files");
      }
    }
  }
}

/** Templates of a value that means nothing here: each is one reference that leads somewhere. */
function checkReferences(module: Module, { value, at }: Placed<JsonValue>, refusals: Refusals): void {
  if (typeof value === "string") {
    const found = referenceIn(module, value);
    if (found.kind === "unknown") refusals.add(at.place, value, found.why);
  } else if (isArray(value)) {
    for (const [index, item] of value.entries()) checkReferences(module, { value: item, at: at.at(index) }, refusals);
  } else if (isObject(value)) {
    for (const [key, item] of value) checkReferences(module, { value: item, at: at.at(key) }, refusals);
  }
}
