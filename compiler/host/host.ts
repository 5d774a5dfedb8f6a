/** The boundary to the outside: where texts come from. The compiler reads through this and nowhere else. */

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
}

/** Why something could not be read, in a user's words. */
export interface HostFailure {
  readonly failure: "missing" | "unreadable" | "not-a-directory" | "not-a-file" | "too-large";
  readonly detail: string;
}

/** Reads directories and files. Paths use `/`; relative ones are relative to where the host stands. Nothing throws. */
export interface Host {
  readDirectory(path: string): readonly DirectoryEntry[] | HostFailure;
  readFile(path: string): Uint8Array | HostFailure;
  /** SHA-256 of a text in UTF-8, in hexadecimal, where the host has one faster than ours. */
  sha256?(text: string): string;
}

/** True where a host's answer is a failure. */
export function isFailure(answer: object): answer is HostFailure {
  return "failure" in answer;
}
