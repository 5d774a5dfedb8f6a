/**
 * The driver: the table of phases of architecture.md, one line per phase. It is handed a host to read through and a
 * registry of targets; it writes nothing. An error anywhere withholds the output, while the findings of every phase that
 * can still run are collected.
 */
import { type Diagnostic, Diagnostics } from "../grammar/diagnostic.js";
import type { SourceFile } from "../grammar/source.js";
import { type Checked, checkPackage } from "./check/check.js";
import { loadSettings } from "./config/load.js";
import { defaultSettings, type Settings } from "./config/settings.js";
import type { Artefact, Target, TargetOutput } from "./contract.js";
import { buildDesign, type DesignResult } from "./design/build.js";
import type { Design } from "./design/design.js";
import { printLock } from "./design/lock.js";

import { configurationDiagnostics } from "./diagnostics/configuration-catalogue.js";
import { writingDiagnostics } from "./diagnostics/writing-catalogue.js";
import { type GuardOutcome, type GuardServices, guard } from "./guard/guard.js";
import type { Host } from "./host/host.js";
import { type LoadedLock, loadLock, reportFrozen } from "./lock-file.js";
import type { Day } from "./model/estate.js";
import { loadPackage, type Package, packageSources } from "./package.js";
import type { Proofs } from "./prove/proof.js";
import { prove } from "./prove/prove.js";
import { type Relations, relate } from "./relations/relations.js";
import { reportUnserved, type UnservedPlace, unservedPlaces } from "./served.js";
import { readBeside } from "./validate/beside.js";
import { lineFinder, provenanceIndex } from "./validate/provenance-index.js";
import { reportFindings } from "./validate/report-findings.js";
import { type Validation, validate } from "./validate/validate.js";

/** The targets of a build, and what is made of a whole design beside them. */
export interface Registry {
  readonly targets: readonly Target[];
  /** Hand-off documents of links, with the files that configure them among those that the targets made. */
  readonly documents: (design: Design, made: Pick<TargetOutput, "artefacts" | "provenance">) => readonly Artefact[];
}

/** What to judge, and how far. */
export interface ProjectRequest {
  readonly host: Host;
  /** The package as the host knows it: a directory or one of its files, and the directory itself. */
  readonly path: string;
  readonly directory: string;
  /** The day that dates are judged against. */
  readonly today: Day;
  readonly registry: Registry;
  /** Names of the targets to compile; absent: all, and then a compile fails where a place is not served. */
  readonly targets?: readonly string[];
  /** `relations` stops before the design: all that a query needs. `check` takes unserved places as they are. */
  readonly purpose: "relations" | "check" | "compile";
  /** Files to judge in place of those that the targets make now. */
  readonly given?: readonly Artefact[];
  /** The lock must not change. */
  readonly frozenLock?: boolean;
  /** Entries of the lock that nothing uses any more go. */
  readonly pruneLock?: boolean;
  /** What guard rails are evaluated with; absent: they are not, and that is said where some are configured. */
  readonly guard?: GuardServices;
  /** Told before each phase what is being done. */
  readonly say?: (step: string) => void;
}

/** Everything that came of a package. What a phase could not make is absent. */
export interface Project {
  /** In canonical order. */
  readonly diagnostics: readonly Diagnostic[];
  /** True where a finding is an error: then nothing may be written. */
  readonly failed: boolean;
  readonly settings: Settings;
  readonly settingsSource: SourceFile | undefined;
  readonly package: Package | undefined;
  readonly checked: Checked | undefined;
  readonly relations: Relations | undefined;
  readonly proofs: Proofs | undefined;
  readonly design: Design | undefined;
  /** The lock as it was read, and as it will be written. */
  readonly lock: { readonly before: string | undefined; readonly text: string } | undefined;
  /** By name of the target; those compiled. */
  readonly outputs: ReadonlyMap<string, TargetOutput>;
  /** The places that each of them serves, sorted. */
  readonly served: readonly { readonly name: string; readonly places: readonly string[] }[];
  /** What the outputs do, as they were read back; absent where an error came before. */
  readonly validation: Validation | undefined;
  /** Hand-off documents; none for a check. */
  readonly documents: readonly Artefact[];
  readonly notServed: readonly UnservedPlace[];
  /** What the guard rails came to; absent where they were not asked for or one could not run. */
  readonly guard: GuardOutcome | undefined;
  /** All texts of the package and its imports. */
  readonly sources: readonly SourceFile[];
  /** The findings that do not depend on the day: those a report may hold. */
  readonly lasting: readonly Diagnostic[];
}

