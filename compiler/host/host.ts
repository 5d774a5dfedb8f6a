/** The boundary to the outside: where texts come from. The compiler reads through this and nowhere else. */

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
  /** True for a symbolic link; `kind` is then that of what it leads to. Who walks a tree must not follow it in circles. */
  readonly isLink?: true;
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

/** Why something could not be read, as a message says it: never the path, which the message names in its own way. */
export function failureReason({ failure, detail }: HostFailure): string {
  switch (failure) {
    case "missing":
      return "it is not there";
    case "not-a-directory":
      return "a part of its path is not a directory";
    case "not-a-file":
      return "something other than a file is there";
    case "too-large":
      return `it has more than ${detail}`;
    case "unreadable":
      return detail;
  }
}

/** True where a host's answer is a failure. */
export function isFailure(answer: object): answer is HostFailure {
  return "failure" in answer;
}
