/** Puts the files of an output together: what the targets made, hand-off documents, provenance and report. */
import type { Diagnostic } from "../grammar/diagnostic.js";
import type { SourceFile } from "../grammar/source.js";
import type { Artefact, TargetOutput } from "./contract.js";
import { sarifLog } from "./diagnostics/render/sarif.js";
import type { OutputFile, WouldBeOutput } from "./emit.js";
import { jsonText } from "./json/diagnostics.js";
import type { Manifest } from "./manifest.js";
import type { Estate } from "./model/estate.js";
import type { Proofs } from "./prove/proof.js";
import { isProvenanceLine, type ProvenanceLine, provenanceText } from "./provenance.js";
import { type GuardReport, reportOf, type TargetReport } from "./report.js";
import { reportMarkdown } from "./report-markdown.js";
import { sha256 } from "./sha256.js";
import type { Validation } from "./validate/validate.js";
import { validationReport } from "./validate/validation-json.js";

/** Every emitted rule or block with its source. */
export const PROVENANCE_FILE = "provenance.json";
/** Proofs, expressibility, limits and expiries. */
export const REPORT_FILE = "report/report.json";
/** What the files do, as they were read back. */
export const VALIDATION_FILE = "report/validation.json";
/** The report for people. */
export const SUMMARY_FILE = "report/report.md";
/** The findings that stay, in SARIF. */
export const SARIF_FILE = "report/findings.sarif";

/** What an output is put together from. */
export interface OutputParts {
  readonly version: string;
  readonly edition: number;
  readonly estate: Estate;
  readonly proofs: Proofs;
  readonly validation: Validation;
  readonly outputs: ReadonlyMap<string, TargetOutput>;
  readonly documents: readonly Artefact[];
  /** Places that no target serves. */
  readonly notServed: readonly { readonly place: string; readonly platform: string }[];
  /** Rules and waivers, what depends on the calendar not counted. */
  readonly guardRails: GuardReport;
  /** Findings that do not depend on the day. */
  readonly findings: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  readonly settings?: SourceFile;
  /** The lock as it will be written. */
  readonly lock: string;
  /** `--target`: absent where everything is made. */
  readonly targets?: readonly string[];
}

/** The output as it would be written. `previous` gives the text of a file of the previous output. */
export function assembleOutput(parts: OutputParts, previous: (path: string) => string | undefined): WouldBeOutput {
  const made: OutputFile[] = [...parts.outputs].flatMap(([target, output]) =>
    output.artefacts.map((artefact) => ({ ...artefact, target })),
  );
  const kept = parts.targets === undefined ? undefined : keptParts(parts, previous);
  const report = reportOf(
    parts.estate,
    parts.proofs,
    parts.outputs,
    parts.notServed,
    kept?.reports ?? {},
    parts.guardRails,
  );
  const files: OutputFile[] = [
    ...made,
    ...parts.documents,
    { path: PROVENANCE_FILE, text: provenanceText(parts.outputs, kept?.provenance ?? []) },
    { path: REPORT_FILE, text: jsonText(report) },
    { path: VALIDATION_FILE, text: jsonText(validatedBy(parts, Object.keys(kept?.reports ?? {}))) },
    { path: SUMMARY_FILE, text: reportMarkdown(report, parts.validation) },
    { path: SARIF_FILE, text: findingsText(parts) },
  ];
  return { files, ...(parts.targets === undefined ? {} : { targets: parts.targets }), about: aboutOf(parts) };
}

function validatedBy({ estate, proofs, validation }: OutputParts, kept: readonly string[]): unknown {
  return validationReport(validation, { estate: estate.name, axioms: proofs.axioms, kept });
}

function aboutOf(parts: OutputParts): Omit<Manifest, "files"> {
  const digest = (path: string, text: string) => ({ path, sha256: sha256(text) });
  return {
    version: parts.version,
    edition: parts.edition,
    sources: parts.sources.map((source) => digest(source.path, source.text)),
    ...(parts.settings === undefined ? {} : { settings: digest(parts.settings.path, parts.settings.text) }),
    lock: digest("demarc.lock.json", parts.lock),
  };
}

function findingsText(parts: OutputParts): string {
  const options = { version: parts.version, display: (path: string) => path, digest: sha256 };
  return jsonText(sarifLog(parts.findings, options));
}

/** What the previous output says of targets that this compile leaves alone. Damaged files say nothing. */
interface KeptParts {
  readonly provenance: readonly ProvenanceLine[];
  readonly reports: Readonly<Record<string, TargetReport>>;
}

function keptParts(parts: OutputParts, previous: (path: string) => string | undefined): KeptParts {
  const isKept = (target: unknown): boolean => typeof target === "string" && !(parts.targets ?? []).includes(target);
  const provenance = listIn(parsed(previous(PROVENANCE_FILE)), "entries").filter(isProvenanceLine);
  const reports = Object.entries(recordIn(parsed(previous(REPORT_FILE)), "targets"));
  return {
    provenance: provenance.filter((line) => isKept(line.target)),
    reports: Object.fromEntries(reports.filter(([target]) => isKept(target))) as Readonly<Record<string, TargetReport>>,
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function recordIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const record = isRecord(value) ? value[key] : undefined;
  return isRecord(record) ? record : {};
}
