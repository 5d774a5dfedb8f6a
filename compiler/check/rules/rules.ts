/** The rules between declarations: what each of them may not see, and all of them together must keep. */
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import type { Ownership } from "../../model/ownership.js";
import type { Drafts } from "../declarations/drafts.js";
import { checkAddresses } from "./addresses.js";

/** Applies the rules; what breaks one is reported and named in the drafts. Returns the prefixes of each domain. */
export function applyRules(drafts: Drafts, diagnostics: Diagnostics): ReadonlyMap<string, Ownership> {
  return checkAddresses(drafts, diagnostics);
}
