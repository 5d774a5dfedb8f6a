/** Compiles estates for Azure from program text, for tests. */
import { defaultSettings, type Settings } from "../../../compiler/config/settings.js";
import type { TargetOutput } from "../../../compiler/contract.js";
import type { Design } from "../../../compiler/design/design.js";
import type { LockFile } from "../../../compiler/design/lock.js";
import { type Diagnostic, Diagnostics } from "../../../grammar/diagnostic.js";
import { spanText } from "../../../grammar/source.js";
import { azureTarget } from "../../../targets/azure/index.js";
import { pipeline } from "../../support/estate-from.js";

/** What the target made of a text. */
export interface Compiled {
  readonly design: Design;
  readonly lock: LockFile;
  readonly output: TargetOutput;
  readonly findings: readonly Diagnostic[];
}

/** Compiles; findings are those of the target alone. */
export function compileAzure(source: string, settings: Settings = defaultSettings, lock?: LockFile): Compiled {
  const made = pipeline(source, lock === undefined ? {} : { lock });
  const diagnostics = new Diagnostics();
  const output = azureTarget.compile(made.design, settings, diagnostics);
  return { design: made.design, lock: made.lock, output, findings: diagnostics.sorted() };
}

/** Findings as `CODE \`underlined text\`: message`. */
export function linesOf(findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(
    ({ code, span, message }) => `${code} \`${span === undefined ? "" : spanText(span)}\`: ${message}`,
  );
}

/** The attributes of a resource as they are written. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Resources of all modules by type and key. */
export type Emitted = ReadonlyMap<string, ReadonlyMap<string, Attributes>>;

/** Reads the JSON of emitted files. */
export function readEmitted(output: TargetOutput): Emitted {
  const types = new Map<string, Map<string, Attributes>>();
  for (const { text } of output.artefacts) {
    const file: { readonly resource?: Record<string, Record<string, Attributes>> } = JSON.parse(text);
    for (const [type, byKey] of Object.entries(file.resource ?? {})) {
      const known = types.get(type) ?? new Map<string, Attributes>();
      for (const [key, body] of Object.entries(byKey)) known.set(key, body);
      types.set(type, known);
    }
  }
  return types;
}

/** One resource; throws where there is none. */
export function resource(emitted: Emitted, type: string, key: string): Attributes {
  const found = emitted.get(type)?.get(key);
  if (found === undefined) throw new Error(`no ${type}.${key}; there are ${[...(emitted.get(type)?.keys() ?? [])]}`);
  return found;
}
