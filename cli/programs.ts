/** Programs of others that a verb runs: found in the folders of `PATH` only, never in the working directory. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of a program, or undefined where it is not installed. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, file)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
