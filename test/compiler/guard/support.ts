/** Guard-rail inputs from program text. */
import { type BuiltInput, buildGuardInput } from "../../../compiler/guard/build-input.js";
import { pipeline, type Sources, TODAY } from "../../support/estate-from.js";

/** The input for the estate of a text, without any target's output. */
export function guardInputOf(sources: Sources): BuiltInput {
  return buildGuardInput({ ...pipeline(sources), outputs: new Map(), today: TODAY });
}
