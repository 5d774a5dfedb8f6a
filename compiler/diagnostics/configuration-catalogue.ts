/** Findings about `demarc.json`: DMC50xx. */
import { catalogue } from "../../grammar/diagnostic.js";

/** The catalogue of findings about the settings. */
export const configurationDiagnostics = catalogue({
  "settings-unreadable": {
    code: "DMC5001",
    severity: "error",
    message: (p: { readonly reason: string }) => `\`demarc.json\` cannot be read: ${p.reason}`,
    help: () => "make it a readable UTF-8 file of at most 1 MB, or take it away: it is optional",
  },
  "settings-not-json": {
    code: "DMC5002",
    severity: "error",
    message: (p: { readonly fault: string }) => `this is not JSON: ${p.fault}`,
    help: () => "JSON has no comments and no comma after the last item",
  },
  "unknown-setting": {
    code: "DMC5003",
    severity: "error",
    message: (p: { readonly key: string; readonly near?: string; readonly known: readonly string[] }) =>
      `\`${p.key}\` is no known setting here`,
    help: (p: { readonly near?: string; readonly known: readonly string[] }) =>
      p.near !== undefined
        ? `did you mean \`${p.near}\`?`
        : p.known.length === 0
          ? "take it out"
          : `known here: ${p.known.map((key) => `\`${key}\``).join(", ")}`,
  },
  "wrong-setting": {
    code: "DMC5004",
    severity: "error",
    message: (p: { readonly setting: string; readonly wanted: string }) => `\`${p.setting}\` does not take this value`,
    help: (p: { readonly wanted: string }) => `write ${p.wanted}`,
  },
  "setting-missing": {
    code: "DMC5005",
    severity: "error",
    message: (p: { readonly key: string; readonly where: string }) => `\`${p.key}\` is missing in ${p.where}`,
    help: (p: { readonly key: string }) => `add \`"${p.key}": …\``,
  },
  "guardrails-not-evaluated": {
    code: "DMC5006",
    severity: "info",
    message: (_: Record<string, never>) => "the guard rails named here are not evaluated by this version",
    help: () => "nothing here has passed a guard rail: run them by other means until a version evaluates them",
  },
});
