/** The settings of a package, from `demarc.json`. Nothing in it changes what the program means. */
import type { Severity } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import type { GapName } from "./gaps.js";

/** Options of one target. */
export interface TargetSettings {
  /** Prefix of emitted names where the platform lets names be chosen. */
  readonly prefix?: string;
  /** Extra tags or labels on emitted resources. */
  readonly tags: ReadonlyMap<string, string>;
  /** Version range of the Terraform provider, in Terraform's own syntax. */
  readonly providerVersion?: string;
}

/** A raised quota: `target`, `account` (absent: every account), `limit` key, new value. */
export interface RaisedLimit {
  readonly target: string;
  readonly account?: string;
  readonly limit: string;
  readonly value: number;
}

/** A setting with the place it is written at. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** An exception from a guard rail. */
export interface Waiver {
  readonly rule: Placed<string>;
  /** Id of the object, `*` standing for any characters; absent: every one. */
  readonly subject?: string;
  readonly owner: Placed<string>;
  readonly reason: Placed<string>;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until: Placed<string>;
  readonly span: Span;
}

/** Guard rails as configured, in the order written. */
export interface GuardrailSettings {
  /** Built folders or bundles of Rego, relative to the package. */
  readonly sources: readonly Placed<string>[];
  readonly severity: readonly { readonly rule: Placed<string>; readonly severity: Severity }[];
  readonly parameters: readonly {
    readonly rule: Placed<string>;
    readonly parameter: Placed<string>;
    readonly value: Placed<unknown>;
  }[];
  readonly waivers: readonly Waiver[];
}

/** What `demarc.json` says, defaults filled in. */
export interface Settings {
  /** Output directory, relative to the package and inside it. */
  readonly out?: string;
  /** Named gaps that are accepted: `gap` for `target`, or for every target. */
  readonly accept: readonly { readonly gap: string; readonly target?: string }[];
  readonly limits: readonly RaisedLimit[];
  readonly targets: ReadonlyMap<string, TargetSettings>;
  readonly guardrails?: GuardrailSettings;
}

/** The settings of a package without a `demarc.json`. */
export const defaultSettings: Settings = { accept: [], limits: [], targets: new Map() };

/** True where a gap is accepted for a target (or for every target). */
export function accepts(settings: Settings, gap: GapName, target?: string): boolean {
  return settings.accept.some((one) => one.gap === gap && (one.target === undefined || one.target === target));
}
