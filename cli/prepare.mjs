/**
 * What npm runs before the build when it packs this package. Where npm installs a git repository globally, as pre-commit
 * asks it to, it packs the clone without having installed what the build needs; that is done here.
 */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

const npm = process.env.npm_execpath;
if (npm !== undefined && !isInstalled("esbuild")) {
  // The settings of the outer npm come as environment variables; `global` would install elsewhere.
  const words = [npm, "ci", "--global=false", "--location=project", "--include=dev", "--ignore-scripts", "--no-audit"];
  const cwd = dirname(dirname(fileURLToPath(import.meta.url)));
  const { status } = spawnSync(process.execPath, words, { cwd, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
