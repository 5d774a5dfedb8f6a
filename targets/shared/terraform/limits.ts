/**
 * Limits of a cloud as data, and the comparison with what a tree uses.
 *
 * A limit that the vendor raised is written under `limits` in `demarc.json`, for every account or for one. A setting that
 * the vendor would not grant is reported and counts for nothing: the default holds.
 */
import type { RaisedLimit, Settings } from "../../../compiler/config/settings.js";
import type { Headroom } from "../../../compiler/contract.js";
import { nearest } from "../../../compiler/suggest.js";
import type { DiagnosticKind, Diagnostics } from "../../../grammar/diagnostic.js";
import type { Span } from "../../../grammar/source.js";

/** One limit. */
export interface Limit {
  /** What is counted, in the plural. */
  readonly what: string;
  readonly allowed: number;
  /** The most it can be raised to; absent where the vendor names none. */
  readonly most?: number;
  /** False where the vendor does not raise it. */
  readonly adjustable: boolean;
  /** Title of the vendor page, and the year of its text. */
  readonly source: string;
}

/** How much one subject uses of one limit. */
export interface Usage<Key extends string> {
  readonly limit: Key;
  readonly subject: string;
  readonly used: number;
  /** Folder of the module: the account or subscription, or the cloud where it has none. */
  readonly account: string;
  /** Where an excess is shown; found only then where it takes a search. */
  readonly span: Span | undefined | (() => Span | undefined);
}

/** The limits of one target, and how it reports on them. */
export interface LimitTable<Key extends string> {
  readonly target: string;
  /** The vendor's name in messages. */
  readonly vendor: string;
  /** What the vendor calls one: `limit`, `quota`. */
  readonly word: string;
  /** By the key that `demarc.json` uses. */
  readonly limits: Readonly<Record<Key, Limit>>;
  readonly exceeded: DiagnosticKind<{ subject: string; used: number; allowed: number; what: string; limit: string }>;
  readonly setting: DiagnosticKind<{ limit: string; why: string }>;
}

/** Compares usages with the limits: headroom for all, an error for each that is exceeded. */
export function judgeUsages<Key extends string>(
  table: LimitTable<Key>,
  usages: readonly Usage<Key>[],
  settings: Settings,
  diagnostics: Diagnostics,
): readonly Headroom[] {
  const { target, vendor, word, limits, exceeded } = table;
  const raised = raisedLimits(table, settings, diagnostics);
  return usages.map(({ limit, subject, used, account, span }) => {
    const { what, source, adjustable, allowed: byDefault } = limits[limit];
    const allowed = raisedTo(limit, account, raised) ?? byDefault;
    if (used > allowed) {
      const at = typeof span === "function" ? span() : span;
      const help = adjustable ? {} : { help: `${vendor} does not raise this ${word}: use fewer` };
      diagnostics.report(exceeded, { subject, used, allowed, what, limit }, at, help);
    }
    return { target, limit, subject, used, allowed, source };
  });
}

/** The setting that counts: one for the account before one for all. */
function raisedTo(limit: string, account: string, raised: readonly RaisedLimit[]): number | undefined {
  const own = raised.filter((one) => one.limit === limit);
  const best = own.find((one) => one.account === account) ?? own.find((one) => one.account === undefined);
  return best?.value;
}

/** The raised limits that can be; the others are reported. */
function raisedLimits<Key extends string>(
  table: LimitTable<Key>,
  settings: Settings,
  diagnostics: Diagnostics,
): readonly RaisedLimit[] {
  return settings.limits.filter((one) => {
    if (one.target !== table.target) return false;
    const why = refusal(table, one);
    if (why !== undefined) diagnostics.report(table.setting, { limit: one.limit, why }, undefined);
    return why === undefined;
  });
}

function refusal<Key extends string>({ vendor, limits }: LimitTable<Key>, raised: RaisedLimit): string | undefined {
  const known: Limit | undefined = Object.hasOwn(limits, raised.limit) ? limits[raised.limit as Key] : undefined;
  if (known === undefined) {
    const near = nearest(raised.limit, Object.keys(limits));
    return near === undefined ? `is no limit of ${vendor}` : `is no limit of ${vendor}; did you mean \`${near}\`?`;
  }
  if (!known.adjustable) return `is ${known.allowed} at ${vendor} and is not raised`;
  if (known.most !== undefined && raised.value > known.most) return `is raised by ${vendor} to ${known.most} at most`;
  return undefined;
}
