/** Collects the blocks of the root modules while they are lowered. */
import type { Settings, TargetSettings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Declared } from "../../compiler/model/estate.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints } from "../../grammar/source.js";
import { manglePath, NameScope } from "../shared/names.js";
import type { Expression, Value } from "../shared/terraform/values.js";
import { azureDiagnostics } from "./catalogue.js";
import type { Block, Concern, Module, Origin, Output, ResourceType, Variable } from "./model.js";
import type { ResourceBodies, Tags } from "./resources.js";
import type { AzureSlice } from "./slice.js";
import { descriptionTag } from "./text.js";

/** The provider range unless `demarc.json` names another: the emitted arguments exist in all of it. */
export const defaultProviderVersion = ">= 4.62.0, < 6.0.0";

const noSettings: TargetSettings = { tags: new Map() };

/** What every lowering function is handed. */
export interface Lowering {
  readonly slice: AzureSlice;
  readonly settings: Settings;
  readonly modules: ModuleSet;
  readonly remarks: Remark[];
}

/** What a block is given beside its type, key and body. */
export interface BlockPlace {
  readonly concern: Concern;
  readonly origins: readonly Origin[];
  /** What the name must be unique in; absent: the module. */
  readonly scope?: string;
  readonly dependsOn?: readonly string[];
}

/** One module under construction. */
export class ModuleBuilder {
  private readonly blocks = new Map<string, Block>();
  private readonly variables = new Map<string, Variable>();
  private readonly outputs = new Map<string, { description: string; value: Record<string, Value> }>();
  /** Azure's names ignore case. Source: Microsoft, "Naming rules and restrictions for Azure resources". */
  private readonly names = new NameScope({ ignoreCase: true });

  constructor(
    readonly folder: string,
    readonly subscription: string | undefined,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** Adds a resource. Two of one key, or of one name where names must differ, are reported as a clash. */
  resource<T extends ResourceType>(type: T, key: string, body: ResourceBodies[T], place: BlockPlace): void {
    const scope = place.scope ?? "";
    const block = { type, key, body, ...place, scope, dependsOn: place.dependsOn ?? [] } as Block;
    this.claim(`address ${type}.${key}`, key, block);
    if ("name" in block.body) this.claim(`name ${type} ${scope} ${block.body.name}`, block.body.name, block);
    this.blocks.set(`${type}.${key}`, block);
  }

  private claim(what: string, name: string, { type, key, origins }: Block): void {
    const [origin] = origins;
    const holder = this.names.claim(what, `${type}.${key} ${origin?.id ?? ""}`);
    if (holder === undefined) return;
    const first = holder.slice(holder.indexOf(" ") + 1);
    this.diagnostics.report(
      azureDiagnostics["azure-name-clash"],
      { name, first, second: origin?.id ?? "" },
      origin?.span,
    );
  }

  has(type: ResourceType, key: string): boolean {
    return this.blocks.has(`${type}.${key}`);
  }

  /** Declares a variable once and gives the expression of its value. */
  variable(variable: Variable): Expression {
    const before = this.variables.get(variable.name);
    const origins = before === undefined ? variable.origins : [...before.origins, ...variable.origins];
    this.variables.set(variable.name, { ...variable, origins });
    return { expression: `var.${variable.name}` };
  }

  /** Adds one entry to an output, which maps paths to values. */
  output(name: string, description: string, path: string, value: Value): void {
    const output = this.outputs.get(name) ?? { description, value: {} };
    output.value[path] = value;
    this.outputs.set(name, output);
  }

  build(shared: Pick<Module, "providerVersion" | "estate">): Module {
    const outputs: Output[] = [...this.outputs].map(([name, output]) => ({ name, ...output }));
    return {
      folder: this.folder,
      ...(this.subscription === undefined ? {} : { subscription: this.subscription }),
      ...shared,
      blocks: [...this.blocks].sort(([a], [b]) => compareCodePoints(a, b)).map(([, block]) => block),
      variables: [...this.variables.values()].sort((a, b) => compareCodePoints(a.name, b.name)),
      outputs: outputs.sort((a, b) => compareCodePoints(a.name, b.name)),
    };
  }
}

/** The modules of a compile, by folder. */
export class ModuleSet {
  private readonly builders = new Map<string, ModuleBuilder>();

  constructor(private readonly diagnostics: Diagnostics) {}

  /** The module of a folder; `subscription` is its subscription where one is written. */
  module(folder: string, subscription: string | undefined): ModuleBuilder {
    const known = this.builders.get(folder);
    if (known !== undefined) return known;
    const builder = new ModuleBuilder(folder, subscription, this.diagnostics);
    this.builders.set(folder, builder);
    return builder;
  }

  all(): readonly ModuleBuilder[] {
    return [...this.builders.values()].sort((a, b) => compareCodePoints(a.folder, b.folder));
  }
}

/** The settings of this target. */
export function azureSettings(settings: Settings): TargetSettings {
  return settings.targets.get("azure") ?? noSettings;
}

/** The name of an object in Azure: the prefix of `demarc.json` (`demarc` by default), a hyphen and the path. */
export function objectName(settings: Settings, path: string): string {
  return `${azureSettings(settings).prefix ?? "demarc"}-${manglePath(path)}`;
}

/** The tags of one object: the estate's, those of `demarc.json` over them, its path and what the source says of it. */
export function objectTags({ slice, settings }: Lowering, path: string, doc?: string): Tags {
  const { estate } = slice.design;
  const own = [...(estate.header?.tags ?? [])].map(([key, { value }]) => [key, value] as const);
  const said = doc === undefined ? "" : descriptionTag(doc);
  return Object.fromEntries([
    ...own,
    ...azureSettings(settings).tags,
    ["demarc:estate", estate.name],
    ["demarc:path", path],
    ...(said === "" ? [] : [["demarc:description", said] as const]),
  ]);
}

/** The origin of a declared thing. */
export function originOf(declared: Declared): Origin {
  return { id: declared.path, span: declared.span };
}
