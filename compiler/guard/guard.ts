/**
 * The guard phase: loads the rails, evaluates them over the input, and turns what they find into diagnostics where the
 * subject is written. A rail that did not or could not run is an error, never a pass.
 */
import type { Diagnostic, Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import type { GuardrailSettings, Settings } from "../config/settings.js";
import { guardCatalogue as say } from "../diagnostics/guard-catalogue.js";
import type { Host } from "../host/host.js";
import type { GuardReport, WaiverOutcome } from "../report.js";
import { BudgetExceeded } from "../sets/engine.js";
import { type BuiltInput, buildGuardInput, type GuardSources } from "./build-input.js";
import { type GuardBundle, loadBundle } from "./bundle.js";
import {
  type ActiveWaiver,
  activeWaivers,
  type GuardRules,
  matches,
  type ParameterTable,
  parametersOf,
  reportStale,
  withSeverities,
} from "./configure.js";
import type { EngineFault } from "./engine.js";
import type { GuardRuleInfo } from "./manifest.js";
import { filled, type GuardFinding, readResult } from "./results.js";
import type { GuardRunner } from "./runner.js";

/** What the phase needs from outside the compiler. */
export interface GuardServices {
  readonly runner: GuardRunner;
  /** The built-in rules: a folder as the host knows it; absent where a build has none. */
  readonly library?: string;
  /** Most milliseconds that one bundle may take, and most bytes of memory. */
  readonly timeout?: number;
  readonly memory?: number;
}

/** What a rule came to. */
export interface RuleOutcome {
  readonly info: GuardRuleInfo;
  readonly bundle: string;
  readonly findings: number;
  readonly waived: number;
}

/** What the phase came to. `lasting` counts only what does not depend on the calendar. */
export interface GuardOutcome {
  readonly rules: readonly RuleOutcome[];
  readonly waivers: readonly WaiverOutcome[];
  readonly lasting: {
    readonly rules: readonly RuleOutcome[];
    readonly waivers: readonly WaiverOutcome[];
    /** Findings that come and go with the calendar. */
    readonly daily: ReadonlySet<Diagnostic>;
  };
}

/** Name of the built-in rules in messages and results. */
export const LIBRARY = "demarc";
/** The code of findings begins with this, before the name of the rule. */
export const GUARD_CODE = "guard/";
const TIMEOUT = 60_000;
const MEMORY = 1024 * 1024 * 1024;
const NO_SETTINGS: GuardrailSettings = { sources: [], severity: [], parameters: [], waivers: [] };

/** What the phase is run on. */
export interface GuardRequest extends GuardSources {
  readonly host: Host;
  /** The package, as the host knows it. */
  readonly directory: string;
  readonly settings: Settings;
  readonly services: GuardServices;
}

/** Runs every guard rail; undefined where one could not run, which has been reported. */
export async function guard(request: GuardRequest, diagnostics: Diagnostics): Promise<GuardOutcome | undefined> {
  const before = diagnostics.errorCount;
  const settings = request.settings.guardrails ?? NO_SETTINGS;
  const bundles = await loadBundles(request, diagnostics);
  const all = rulesOf(bundles, diagnostics);
  if (diagnostics.errorCount > before) return undefined;
  const rules = withSeverities(all, settings, diagnostics);
  const parameters = parametersOf(rules, settings, diagnostics);
  const waivers = activeWaivers(rules, settings, request.today, diagnostics);
  if (bundles.length === 0) return outcomeOf([], rules, new Map(), waivers);
  const built = inputOf(request, diagnostics);
  if (built === undefined) return undefined;
  const evaluated = await evaluateAll(request, bundles, parameters, built, diagnostics);
  if (evaluated === undefined) return undefined;
  const owners = new Map(bundles.flatMap((bundle) => [...bundle.manifest.rules.keys()].map((rule) => [rule, bundle])));
  const judged = judge(evaluated, { rules, owners, waivers, built }, diagnostics);
  reportStale(waivers, diagnostics);
  return outcomeOf(judged, rules, owners, waivers);
}

/** Loads the library and the bundles that `demarc.json` names, in this order. */
export async function loadBundles(
  { host, directory, settings, services }: Pick<GuardRequest, "host" | "directory" | "settings" | "services">,
  diagnostics: Diagnostics,
): Promise<readonly GuardBundle[]> {
  const library = services.library === undefined ? [] : [{ name: LIBRARY, path: services.library, withSources: false }];
  const named = (settings.guardrails?.sources ?? []).map(({ value, span }) => ({
    name: value,
    path: directory === "" ? value.replace(/\/+$/, "") : `${directory}/${value.replace(/\/+$/, "")}`,
    span,
    withSources: !/\.(?:tar\.gz|tgz)$/.test(value),
  }));
  const bundles: GuardBundle[] = [];
  for (const source of [...library, ...named]) {
    const bundle = await loadBundle(host, source, diagnostics);
    if (bundle !== undefined) bundles.push(bundle);
  }
  return bundles;
}

/** All rules by name; a name that two bundles have is reported. */
export function rulesOf(bundles: readonly GuardBundle[], diagnostics: Diagnostics): GuardRules {
  const rules = new Map<string, GuardRuleInfo>();
  const owners = new Map<string, string>();
  for (const { name: bundle, manifest, span } of bundles) {
    for (const [rule, info] of manifest.rules) {
      const other = owners.get(rule);
      if (other !== undefined) diagnostics.report(say["guard-rule-twice"], { rule, bundle, other }, span);
      owners.set(rule, bundle);
      rules.set(rule, info);
    }
  }
  return rules;
}

function inputOf(sources: GuardSources, diagnostics: Diagnostics): BuiltInput | undefined {
  try {
    return buildGuardInput(sources);
  } catch (thrown) {
    if (!(thrown instanceof BudgetExceeded)) throw thrown;
    diagnostics.report(say["guard-facts-missing"], { reason: thrown.message }, undefined);
    return undefined;
  }
}

async function evaluateAll(
  { services }: GuardRequest,
  bundles: readonly GuardBundle[],
  parameters: ParameterTable,
  built: BuiltInput,
  diagnostics: Diagnostics,
): Promise<readonly GuardFinding[] | undefined> {
  const { runner, timeout = TIMEOUT, memory = MEMORY } = services;
  const input = JSON.stringify(built.input);
  const found: GuardFinding[] = [];
  let failed = false;
  for (const bundle of bundles) {
    const own = [...bundle.manifest.rules.keys()].map((rule) => [rule, parameters[rule] ?? {}] as const);
    const data = JSON.stringify({ parameters: Object.fromEntries(own) });
    const { entrypoint } = bundle.manifest;
    const run = await runner.run({ policy: bundle.policy, entrypoint, data, input, memory }, timeout);
    if (run.kind === "failed") {
      reportFault(bundle, run.fault, run.detail, { timeout, memory }, diagnostics);
      failed = true;
      continue;
    }
    const findings = takeResult(bundle, run.value, diagnostics);
    if (findings === undefined) failed = true;
    else found.push(...findings);
  }
  return failed ? undefined : found;
}

const FAULTS = {
  broken: "guard-policy-broken",
  abi: "guard-policy-abi",
  entrypoint: "guard-entrypoint-missing",
  builtins: "guard-builtins-missing",
  aborted: "guard-aborted",
  undefined: "guard-undefined",
} as const;

function reportFault(
  { name: bundle, span }: GuardBundle,
  fault: EngineFault,
  reason: string,
  limits: { readonly timeout: number; readonly memory: number },
  diagnostics: Diagnostics,
): void {
  if (fault === "timeout") {
    diagnostics.report(say["guard-timeout"], { bundle, seconds: limits.timeout / 1000 }, span);
  } else if (fault === "memory") {
    const limit = `${Math.ceil(limits.memory / 1024 / 1024)} MiB`;
    diagnostics.report(say["guard-out-of-memory"], { bundle, reason, limit }, span);
  } else {
    diagnostics.report(say[FAULTS[fault]], { bundle, reason }, span);
  }
}

function takeResult(
  bundle: GuardBundle,
  value: unknown,
  diagnostics: Diagnostics,
): readonly GuardFinding[] | undefined {
  const read = readResult(value, bundle.manifest);
  if (read.kind === "findings") return read.findings;
  const base = { bundle: bundle.name };
  if (read.kind === "not-run") diagnostics.report(say["guard-rule-not-run"], { ...base, rule: read.rule }, bundle.span);
  else diagnostics.report(say["guard-nonsense"], { ...base, reason: read.reason }, bundle.span);
  return undefined;
}

interface Court {
  readonly rules: GuardRules;
  readonly owners: ReadonlyMap<string, GuardBundle>;
  readonly waivers: readonly ActiveWaiver[];
  readonly built: BuiltInput;
}

/** A finding with what became of it. */
interface Judged {
  readonly finding: GuardFinding;
  readonly waived: boolean;
  readonly daily: boolean;
  readonly diagnostic?: Diagnostic;
}

function judge(findings: readonly GuardFinding[], court: Court, diagnostics: Diagnostics): readonly Judged[] {
  return findings.flatMap((finding): readonly Judged[] => {
    const info = court.rules.get(finding.rule);
    const { subjects } = court.built;
    if (info === undefined) return [];
    if (!subjects.has(finding.subject)) {
      diagnostics.report(say["guard-subject-unknown"], { rule: finding.rule, subject: finding.subject }, undefined);
      return [];
    }
    // What counts days says another number tomorrow.
    const daily = info.daily || Object.hasOwn(finding.data, "daysLeft");
    const waivers = court.waivers.filter(({ waiver }) => matches(waiver, finding));
    for (const one of waivers) {
      one.matched++;
      if (!daily) one.lasting++;
    }
    if (waivers.length > 0) return [{ finding, waived: true, daily }];
    const diagnostic = diagnosticOf(finding, info, subjects.spanOf(finding.subject), court, diagnostics);
    if (diagnostic === undefined) return [];
    diagnostics.add(diagnostic);
    return [{ finding, waived: false, daily, diagnostic }];
  });
}

function diagnosticOf(
  finding: GuardFinding,
  info: GuardRuleInfo,
  span: Span | undefined,
  { owners }: Court,
  diagnostics: Diagnostics,
): Diagnostic | undefined {
  const message = filled(info.message, finding);
  const help = info.help === undefined ? undefined : filled(info.help, finding);
  const missing = typeof message === "object" ? message.missing : typeof help === "object" ? help.missing : undefined;
  if (missing !== undefined || typeof message === "object" || typeof help === "object") {
    const bundle = owners.get(finding.rule);
    const reason = `a message of \`${finding.rule}\` needs \`${missing}\`, which \`data\` has not`;
    diagnostics.report(say["guard-nonsense"], { bundle: bundle?.name ?? LIBRARY, reason }, bundle?.span);
    return undefined;
  }
  return {
    code: `${GUARD_CODE}${finding.rule}`,
    name: finding.rule,
    severity: info.severity,
    message,
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span }),
    related: [],
    edits: [],
    data: { subject: finding.subject, ...finding.data },
  };
}

