/** Golden files: the expected text lies beside the test and is rewritten only on demand. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createTwoFilesPatch } from "diff";

/**
 * Compares `text` with the file at `path` (absolute, or relative to the working directory), byte for byte, and throws
 * with a unified diff when they differ or the file is absent. `DEMARC_UPDATE=1` writes the file instead, unless `CI` is set.
 */
export function matchFile(path: string, text: string): void {
  const expected = readIfPresent(path);
  if (expected === text) return;
  if (mayUpdate()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  if (expected === undefined)
    throw new Error(`${path} does not exist; run the test with DEMARC_UPDATE=1 and read what it writes`);
  const visible = (value: string): string => value.replaceAll("\r", "\\r");
  const patch = createTwoFilesPatch(path, "actual", visible(expected), visible(text), undefined, undefined, {
    context: 3,
  });
  throw new Error(`${path} differs from the actual text:\n${patch}`);
}

/** True where goldens are to be written: `DEMARC_UPDATE=1`, and not in CI. */
export function mayUpdate(): boolean {
  const ci = process.env.CI ?? "";
  return process.env.DEMARC_UPDATE === "1" && (ci === "" || ci === "false" || ci === "0");
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}
