/** Runs the command line within the test's process, in a directory of its own. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type FileSystem, nodeFiles } from "../../cli/file-system.js";
import type { Io } from "../../cli/io.js";
import { run } from "../../cli/run.js";
import type { Verb } from "../../cli/verbs.js";
import type { Registry } from "../../compiler/driver.js";
import { inThread } from "../../compiler/guard/runner.js";
import type { Host } from "../../compiler/host/host.js";
import { nodeHost } from "../../compiler/host/node.js";
import { envelopeSchema, type JsonSchema } from "../../compiler/json/schemas.js";
import type { Day } from "../../compiler/model/estate.js";
import { registry } from "../../targets/registry.js";

/** What a run left behind. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run may be given beside its words. */
export interface Surroundings {
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly files?: FileSystem;
  readonly host?: Host;
  readonly today?: Day;
  readonly registry?: Registry;
  readonly verbs?: Readonly<Record<string, Verb>>;
}

/** A directory for one test. */
export class Workplace {
  readonly root: string;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "demarc-cli-"));
  }

  /** Writes files below the directory. */
  put(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** The text of a file. */
  get(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Every file below the directory, or below a folder of it, by its path. */
  all(folder = "."): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const path of readdirSync(join(this.root, folder), { recursive: true, encoding: "utf8" }).sort()) {
      const at = join(this.root, folder, path);
      if (statSync(at).isFile()) found[path] = readFileSync(at, "utf8");
    }
    return found;
  }

  /** Runs the command line here. */
  async run(words: readonly string[], given: Surroundings = {}): Promise<Ended> {
    const out = { stdout: "", stderr: "" };
    const output = (name: "stdout" | "stderr") => ({
      write: (text: string): void => {
        out[name] += text;
      },
      isTty: given.tty ?? false,
    });
    const stdin = given.stdin ?? "";
    const io: Io = {
      cwd: this.root,
      env: given.env ?? {},
      stdout: output("stdout"),
      stderr: output("stderr"),
      stdin: async () => (typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin),
      files: given.files ?? nodeFiles,
      host: given.host ?? nodeHost(this.root),
      today: () => given.today ?? { year: 2027, month: 1, day: 15 },
      registry: async () => given.registry ?? registry,
      // A worker that compiles the sources anew for each run would take most of its time.
      guardRunner: inThread,
      temporary: this.root,
    };
    const code = await run(words, io, ...(given.verbs === undefined ? [] : [given.verbs]));
    return { code, ...out };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What is wrong with the JSON output of a verb, by the schema that ships. */
export function schemaFaults(verb: string, output: unknown): readonly string[] {
  return faultsBy(envelopeSchema(verb), output);
}

/** What is wrong with data by a schema. */
export function faultsBy(schema: JsonSchema, output: unknown): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { date: true } });
  const validate = ajv.compile(schema);
  if (validate(output)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