/** Findings that come and go with the calendar. */
const DAILY: ReadonlySet<string> = new Set(["expires-soon", "waiver-stale"]);

/** Judges a package, up to the output that would be written. Never throws on what a user wrote. */
export async function checkProject(request: ProjectRequest): Promise<Project> {
  const { host, path, directory, today, say = () => {} } = request;
  const sources = new Diagnostics();
  const diagnostics = new Diagnostics();
  const step = <In, Out>(what: string, input: In | undefined, phase: (input: In) => Out): Out | undefined => {
    if (input === undefined) return undefined;
    say(what);
    return phase(input);
  };

  const loaded = step("reading the sources", path, (it) => loadPackage(host, it, sources));
  const checked = step("checking", loaded, (it) => checkPackage(it, { today }, sources));
  diagnostics.addAll(sources.sorted());
  const configured =
    loaded === undefined ? undefined : await loadSettings(host, directory, diagnostics, limitNames(request));
  const settings = configured?.settings ?? defaultSettings;
  const lock = step("reading the lock file", loaded, () => loadLock(host, directory, diagnostics));
  const relations = step("relating", checked, (it) => relate(it.estate, { kept: keptMeetings(lock) }));
  const proofs = step("proving", relations, (it) => prove(it, settings, diagnostics));
  const designed = step("designing", designable(request, relations, lock), ([it, file]) =>
    design(it, file, request, diagnostics),
  );
  const outputs = step("compiling", designed, (it) => compileTargets(it.design, settings, request, diagnostics));
  const validation = step("validating", diagnostics.hasErrors ? undefined : designed, (it) =>
    validateOutputs(it.design, relations, settings, outputs ?? new Map(), request, diagnostics),
  );
  const documents = step("documenting", request.purpose === "compile" ? designed : undefined, (it) =>
    request.registry.documents(it.design, madeBy([...(outputs?.values() ?? [])])),
  );
  const notServed = step("listing", designed, (it) => listUnserved(it.design, loaded, request, diagnostics));
  const judged = step("asking the guard rails", designed, (it) =>
    guardProject(
      request,
      { settings, relations, proofs, design: it.design, outputs: outputs ?? new Map() },
      diagnostics,
    ),
  );
  const guarded = await judged;

  return {
    diagnostics: diagnostics.sorted(),
    failed: diagnostics.hasErrors,
    settings,
    settingsSource: configured?.source,
    package: loaded,
    checked,
    relations,
    proofs,
    design: designed?.design,
    lock: designed === undefined ? undefined : { before: lock?.source?.text, text: printLock(designed.lock) },
    outputs: outputs ?? new Map(),
    served: servedBy(request, designed?.design, outputs),
    validation,
    documents: documents ?? [],
    notServed: notServed ?? [],
    guard: guarded,
    sources: loaded === undefined ? [] : packageSources(loaded),
    lasting: diagnostics.sorted().filter((one) => !DAILY.has(one.name) && guarded?.lasting.daily.has(one) !== true),
  };
}

/** What the guard phase is given of the phases before. */
interface Judgeable {
  readonly settings: Settings;
  readonly relations: Relations | undefined;
  readonly proofs: Proofs | undefined;
  readonly design: Design;
  readonly outputs: ReadonlyMap<string, TargetOutput>;
}

/** Guard rails judge whole designs only; where errors left none, the run has failed without them. */
async function guardProject(
  { host, directory, today, guard: services }: ProjectRequest,
  { settings, relations, proofs, design, outputs }: Judgeable,
  diagnostics: Diagnostics,
): Promise<GuardOutcome | undefined> {
  if (relations === undefined || proofs === undefined) return undefined;
  if (services === undefined) {
    const rails = settings.guardrails;
    const configured = rails === undefined ? 0 : rails.sources.length + rails.severity.length + rails.waivers.length;
    if (configured > 0) diagnostics.report(configurationDiagnostics["guardrails-not-evaluated"], {}, undefined);
    return undefined;
  }
  return guard({ host, directory, settings, services, relations, proofs, design, outputs, today }, diagnostics);
}

