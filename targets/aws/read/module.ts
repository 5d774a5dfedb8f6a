/** Root modules as Terraform puts them together: all `*.tf.json` of a folder, merged. */
import type { ArtefactPlace } from "../../../compiler/validate/readback.js";
import { Block } from "./block.js";
import { isArray, isObject, type JsonObject, type JsonValue } from "./json.js";
import { type Place, placeOf } from "./place.js";
import type { Refusals } from "./refusals.js";
import { dataSchemas, resourceSchemas } from "./schema.js";

/** A variable of a module. Its value is not in the files. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly at: ArtefactPlace;
}

/** An output of a module. */
export interface Output {
  readonly name: string;
  readonly value: JsonValue;
  readonly at: Place;
}

/** One root module. */
export interface Module {
  /** `aws/111122223333`. */
  readonly folder: string;
  /** Regions by provider alias, the default provider under the empty name. */
  readonly providers: Map<string, string>;
  readonly variables: Map<string, Variable>;
  readonly outputs: Map<string, Output>;
  /** Blocks by address: `aws_vpc.shop`, `data.…`. */
  readonly blocks: Map<string, Block>;
  /** The same by type, `data.` ahead of data sources, in the order of their names. */
  readonly byType: Map<string, Block[]>;
  readonly at: ArtefactPlace;
}

/** A Terraform identifier. */
export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** A module without anything in it. */
export function emptyModule(folder: string, file: string): Module {
  return {
    folder,
    providers: new Map(),
    variables: new Map(),
    outputs: new Map(),
    blocks: new Map(),
    byType: new Map(),
    at: { file, at: "" },
  };
}

/** The blocks of a type, `data.…` for a data source. */
export function blocksOf(modules: readonly Module[], type: string): readonly Block[] {
  return modules.flatMap(({ byType }) => byType.get(type) ?? []);
}

/** Merges one document into its module. */
export function addDocument(module: Module, file: string, document: JsonValue, refusals: Refusals): void {
  const root = placeOf(file);
  if (!isObject(document)) {
    refusals.add(root.place, "document", "a Terraform file is an object");
    return;
  }
  const files = new FileReader(module, refusals);
  for (const [key, value] of document) files.topLevel(key, value, root.at(key));
}

class FileReader {
  private readonly module: Module;
  private readonly refusals: Refusals;

  constructor(module: Module, refusals: Refusals) {
    this.module = module;
    this.refusals = refusals;
  }

  topLevel(key: string, value: JsonValue, at: Place): void {
    if (key === "//") return;
    if (key === "terraform") this.terraform(value, at);
    else if (key === "provider") this.provider(value, at);
    else if (key === "variable") this.each(value, at, (name, body, where) => this.variable(name, body, where));
    else if (key === "output") this.each(value, at, (name, body, where) => this.output(name, body, where));
    else if (key === "resource" || key === "data") {
      this.each(value, at, (type, named, where) => {
        this.each(named, where, (name, body, there) => this.block(key, type, name, body, there));
      });
    } else this.refusals.add(at.place, key, "this part of a Terraform module is not modelled");
  }

  private object(value: JsonValue, at: Place): JsonObject {
    if (isObject(value)) return value;
    this.refusals.add(at.place, at.name, "an object is expected here");
    return new Map();
  }

  private each(value: JsonValue, at: Place, what: (key: string, value: JsonValue, at: Place) => void): void {
    for (const [key, part] of this.object(value, at)) {
      if (IDENTIFIER.test(key)) what(key, part, at.at(key));
      else this.refusals.add(at.at(key).place, key, "this is no Terraform identifier");
    }
  }

  /** Refuses every member that is not named; texts of the named ones are for whoever asks. */
  private only(body: JsonObject, at: Place, known: readonly string[]): void {
    for (const key of body.keys()) {
      if (!known.includes(key)) this.refusals.add(at.at(key).place, key, "this setting is not modelled");
    }
  }

