/**
 * The AWS target's own tree: root modules of typed Terraform blocks, with variables and outputs.
 *
 * The shapes of the bodies are in `resources.ts`, the values they hold in `values.ts`.
 */
import type { Span } from "../../grammar/source.js";
import type { Expression, Value } from "../shared/terraform/values.js";
import type { DataBodies, ResourceBodies, Tags } from "./resources.js";
import type { SubnetRules } from "./rules.js";

/** The name of an emitted resource type. */
export type ResourceType = keyof ResourceBodies;
/** The name of an emitted data source. */
export type DataType = keyof DataBodies;

/** The files of a module, by concern. */
export const concerns = [
  "versions",
  "providers",
  "variables",
  "network",
  "transit-gateway",
  "security-groups",
  "direct-connect",
  "vpn",
  "outputs",
] as const;
/** The name of a file of a module, without its ending. */
export type Concern = (typeof concerns)[number];

/** What a block comes from: a rule's identity or the path of an object, with its place in the source. */
export interface Origin {
  readonly id: string;
  readonly span: Span;
}

interface BlockBase {
  readonly key: string;
  readonly concern: Concern;
  /** Region whose provider alias manages the block. */
  readonly region: string;
  readonly dependsOn: readonly string[];
  readonly origins: readonly Origin[];
}

/** One resource block. */
export type ResourceBlock = {
  readonly [T in ResourceType]: BlockBase & {
    readonly mode: "resource";
    readonly type: T;
    readonly body: ResourceBodies[T];
  };
}[ResourceType];

/** One data block. */
export type DataBlock = {
  readonly [T in DataType]: BlockBase & { readonly mode: "data"; readonly type: T; readonly body: DataBodies[T] };
}[DataType];

/** Any block of a module. */
export type Block = ResourceBlock | DataBlock;

/** A variable without a default: the module asks for it. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly sensitive: boolean;
  /** Checked by Terraform; `condition` names the variable as `var.<name>`. */
  readonly validation?: { readonly condition: Expression; readonly message: string };
  readonly origins: readonly Origin[];
}

/** One output: a map from paths of the source to values. */
export interface Output {
  readonly name: string;
  readonly description: string;
  readonly value: Readonly<Record<string, Value>>;
}

/** One root module. */
export interface Module {
  /** Account, or the name of the cloud where it has none: the folder below `aws/`. */
  readonly folder: string;
  readonly account?: string;
  readonly regions: readonly string[];
  readonly providerVersion: string;
  readonly estate: string;
  /** Tags that the provider puts on everything. */
  readonly defaultTags: Tags;
  /** All blocks but the rules of security groups, by address. */
  readonly blocks: readonly Block[];
  /** By key of the subnet. */
  readonly rules: readonly SubnetRules[];
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
}

/** An attribute of a block: `ref("aws_vpc", "shop", "id")`. */
export function ref(type: ResourceType, key: string, attribute: string): Expression {
  return { expression: `${type}.${key}.${attribute}` };
}

/** An attribute of a data source. */
export function dataRef(type: DataType, key: string, attribute: string): Expression {
  return { expression: `data.${type}.${key}.${attribute}` };
}

/** A variable's value. */
export function variableRef(name: string): Expression {
  return { expression: `var.${name}` };
}