/** The limits that settings may raise, by target. */
function limitNames({ registry }: ProjectRequest): ReadonlyMap<string, readonly string[]> {
  return new Map(registry.targets.map(({ name, limits = [] }) => [name, limits] as const));
}

/** Meeting places that an earlier compile chose. */
function keptMeetings(lock: LoadedLock | undefined): (key: string) => string | undefined {
  return (key) => lock?.file.meetings[key];
}

/** A design needs every declaration and the lock: with parts left out its numbers and routes would mislead. */
function designable(
  request: ProjectRequest,
  relations: Relations | undefined,
  lock: LoadedLock | undefined,
): readonly [Relations, LoadedLock] | undefined {
  if (request.purpose === "relations" || relations === undefined || lock === undefined) return undefined;
  return relations.estate.omitted.any ? undefined : [relations, lock];
}

function design(
  relations: Relations,
  lock: LoadedLock,
  request: ProjectRequest,
  diagnostics: Diagnostics,
): DesignResult {
  const result = buildDesign(relations, lock.file, diagnostics, request.pruneLock ?? false);
  if (request.frozenLock === true) reportFrozen(lock, result.lock, diagnostics);
  return result;
}

/** Lowers, checks and prints every target that serves a place of the design, or those that were asked for. */
function compileTargets(
  design: Design,
  settings: Settings,
  request: ProjectRequest,
  diagnostics: Diagnostics,
): ReadonlyMap<string, TargetOutput> {
  const outputs = new Map<string, TargetOutput>();
  const asked = request.registry.targets.filter((target) => request.targets?.includes(target.name) ?? true);
  for (const target of asked) {
    if (target.serves(design).length === 0) continue;
    request.say?.(`compiling for ${target.name}`);
    outputs.set(target.name, target.compile(design, settings, diagnostics));
  }
  if (outputs.size === 0 && request.purpose === "compile") {
    const targets = asked.map((target) => `\`${target.name}\``).join(", ");
    diagnostics.report(writingDiagnostics["nothing-to-compile"], { targets }, undefined);
  }
  return outputs;
}

function servedBy(
  { registry }: ProjectRequest,
  design: Design | undefined,
  outputs: ReadonlyMap<string, TargetOutput> | undefined,
): Project["served"] {
  if (design === undefined) return [];
  return registry.targets
    .filter(({ name }) => outputs?.has(name))
    .map((target) => ({ name: target.name, places: [...target.serves(design)].sort() }));
}

/** Reads every output back and judges what it does. A finding here is a fault of ours: the sources were sound. */
function validateOutputs(
  design: Design,
  relations: Relations | undefined,
  settings: Settings,
  outputs: ReadonlyMap<string, TargetOutput>,
  request: ProjectRequest,
  diagnostics: Diagnostics,
): Validation | undefined {
  if (relations === undefined) return undefined;
  const readings = request.registry.targets.flatMap((target) => {
    const output = outputs.get(target.name);
    if (output === undefined) return [];
    const result = target.read?.(request.given ?? output.artefacts);
    return [{ target: target.name, places: target.serves(design), ...(result === undefined ? {} : { result }) }];
  });
  const beside =
    request.given === undefined ? [] : readBeside(request.given, outputs, readings, request.targets === undefined);
  const validation = validate({ relations, design, settings }, [...readings, ...beside]);
  const sourceOf = provenanceIndex(() => [...outputs.values()].flatMap((output) => output.provenance));
  const made = lineFinder(() => [...outputs.values()].flatMap((output) => output.artefacts), request.given);
  reportFindings(validation, relations, (place) => sourceOf(made(place)), diagnostics);
  return validation;
}

function madeBy(outputs: readonly TargetOutput[]): Pick<TargetOutput, "artefacts" | "provenance"> {
  return {
    artefacts: outputs.flatMap((output) => output.artefacts),
    provenance: outputs.flatMap((output) => output.provenance),
  };
}

function listUnserved(
  design: Design,
  loaded: Package | undefined,
  request: ProjectRequest,
  diagnostics: Diagnostics,
): readonly UnservedPlace[] {
  const unserved = unservedPlaces(design, request.registry.targets, loaded?.files ?? []);
  reportUnserved(unserved, request.purpose === "compile" && request.targets === undefined, diagnostics);
  return unserved;
}
