/** The targets that `--target` names, for `compile` and `verify`. */
import { TARGET_NAMES } from "../compiler/config/schema.js";
import type { Registry } from "../compiler/driver.js";
import { nearest } from "../compiler/suggest.js";
import { type Call, flagValues } from "./arguments.js";
import { Misuse } from "./io.js";

/** The targets of `--target`; absent where all are wanted. Throws `Misuse` for a name that is none. */
export function chosenTargets(call: Call, registry: Registry): readonly string[] | undefined {
  const names = [...new Set(flagValues(call, "target"))];
  const known = registry.targets.map((target) => target.name);
  for (const name of names) {
    if (known.includes(name)) continue;
    if ((TARGET_NAMES as readonly string[]).includes(name)) {
      throw new Misuse(`this version does not compile for \`${name}\` yet; it compiles for ${known.join(", ")}`);
    }
    const near = nearest(name, known);
    throw new Misuse(
      `there is no target \`${name}\`; ${near === undefined ? `there are ${known.join(", ")}` : `did you mean \`${near}\`?`}`,
    );
  }
  return names.length === 0 ? undefined : names;
}
