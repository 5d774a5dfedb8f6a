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
    message: (_: Record<string, never>) => "the guard rails of this package are not evaluated here",
    help: () => "nothing has passed a guard rail: `demarc check` evaluates them",
  },
  "unknown-gap": {
    code: "DMC5007",
    severity: "error",
    message: (p: { readonly gap: string; readonly near?: string; readonly known: readonly string[] }) =>
      `there is no gap \`${p.gap}\` that could be accepted`,
    help: (p: { readonly near?: string; readonly known: readonly string[] }) =>
      p.near !== undefined
        ? `did you mean \`${p.near}\`?`
        : `gaps are ${p.known.map((name) => `\`${name}\``).join(", ")}`,
  },
  "gap-of-other-target": {
    code: "DMC5008",
    severity: "error",
    message: (p: { readonly gap: string; readonly target: string; readonly targets: readonly string[] }) =>
      `\`${p.gap}\` is no gap of target \`${p.target}\``,
    help: (p: { readonly targets: readonly string[] }) =>
      p.targets.length === 0
        ? "it is a gap of the proofs: take `target` out"
        : `targets with this gap: ${p.targets.map((name) => `\`${name}\``).join(", ")}`,
  },
  "out-leaves-package": {
    code: "DMC5009",
    severity: "error",
    message: (p: { readonly out: string }) =>
      `\`out\` must name a folder inside the package, and \`${p.out}\` does not`,
    help: () => 'write a folder such as `"out"`, or name one anywhere with `-o`',
  },
  "rails-leave-package": {
    code: "DMC5010",
    severity: "error",
    message: (p: { readonly path: string }) => `guard rails must lie inside the package, and \`${p.path}\` does not`,
    help: () => "put the folder or bundle into the package, and name it by a path relative to the package",
  },
});
