/** The baselines of a case: one text for every phase that its program reaches, by the name of the file it is kept in. */
import type { TargetOutput } from "../../../compiler/contract.js";
import { checkProject, type Project } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import type { Day } from "../../../compiler/model/estate.js";
import { exportEstate } from "../../../compiler/model/export.js";
import { proofJson } from "../../../compiler/report.js";
import { registry } from "../../../targets/registry.js";
import { placeText } from "./compact.js";
import { findingsText } from "./findings.js";
import { relationsText } from "./meaning.js";
import { dataText, formattedText, sections, symbolsText, syntaxText, tokensText } from "./syntax.js";

/** The files that hold baselines, in order of phases. */
export const BASELINE_FILES = [
  "tokens.txt",
  "syntax.txt",
  "formatted.txt",
  "symbols.txt",
  "estate.txt",
  "relations.txt",
  "proofs.txt",
  "design.txt",
  "artefacts.txt",
  "provenance.txt",
  "diagnostics.txt",
] as const;

/** Name of a baseline file. */
export type BaselineFile = (typeof BASELINE_FILES)[number];

/** Takes a package (texts or bytes by path) through all phases, as `demarc check` does, for every target. */
export async function baselinesOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  today: Day,
): Promise<ReadonlyMap<BaselineFile, string>> {
  const host = memoryHost(files);
  const project = await checkProject({ host, path: ".", directory: ".", today, registry, purpose: "check" });
  const texts: readonly (readonly [BaselineFile, string | undefined])[] = [
    ...sourceTexts(project),
    ["symbols.txt", project.checked && symbolsText(project.checked.symbols)],
    ["estate.txt", project.checked && dataText(exportEstate(project.checked.estate))],
    ["relations.txt", project.relations && relationsText(project.relations)],
    ["proofs.txt", proofsText(project)],
    ["design.txt", project.design && dataText(project.design, ["estate", "externals", "axioms"])],
    ...outputTexts(project),
    ["diagnostics.txt", findingsText(project.diagnostics, project.sources)],
  ];
  return new Map(texts.flatMap(([file, text]) => (text === undefined ? [] : [[file, text] as const])));
}

function sourceTexts({ package: loaded, sources }: Project): readonly (readonly [BaselineFile, string])[] {
  if (loaded === undefined) return [];
  return [
    ["tokens.txt", sections(sources.map((source) => [source.path, tokensText(source)]))],
    ["syntax.txt", sections(loaded.files.map((file) => [file.source.path, syntaxText(file)]))],
    ["formatted.txt", sections(sources.map((source) => [source.path, formattedText(source)]))],
  ];
}

function proofsText({ proofs }: Project): string | undefined {
  if (proofs === undefined) return undefined;
  return dataText({ proofs: proofs.proofs.map(proofJson), axioms: proofs.axioms });
}

/** What would be written where nothing stands in the way: the files of the targets, the documents of links, and whence each rule comes. */
function outputTexts(project: Project): readonly (readonly [BaselineFile, string])[] {
  const { design, failed, notServed } = project;
  const outputs = [...project.outputs.values()];
  if (design === undefined || failed || notServed.length > 0 || outputs.length === 0) return [];
  const artefacts = outputs.flatMap((output) => output.artefacts);
  const provenance = outputs.flatMap((output) => output.provenance);
  const documents = registry.documents(design, { artefacts, provenance });
  return [
    ["artefacts.txt", sections([...artefacts, ...documents].map(({ path, text }) => [path, text]))],
    ["provenance.txt", provenance.map(provenanceLine).join("")],
  ];
}

function provenanceLine({ file, at, id, source }: TargetOutput["provenance"][number]): string {
  const place = typeof at === "string" ? at : `${at.firstLine}-${at.lastLine}`;
  return `${file} ${place} <- ${id} ${placeText(source)}\n`;
}