  private terraform(value: JsonValue, at: Place): void {
    const body = this.object(value, at);
    this.only(body, at, ["required_version", "required_providers", "backend"]);
    const providers = body.get("required_providers");
    if (providers === undefined) return;
    this.each(providers, at.at("required_providers"), (name, entry, where) => {
      if (name !== "aws") {
        this.refusals.add(where.place, name, "only the provider `aws` is modelled");
        return;
      }
      const wanted = this.object(entry, where);
      this.only(wanted, where, ["source", "version"]);
      const source = wanted.get("source");
      if (source !== undefined && source !== "hashicorp/aws") {
        this.refusals.add(where.at("source").place, "source", "only the provider `hashicorp/aws` is modelled");
      }
    });
  }

  private provider(value: JsonValue, at: Place): void {
    this.each(value, at, (name, entry, where) => {
      if (name !== "aws") {
        this.refusals.add(where.place, name, "only the provider `aws` is modelled");
        return;
      }
      const list = isArray(entry) ? entry : [entry];
      for (const [index, one] of list.entries()) this.configuration(one, isArray(entry) ? where.at(index) : where);
    });
  }

  private configuration(value: JsonValue, at: Place): void {
    const body = this.object(value, at);
    this.only(body, at, ["alias", "region", "allowed_account_ids", "default_tags"]);
    const [alias, region] = [body.get("alias") ?? "", body.get("region")];
    if (typeof alias !== "string" || (alias !== "" && !IDENTIFIER.test(alias))) {
      this.refusals.add(at.at("alias").place, "alias", "an alias is an identifier");
      return;
    }
    if (typeof region !== "string" || !/^[a-z]{2}(?:-[a-z]+)+-[0-9]+$/.test(region)) {
      this.refusals.add(at.at("region").place, "region", "the region of a provider is not in the files");
      return;
    }
    if (this.module.providers.has(alias)) this.refusals.add(at.place, alias, "this provider stands twice");
    this.module.providers.set(alias, region);
    this.accounts(body.get("allowed_account_ids"), at.at("allowed_account_ids"));
  }

  /** The account that the provider insists on is that of the folder, where the folder is one. */
  private accounts(value: JsonValue | undefined, at: Place): void {
    if (value === undefined) return;
    const folder = this.module.folder.slice(this.module.folder.indexOf("/") + 1);
    const own = isArray(value) && value.length === 1 && (value[0] === folder || !/^[0-9]{12}$/.test(folder));
    if (!own) this.refusals.add(at.place, "allowed_account_ids", `the folder is that of account ${folder}`);
  }

  private variable(name: string, value: JsonValue, at: Place): void {
    const body = this.object(value, at);
    this.only(body, at, ["type", "description", "nullable", "sensitive", "validation", "default"]);
    const type = body.get("type");
    if (type !== "string")
      this.refusals.add(at.at("type").place, "type", "only variables of type `string` are modelled");
    if (this.module.variables.has(name)) this.refusals.add(at.place, name, "this variable stands twice");
    const description = body.get("description");
    const text = typeof description === "string" ? description : "";
    this.module.variables.set(name, { name, description: text, at: at.place });
  }

  private output(name: string, value: JsonValue, at: Place): void {
    const body = this.object(value, at);
    this.only(body, at, ["value", "description", "sensitive"]);
    if (this.module.outputs.has(name)) this.refusals.add(at.place, name, "this output stands twice");
    this.module.outputs.set(name, { name, value: body.get("value") ?? null, at: at.at("value") });
  }

  private block(mode: "resource" | "data", type: string, name: string, value: JsonValue, at: Place): void {
    const full = mode === "data" ? `data.${type}` : type;
    const schema = (mode === "data" ? dataSchemas : resourceSchemas).get(type);
    if (schema === undefined) {
      this.refusals.add(at.place, full, "this type is not modelled");
      return;
    }
    const address = `${full}.${name}`;
    if (this.module.blocks.has(address)) this.refusals.add(at.place, address, "this block stands twice");
    const block = new Block(this.module, full, name, this.object(value, at), at, this.refusals);
    this.module.blocks.set(address, block);
    const known = this.module.byType.get(full);
    if (known === undefined) this.module.byType.set(full, [block]);
    else known.push(block);
  }
}
