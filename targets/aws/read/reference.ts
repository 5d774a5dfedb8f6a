/** References between blocks, through variables into other modules where their descriptions say what they hold. */
import type { ArtefactPlace, ReadAssumption } from "../../../compiler/validate/readback.js";
import { type Block, hasTemplate, type Placed } from "./block.js";
import { isObject, type JsonValue } from "./json.js";
import { IDENTIFIER, type Module } from "./module.js";
import type { Refusals } from "./refusals.js";

/** What a text is to Terraform. */
export type Reference =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "block"; readonly block: Block; readonly attribute: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "unknown"; readonly why: string };

/** An attribute of a type: `data.…` for data sources. */
export type Wanted = readonly [type: string, attribute: string];

/** The object that a reference leads to. */
export interface Target {
  /** The same for every reference to one object: the id of its block, an id of the provider, a variable. */
  readonly key: string;
  /** Absent where the files do not hold the object. */
  readonly block?: Block;
  readonly at: ArtefactPlace;
}

/** How a description says which output of which module a variable holds. */
const HOLDS = /^Id of the (?:transit gateway|attachment of) (\S+): output ([a-z_]+) of module (aws\/\S+)$/;

/** Objects that belong to no region. */
const GLOBAL = new Set(["aws_dx_gateway"]);

/** Reads a text: written out, or exactly one reference. */
export function referenceIn(module: Module, text: string): Reference {
  if (!hasTemplate(text)) return { kind: "literal", text };
  // `$${` and `%%{` are `${` and `%{` written out.
  const unescaped = text.replaceAll("$${", "").replaceAll("%%{", "");
  if (!hasTemplate(unescaped)) return { kind: "literal", text: text.replaceAll(/([$%])\1\{/g, "$1{") };
  const inner = /^\$\{([^${}]*)\}$/.exec(text)?.[1];
  const parts = inner?.split(".") ?? [];
  if (inner === undefined || !parts.every((part) => IDENTIFIER.test(part))) {
    return { kind: "unknown", why: "only references to one attribute or variable are modelled" };
  }
  const [first = "", second = ""] = parts;
  if (first === "var" && parts.length === 2) {
    return module.variables.has(second)
      ? { kind: "variable", name: second }
      : { kind: "unknown", why: "the module has no such variable" };
  }
  const attribute = parts[parts.length - 1] ?? "";
  const block = module.blocks.get(parts.slice(0, -1).join("."));
  if (parts.length !== (first === "data" ? 4 : 3) || block === undefined) {
    return { kind: "unknown", why: "the module has no such block" };
  }
  return { kind: "block", block, attribute };
}

/** True where two blocks stand in different regions although both belong to one. */
function otherRegion(a: Block, b: Block): boolean {
  if (GLOBAL.has(a.type) || GLOBAL.has(b.type)) return false;
  return a.region !== undefined && b.region !== undefined && a.region !== b.region;
}

/** Follows references through all modules of one reading. */
export class Resolver {
  private readonly modules: ReadonlyMap<string, Module>;
  private readonly refusals: Refusals;
  private readonly held = new Map<string, ReadAssumption>();

  constructor(modules: readonly Module[], refusals: Refusals) {
    this.modules = new Map(modules.map((module) => [module.folder, module]));
    this.refusals = refusals;
  }

  /** What variables are taken to hold, as far as references went through them. */
  get assumptions(): readonly ReadAssumption[] {
    return [...this.held.values()];
  }

  /** The object that an attribute names; refused where absent, unknown, or of another kind. */
  target(block: Block, attribute: string, wanted: readonly Wanted[], literal?: RegExp): Target | undefined {
    const value = block.raw(attribute);
    if (value === undefined) return block.refuse(undefined, `\`${attribute}\` is missing`);
    const target = this.follow(block.module, { value, at: block.at.at(attribute) }, wanted, literal);
    if (target?.block !== undefined && otherRegion(block, target.block)) {
      return block.refuse(attribute, "what this names stands in another region");
    }
    return target;
  }

  /** The objects of a list attribute. */
  targets(block: Block, attribute: string, wanted: readonly Wanted[], literal?: RegExp): readonly Target[] {
    return (block.items(attribute) ?? []).flatMap((item) => this.follow(block.module, item, wanted, literal) ?? []);
  }

  /** The object that a value of a module names. */
  follow(
    module: Module,
    { value, at }: Placed<JsonValue>,
    wanted: readonly Wanted[],
    literal?: RegExp,
  ): Target | undefined {
    const refuse = (why: string): undefined => {
      this.refusals.add(at.place, typeof value === "string" ? value : at.name, why);
      return undefined;
    };
    if (typeof value !== "string") return refuse("a reference or an id is expected here");
    const reference = referenceIn(module, value);
    switch (reference.kind) {
      case "unknown":
        return refuse(reference.why);
      case "literal":
        if (literal === undefined) return refuse("a reference is expected here");
        return literal.test(value) ? { key: value, at: at.place } : refuse("this is no id of the kind expected here");
      case "variable":
        return (
          this.variable(module, reference.name, wanted, literal, at.place) ?? refuse("nothing says what this holds")
        );
      case "block": {
        const { block, attribute } = reference;
        const fits = wanted.some(([type, name]) => type === block.type && name === attribute);
        if (!fits) return refuse(`\`${wanted.map((one) => one.join(".")).join("` or `")}\` is expected here`);
        return { key: block.id, block, at: at.place };
      }
    }
  }

  /** A variable that holds an output of another module, else an unknown id where ids may stand. */
  private variable(
    module: Module,
    name: string,
    wanted: readonly Wanted[],
    literal: RegExp | undefined,
    at: ArtefactPlace,
  ): Target | undefined {
    const variable = module.variables.get(name);
    const [, path = "", output = "", folder = ""] = HOLDS.exec(variable?.description ?? "") ?? [];
    if (folder === "") return literal === undefined ? undefined : { key: `${module.folder}/var.${name}`, at };
    const other = this.modules.get(folder);
    const held = other?.outputs.get(output);
    const value = isObject(held?.value) ? held.value.get(path) : undefined;
    if (other === undefined || other === module || held === undefined || typeof value !== "string") return undefined;
    if (referenceIn(other, value).kind === "variable") return undefined;
    const text = `variable ${name} of ${module.folder} holds ${path} of output ${output} of ${folder}`;
    const id = `${module.folder}/var.${name}`;
    if (variable !== undefined) this.held.set(id, { id, text, place: variable.at });
    return this.follow(other, { value, at: held.at.at(path) }, wanted, literal);
  }
}