function outcomeOf(
  judged: readonly Judged[],
  rules: GuardRules,
  owners: ReadonlyMap<string, GuardBundle>,
  waivers: readonly ActiveWaiver[],
): GuardOutcome {
  const outcomes = (some: readonly Judged[]): readonly RuleOutcome[] =>
    [...rules.values()].map((info) => {
      const own = some.filter(({ finding }) => finding.rule === info.name);
      const waived = own.filter((one) => one.waived).length;
      return { info, bundle: owners.get(info.name)?.name ?? LIBRARY, findings: own.length - waived, waived };
    });
  const used = (count: (one: ActiveWaiver) => number): readonly WaiverOutcome[] =>
    waivers.map((one) => {
      const { rule, subject, owner, reason, until } = one.waiver;
      return {
        rule: rule.value,
        ...(subject === undefined ? {} : { subject }),
        owner: owner.value,
        reason: reason.value,
        until: until.value,
        findings: count(one),
      };
    });
  const daily = judged.flatMap((one) => (one.daily && one.diagnostic !== undefined ? [one.diagnostic] : []));
  return {
    rules: outcomes(judged),
    waivers: used((one) => one.matched),
    lasting: {
      rules: outcomes(judged.filter((one) => !one.daily)),
      waivers: used((one) => one.lasting),
      daily: new Set(daily),
    },
  };
}

/** The rules and waivers of an outcome in JSON, as results and reports hold them. */
export function guardJson({ rules, waivers }: Pick<GuardOutcome, "rules" | "waivers">): GuardReport {
  return {
    rules: rules.map(({ info: { name, category, severity }, bundle, findings, waived }) => {
      return { name, category, severity, bundle, findings, waived };
    }),
    waivers,
  };
}
