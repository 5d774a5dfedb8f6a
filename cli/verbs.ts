/** The table of verbs. Each is loaded by a dynamic import, which the bundler turns into a chunk of its own. */

/** The code of one verb. `run` takes the arguments after the verb and gives the exit code. */
export interface VerbModule {
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** A verb's line in the usage text, and how to load it. */
export interface Verb {
  readonly summary: string;
  readonly load: () => Promise<VerbModule>;
}

/** All verbs by name, in the order of the usage text. */
export const VERBS: Readonly<Record<string, Verb>> = {};
