/** The settings of a package, from `demarc.json`. Nothing in it changes what the program means. */
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

/** Guard rails as configured; edition 1 of the tool reads them and does not evaluate them yet. */
export interface GuardrailSettings {
  /** Directories or bundles of Rego, relative to the package. */
  readonly sources: readonly string[];
  readonly severity: ReadonlyMap<string, string>;
  readonly waivers: readonly {
    readonly rule: string;
    readonly subject?: string;
    readonly owner: string;
    readonly reason: string;
    /** `YYYY-MM-DD`. */
    readonly until: string;
  }[];
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
