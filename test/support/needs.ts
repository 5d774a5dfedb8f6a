/** Tests that need a tool from outside, such as `terraform`. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Options for a test that needs an outside tool on the `PATH`: empty when it is there, else a skip that names it. `also`
 * tells of further conditions: it returns what is missing, or undefined. Use as `test(name, body, needs("terraform"))`,
 * or spread it beside a timeout.
 */
export function needs(tool: string, also?: () => string | undefined): { readonly skip?: string } {
  if (findTool(tool) === undefined) return { skip: `needs \`${tool}\`, which is not installed` };
  const missing = also?.();
  return missing === undefined ? {} : { skip: `needs ${missing}` };
}

/** The path of an executable on the `PATH`, or undefined. */
export function findTool(tool: string): string | undefined {
  const names = process.platform === "win32" ? [`${tool}.exe`, `${tool}.cmd`] : [tool];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (folder !== "" && isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
