/**
 * The Azure target's own tree: root modules of typed Terraform blocks, with variables and outputs.
 *
 * The shapes of the bodies are in `resources.ts`.
 */
import type { Span } from "../../grammar/source.js";
import type { Expression, Value } from "../shared/terraform/values.js";
import type { ResourceBodies } from "./resources.js";

/** The name of an emitted resource type. */
export type ResourceType = keyof ResourceBodies;

/** The files of a module, by concern. */
export const concerns = [
  "versions",
  "providers",
  "variables",
  "virtual-wan",
  "network",
  "security-groups",
  "express-route",
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

/** One resource block. */
export type Block = {
  readonly [T in ResourceType]: {
    readonly type: T;
    readonly key: string;
    readonly body: ResourceBodies[T];
    readonly concern: Concern;
    readonly dependsOn: readonly string[];
    readonly origins: readonly Origin[];
    /** The object inside which the name must be one of its kind: a resource group, a network, a group, a gateway. */
    readonly scope: string;
  };
}[ResourceType];

/** A block of one type. */
export type BlockOf<T extends ResourceType> = Extract<Block, { readonly type: T }>;

/** A variable: the module asks for it, unless `optional`, where it is empty by default. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly sensitive: boolean;
  readonly optional: boolean;
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
  /** Subscription, or the name of the cloud where it has none: the folder below `azure/`. */
  readonly folder: string;
  readonly subscription?: string;
  readonly providerVersion: string;
  readonly estate: string;
  /** By address. */
  readonly blocks: readonly Block[];
  readonly variables: readonly Variable[];
  readonly outputs: readonly Output[];
}

/** An attribute of a block: `ref("azurerm_subnet", "shop--web", "id")`. */
export function ref(type: ResourceType, key: string, attribute: string): Expression {
  return { expression: `${type}.${key}.${attribute}` };
}

/** The blocks of a type. */
export function blocksOf<T extends ResourceType>(module: Module, type: T): readonly BlockOf<T>[] {
  return module.blocks.filter((block): block is BlockOf<T> => block.type === type);
}
