/** Outputs whose text is made when it is first asked for: a check judges the tree and needs no text. */
import type { TargetOutput } from "../../compiler/contract.js";

/** The part of an output that printing makes. */
export type Printed = Pick<TargetOutput, "artefacts" | "provenance">;

/** An output that prints at most once, and only where files or provenance are read. `print` must report nothing. */
export function printedLater(print: () => Printed, rest: Omit<TargetOutput, keyof Printed>): TargetOutput {
  let printed: Printed | undefined;
  const once = (): Printed => {
    printed ??= print();
    return printed;
  };
  return {
    ...rest,
    get artefacts() {
      return once().artefacts;
    },
    get provenance() {
      return once().provenance;
    },
  };
}
