/** Everything `demarc explain` can say: the catalogues joined with their explanations. */
import { syntaxCatalogue } from "../../grammar/catalogue.js";
import { formatCatalogue } from "../../grammar/format-catalogue.js";
import { compareCodePoints } from "../../grammar/source.js";
import { nearest } from "../suggest.js";
import { addressesCatalogue } from "./addresses-catalogue.js";
import { configurationDiagnostics } from "./configuration-catalogue.js";
import { designCatalogue } from "./design-catalogue.js";
import { addressesExplanations } from "./explain/addresses.js";
import { configurationExplanations } from "./explain/configuration.js";
import { designExplanations } from "./explain/design.js";
import type { Explanations } from "./explain/explanation.js";
import { expressionsExplanations } from "./explain/expressions.js";
import { guardExplanations } from "./explain/guard.js";
import { kindsExplanations } from "./explain/kinds.js";
import { linksExplanations } from "./explain/links.js";
import { namesExplanations } from "./explain/names.js";
import { packageExplanations } from "./explain/package.js";
import { proveExplanations } from "./explain/prove.js";
import { relationsExplanations } from "./explain/relations.js";
import { statementsExplanations } from "./explain/statements.js";
import { formatExplanations, syntaxExplanations } from "./explain/syntax.js";
import { validateExplanations } from "./explain/validate.js";
import { valuesExplanations } from "./explain/values.js";
import { writingExplanations } from "./explain/writing.js";
import { expressionsCatalogue } from "./expressions-catalogue.js";
import { guardCatalogue } from "./guard-catalogue.js";
import { kindsCatalogue } from "./kinds-catalogue.js";
import { linksCatalogue } from "./links-catalogue.js";
import { namesCatalogue } from "./names-catalogue.js";
import { packageCatalogue } from "./package-catalogue.js";
import { proveCatalogue } from "./prove-catalogue.js";
import { relationsCatalogue } from "./relations-catalogue.js";
import { statementsCatalogue } from "./statements-catalogue.js";
import { validateCatalogue } from "./validate-catalogue.js";
import { valuesCatalogue } from "./values-catalogue.js";
import { writingDiagnostics } from "./writing-catalogue.js";

/** One diagnostic as it is explained. */
export interface ExplainedDiagnostic {
  readonly code: string;
  readonly name: string;
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
}

type Entry = Pick<ExplainedDiagnostic, "code" | "name" | "severity">;

/** Joins a catalogue with its explanations. */
export function explained<C extends Readonly<Record<string, Entry>>>(
  catalogue: C,
  texts: Explanations<C>,
): readonly ExplainedDiagnostic[] {
  return Object.entries(catalogue).map(([key, { code, name, severity }]) => ({
    code,
    name,
    severity,
    text: texts[key as keyof C],
  }));
}

/** All diagnostics of the compiler, sorted by code. Those of targets are joined by the command line. */
export const compilerDiagnostics: readonly ExplainedDiagnostic[] = sortedByCode([
  ...explained(syntaxCatalogue, syntaxExplanations),
  ...explained(formatCatalogue, formatExplanations),
  ...explained(addressesCatalogue, addressesExplanations),
  ...explained(kindsCatalogue, kindsExplanations),
  ...explained(linksCatalogue, linksExplanations),
  ...explained(namesCatalogue, namesExplanations),
  ...explained(packageCatalogue, packageExplanations),
  ...explained(valuesCatalogue, valuesExplanations),
  ...explained(validateCatalogue, validateExplanations),
  ...explained(configurationDiagnostics, configurationExplanations),
  ...explained(relationsCatalogue, relationsExplanations),
  ...explained(proveCatalogue, proveExplanations),
  ...explained(designCatalogue, designExplanations),
  ...explained(expressionsCatalogue, expressionsExplanations),
  ...explained(statementsCatalogue, statementsExplanations),
  ...explained(guardCatalogue, guardExplanations),
  ...explained(writingDiagnostics, writingExplanations),
]);

/** In order of their codes. */
export function sortedByCode(all: readonly ExplainedDiagnostic[]): readonly ExplainedDiagnostic[] {
  return [...all].sort((a, b) => compareCodePoints(a.code, b.code));
}

/** What a code or name stands for, in any case of letters; else the nearest code or name there is. */
export function findExplanation(
  wanted: string,
  all: readonly ExplainedDiagnostic[],
): { readonly found: ExplainedDiagnostic } | { readonly near?: string } {
  const word = wanted.trim();
  const folded = /^\d{4}$/.test(word) ? `dmc${word}` : word.toLowerCase();
  const found = all.find((one) => one.code.toLowerCase() === folded || one.name === folded);
  if (found !== undefined) return { found };
  const isCode = /^dmc/i.test(word);
  const near = nearest(
    isCode ? word.toUpperCase() : folded,
    all.map((one) => (isCode ? one.code : one.name)),
  );
  return near === undefined ? {} : { near };
}
