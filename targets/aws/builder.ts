/** Collects the blocks of the root modules while they are lowered. */
import type { Settings, TargetSettings } from "../../compiler/config/settings.js";
import type { Remark } from "../../compiler/contract.js";
import type { Declared } from "../../compiler/model/estate.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import { NameScope } from "../shared/names.js";
import type { Expression, Value } from "../shared/terraform/values.js";
import { awsDiagnostics } from "./catalogue.js";
import type { Concern, DataBlock, Module, Origin, Output, ResourceBlock, Variable } from "./model.js";
import { variableRef } from "./model.js";
import type { SubnetRules } from "./rules.js";
import type { AwsSlice } from "./slice.js";
import { tagText } from "./text.js";

/** The provider range unless `demarc.json` names another: the emitted arguments are the same in all of it. */
export const defaultProviderVersion = ">= 5.100.0, < 7.0.0";

const noSettings: TargetSettings = { tags: new Map() };

/** What every lowering function is handed. */
export interface Lowering {
  readonly slice: AwsSlice;
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly modules: ModuleSet;
  readonly remarks: Remark[];
}

/** What a block is given beside its type, key and body. */
export interface BlockPlace {
  readonly concern: Concern;
  readonly region: string;
  readonly origins: readonly Origin[];
  readonly dependsOn?: readonly string[];
}

type ResourcePart = ResourceBlock extends infer B
  ? B extends ResourceBlock
    ? Pick<B, "type" | "body">
    : never
  : never;
type DataPart = DataBlock extends infer B ? (B extends DataBlock ? Pick<B, "type" | "body"> : never) : never;

/** One module under construction. */
export class ModuleBuilder {
  private readonly blocks = new Map<string, ResourceBlock | DataBlock>();
  private readonly variables = new Map<string, Variable>();
  private readonly outputs = new Map<string, { description: string; value: Record<string, Value> }>();
  private readonly regions = new Set<string>();
  private readonly scope = new NameScope();
  private readonly subnets: SubnetRules[] = [];

  constructor(
    readonly folder: string,
    readonly account: string | undefined,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** Adds a resource. Two of one type and key, from different parts of the source, are reported as a clash of names. */
  resource(part: ResourcePart, key: string, place: BlockPlace): void {
    this.add({ ...part, ...this.base(key, place), mode: "resource" } as ResourceBlock);
  }

  data(part: DataPart, key: string, place: BlockPlace): void {
    this.add({ ...part, ...this.base(key, place), mode: "data" } as DataBlock);
  }

  has(type: string, key: string): boolean {
    return this.blocks.has(`${type}.${key}`);
  }

  /** Adds the rules of a subnet's security groups. */
  rules(subnet: SubnetRules): void {
    this.subnets.push(subnet);
  }

  /** Declares a variable once and gives the expression of its value. */
  variable(variable: Variable): Expression {
    const before = this.variables.get(variable.name);
    const origins = before === undefined ? variable.origins : [...before.origins, ...variable.origins];
    this.variables.set(variable.name, { ...variable, origins });
    return variableRef(variable.name);
  }

  /** Adds one entry to an output, which maps paths to values. */
  output(name: string, description: string, path: string, value: Value): void {
    const output = this.outputs.get(name) ?? { description, value: {} };
    output.value[path] = value;
    this.outputs.set(name, output);
  }

  build(shared: Pick<Module, "providerVersion" | "estate" | "defaultTags">): Module {
    const outputs: Output[] = [...this.outputs].map(([name, output]) => ({ name, ...output }));
    return {
      folder: this.folder,
      ...(this.account === undefined ? {} : { account: this.account }),
      regions: [...this.regions].sort(compareCodePoints),
      ...shared,
      blocks: [...this.blocks].sort(([a], [b]) => compareCodePoints(a, b)).map(([, block]) => block),
      rules: this.subnets.sort((a, b) => compareCodePoints(a.key, b.key)),
      variables: [...this.variables.values()].sort((a, b) => compareCodePoints(a.name, b.name)),
      outputs: outputs.sort((a, b) => compareCodePoints(a.name, b.name)),
    };
  }

  private base(key: string, place: BlockPlace) {
    return { key, ...place, dependsOn: place.dependsOn ?? [] };
  }

  private add(block: ResourceBlock | DataBlock): void {
    const at = address(block);
    const origin = block.origins[0];
    const holder = this.scope.claim(at, origin?.id ?? "");
    if (holder !== undefined) {
      const names = { name: block.key, first: holder, second: origin?.id ?? "" };
      this.diagnostics.report(awsDiagnostics["aws-name-clash"], names, origin?.span);
    }
    this.blocks.set(at, block);
    this.regions.add(block.region);
  }
}

/** The address of a block inside its module. */
export function address(block: ResourceBlock | DataBlock): string {
  const plain = `${block.type}.${block.key}`;
  return block.mode === "data" ? `data.${plain}` : plain;
}

/** The modules of a compile, by folder. */
export class ModuleSet {
  private readonly builders = new Map<string, ModuleBuilder>();

  constructor(private readonly diagnostics: Diagnostics) {}

  /** The module of a folder; `account` is its account where one is written. */
  module(folder: string, account: string | undefined): ModuleBuilder {
    const known = this.builders.get(folder);
    if (known !== undefined) return known;
    const builder = new ModuleBuilder(folder, account, this.diagnostics);
    this.builders.set(folder, builder);
    return builder;
  }

  all(): readonly ModuleBuilder[] {
    return [...this.builders.values()].sort((a, b) => compareCodePoints(a.folder, b.folder));
  }
}

/** The settings of this target. */
export function awsSettings(settings: Settings): TargetSettings {
  return settings.targets.get("aws") ?? noSettings;
}

/** The name that AWS shows for an object: the prefix of `demarc.json` (`demarc` by default), a hyphen and the path. */
export function displayName(settings: Settings, path: string): string {
  return `${awsSettings(settings).prefix ?? "demarc"}-${path}`;
}

/**
 * The tags of one object beside the module's own: its name, its path for those who look for the source, and what the
 * source says of it, where the object has no attribute for that.
 */
export function objectTags(settings: Settings, path: string, doc?: string): Readonly<Record<string, string>> {
  const said = doc === undefined ? "" : tagText(doc);
  return {
    Name: displayName(settings, path),
    "demarc:path": path,
    ...(said === "" ? {} : { "demarc:description": said }),
  };
}

/** The origin of a declared thing. */
export function originOf(declared: Declared): Origin {
  return { id: declared.path, span: declared.span };
}

/** Origins of one id from several places. */
export function originsOf(id: string, spans: readonly Span[]): readonly Origin[] {
  return spans.map((span) => ({ id, span }));
}
