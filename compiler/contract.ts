/**
 * What a target is to the driver. The compiler never imports a target: the driver is handed a registry of these.
 */
import type { Diagnostics } from "../grammar/diagnostic.js";
import type { Span } from "../grammar/source.js";
import type { Settings } from "./config/settings.js";
import type { Design } from "./design/design.js";
import type { ReadResult } from "./validate/readback.js";

/** One emitted file, path relative to the output directory with `/`, text with `\n` line ends. */
export interface Artefact {
  readonly path: string;
  readonly text: string;
}

/** Where an emitted rule or block comes from. `at` is a JSON pointer in JSON files, else a range of lines from 1. */
export interface ProvenanceEntry {
  readonly file: string;
  readonly at: string | { readonly firstLine: number; readonly lastLine: number };
  /** Rule identity, or the path of an object. */
  readonly id: string;
  readonly source: Span;
}

/** How much of a vendor limit is used. `limit` is from data with its source, or raised in `demarc.json`. */
export interface Headroom {
  readonly target: string;
  /** Key of the limit (`rules-per-security-group`). */
  readonly limit: string;
  readonly subject: string;
  readonly used: number;
  readonly allowed: number;
  readonly source: string;
}

/** A rule, route or reply that is more than the source says, listed and not an error. */
export interface Remark {
  readonly kind: "coarse-point" | "surplus-route" | "residual-exposure" | "not-served";
  readonly target: string;
  readonly subject: string;
  readonly text: string;
  readonly sources: readonly Span[];
}

/**
 * What a target returns: files, where each part comes from, limits and remarks. Files and provenance may be made when they
 * are first read: a check never asks for them.
 */
export interface TargetOutput {
  readonly artefacts: readonly Artefact[];
  readonly provenance: readonly ProvenanceEntry[];
  readonly headroom: readonly Headroom[];
  readonly remarks: readonly Remark[];
}

/** One platform or system that a design is compiled for. */
export interface Target {
  /** `aws`, `junos`, … as `--target` names it. */
  readonly name: string;
  /** One line for `--help` and the manual. */
  readonly summary: string;
  /** Names of the places of the design that this target emits for. */
  readonly serves: (design: Design) => readonly string[];
  /** Names of the limits that `limits` in `demarc.json` may raise for this target; absent: none. */
  readonly limits?: readonly string[];
  /**
   * Lowers, checks limits and prints. Reports errors to `diagnostics`; what it returns counts only where none was
   * reported. Pure: no input but its arguments.
   */
  readonly compile: (design: Design, settings: Settings, diagnostics: Diagnostics) => TargetOutput;
  /**
   * Reads files of this target back, as its devices would: shares no code with `compile`. Files of other targets are left
   * alone; of its own it refuses what it does not model. Never throws, whatever the files hold. Absent: the target has no
   * reader, and nothing of it counts as validated.
   */
  readonly read?: (artefacts: readonly Artefact[]) => ReadResult;
}
