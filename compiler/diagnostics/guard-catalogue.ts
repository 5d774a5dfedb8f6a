/** Findings about guard rails themselves: DMC55xx. What a rail finds has the code `guard/<rule>`. */
import { catalogue } from "../../grammar/diagnostic.js";
import { didYouMean, error, listed, warning } from "./entry.js";

interface Bundle {
  readonly bundle: string;
}

type Because = Bundle & { readonly reason: string };

/** The catalogue of findings about guard rails. */
export const guardCatalogue = catalogue({
  "guard-bundle-unreadable": error<Because>(
    "DMC5501",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` cannot be read: ${reason}`,
    () => "name a folder that `demarc guard build` has built, or a bundle that it wrote",
  ),
  "guard-manifest-faulty": error<Because>(
    "DMC5502",
    ({ bundle, reason }) => `the manifest of the guard rails \`${bundle}\` is not sound: ${reason}`,
    () => "build them again with `demarc guard build`",
  ),
  "guard-digest-differs": error<Bundle>(
    "DMC5503",
    ({ bundle }) => `the compiled guard rails \`${bundle}\` are not those that their manifest describes`,
    () => "build them again with `demarc guard build`, and commit both files",
  ),
  "guard-bundle-stale": error<Bundle & { readonly file: string }>(
    "DMC5504",
    ({ bundle, file }) => `the guard rails \`${bundle}\` were built from other sources: \`${file}\` differs`,
    ({ bundle }) => `run \`demarc guard build ${bundle}\``,
  ),
  "guard-policy-broken": error<Because>(
    "DMC5505",
    ({ bundle, reason }) => `the compiled guard rails \`${bundle}\` cannot be loaded: ${reason}`,
    () => "build them again with `demarc guard build`",
  ),
  "guard-policy-abi": error<Because>(
    "DMC5506",
    ({ bundle, reason }) => `the compiled guard rails \`${bundle}\` are for another engine: ${reason}`,
    () => "build them with an `opa` that writes version 1.2 or later of its binary interface",
  ),
  "guard-entrypoint-missing": error<Because>(
    "DMC5507",
    ({ bundle, reason }) => `the compiled guard rails \`${bundle}\` cannot be asked: ${reason}`,
    () => "build them again with `demarc guard build`, which adds the entrypoint",
  ),
  "guard-builtins-missing": error<Because>(
    "DMC5508",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` need what is not there: ${reason}`,
    () => "write the rule without them: addresses, ports and days are facts of the input already",
  ),
  "guard-out-of-memory": error<Because & { readonly limit: string }>(
    "DMC5509",
    ({ bundle, limit }) => `the guard rails \`${bundle}\` need more than ${limit} of memory`,
    () => "look for a rule that goes through all pairs of a large table",
  ),
  "guard-timeout": error<Bundle & { readonly seconds: number }>(
    "DMC5510",
    ({ bundle, seconds }) => `the guard rails \`${bundle}\` did not end within ${seconds} s`,
    () => "look for a rule that goes through all pairs of a large table",
  ),
  "guard-aborted": error<Because>(
    "DMC5511",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` gave up: ${reason}`,
    () => "run their tests with `demarc guard test`",
  ),
  "guard-undefined": error<Because>(
    "DMC5512",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` gave no result: ${reason}`,
    () => "build them again with `demarc guard build`, which writes an entrypoint that always has a value",
  ),
  "guard-nonsense": error<Because>(
    "DMC5513",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` gave a result that is none: ${reason}`,
    () => "a finding is an object with the keys `subject` and `data`",
  ),
  "guard-rule-not-run": error<Bundle & { readonly rule: string }>(
    "DMC5514",
    ({ bundle, rule }) => `the guard rail \`${rule}\` of \`${bundle}\` did not run`,
    () => "a rail that did not run has not passed: build the guard rails again with `demarc guard build`",
  ),
  "guard-subject-unknown": error<{ readonly rule: string; readonly subject: string }>(
    "DMC5515",
    ({ rule, subject }) => `the guard rail \`${rule}\` speaks of \`${subject}\`, which is no object of the estate`,
    () => "`subject` is an id of the input, such as a key of `input.rules`",
  ),
  "guard-facts-missing": error<{ readonly reason: string }>(
    "DMC5516",
    ({ reason }) => `the facts that guard rails judge cannot be computed: ${reason}`,
    () => "no guard rail has run, so none has passed: split the segment, or write fewer and wider rules",
  ),
  "unknown-guard-rail": error<{ readonly rule: string; readonly near?: string }>(
    "DMC5517",
    ({ rule }) => `there is no guard rail \`${rule}\``,
    ({ near }) => didYouMean(near) ?? "`demarc guard list` names all",
  ),
  "unknown-guard-parameter": error<{
    readonly rule: string;
    readonly parameter: string;
    readonly near?: string;
    readonly known: readonly string[];
  }>(
    "DMC5518",
    ({ rule, parameter }) => `the guard rail \`${rule}\` has no parameter \`${parameter}\``,
    ({ near, known }) =>
      didYouMean(near) ?? (known.length === 0 ? "it takes none: take the setting out" : `it takes ${listed(known)}`),
  ),
  "wrong-guard-parameter": error<{ readonly parameter: string; readonly wanted: string }>(
    "DMC5519",
    ({ parameter }) => `the parameter \`${parameter}\` does not take this value`,
    ({ wanted }) => `write ${wanted}, as its default is`,
  ),
  "waiver-expired": error<{ readonly rule: string; readonly until: string; readonly owner: string }>(
    "DMC5520",
    ({ rule, until }) => `this waiver of \`${rule}\` expired at the end of ${until} (UTC)`,
    ({ owner }) => `mend what it was for, or have \`${owner}\` renew it`,
  ),
  "waiver-stale": warning<{ readonly rule: string; readonly subject: string }>(
    "DMC5521",
    ({ rule, subject }) => `this waiver matches no finding of \`${rule}\` about \`${subject}\``,
    () => "take it out: it would hide the finding when it comes back",
  ),
  "waiver-incomplete": error<{ readonly key: string }>(
    "DMC5522",
    ({ key }) => `the \`${key}\` of this waiver says nothing`,
    () => "say who answers for the exception, and why it is one",
  ),
  "guard-rule-twice": error<{ readonly rule: string; readonly bundle: string; readonly other: string }>(
    "DMC5523",
    ({ rule, bundle, other }) => `the guard rail \`${rule}\` of \`${bundle}\` has the name of one of \`${other}\``,
    () => "give it a name of its own: severities, waivers and findings go by the name",
  ),
  "guard-build-failed": error<Because>(
    "DMC5524",
    ({ bundle, reason }) => `the guard rails \`${bundle}\` cannot be built: ${reason}`,
    () => "the manual's page on guard rails shows a rule whole",
  ),
});
