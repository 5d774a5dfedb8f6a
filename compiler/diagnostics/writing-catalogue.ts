/** Findings about writing output: DMC60xx. Places are paths relative to the output directory, so there are no spans. */
import { catalogue } from "../../grammar/diagnostic.js";

/** The catalogue of findings about output and its writing. */
export const writingDiagnostics = catalogue({
  "edited-artefact": {
    code: "DMC6001",
    severity: "error",
    message: (p: { readonly path: string }) => `\`${p.path}\` was edited after demarc wrote it`,
    help: () => "carry the edit into the sources, or throw it away with `--force`",
  },
  "foreign-output": {
    code: "DMC6002",
    severity: "error",
    message: (p: { readonly directory: string }) =>
      `the output directory \`${p.directory}\` holds files and no manifest of demarc`,
    help: () => "choose another directory with `-o`, or write into this one with `--force`; files of others stay",
  },
  "foreign-file": {
    code: "DMC6003",
    severity: "error",
    message: (p: { readonly path: string }) =>
      `\`${p.path}\` would be written, and a file that demarc did not write is there`,
    help: () => "move that file away, or replace it with `--force`",
  },
  "broken-manifest": {
    code: "DMC6004",
    severity: "error",
    message: (p: { readonly reason: string }) =>
      `\`manifest.json\` of the output directory cannot be used: ${p.reason}`,
    help: () => "restore it from version control, or write everything anew with `--force`",
  },
  "write-failed": {
    code: "DMC6005",
    severity: "error",
    message: (p: { readonly path: string; readonly reason: string }) => `\`${p.path}\` cannot be written: ${p.reason}`,
    help: () => "the output is as it was before; mend the cause and compile again",
  },
  "output-unreadable": {
    code: "DMC6006",
    severity: "error",
    message: (p: { readonly path: string; readonly reason: string }) => `\`${p.path}\` cannot be read: ${p.reason}`,
    help: () => "demarc reads what is there before it replaces anything; make it readable",
  },
  "path-clash": {
    code: "DMC6007",
    severity: "error",
    message: (p: { readonly path: string; readonly other: string }) =>
      `\`${p.path}\` and \`${p.other}\` would be one file on a file system that ignores case`,
    help: () => "rename one of the objects that the two files are made for",
  },
  "restore-failed": {
    code: "DMC6008",
    severity: "error",
    message: (p: { readonly path: string; readonly kept: string; readonly reason: string }) =>
      `\`${p.path}\` could not be put back after a failed write: ${p.reason}`,
    help: (p: { readonly kept: string }) => `its former content is kept in \`${p.kept}\`: move it back by hand`,
  },
  "no-target": {
    code: "DMC6010",
    severity: "error",
    message: (p: { readonly place: string; readonly platform: string }) =>
      `no target of this version serves \`${p.place}\`: \`${p.platform}\` is not compiled yet`,
    help: () => "compile the other places with `--target`, which leaves this one out",
  },
  "no-target-yet": {
    code: "DMC6011",
    severity: "info",
    message: (p: { readonly place: string; readonly platform: string }) =>
      `\`${p.place}\` is checked, but no target of this version compiles \`${p.platform}\` yet`,
    help: () => "everything about it is judged; `demarc compile` needs `--target` as long as it is part of the estate",
  },
  "nothing-to-compile": {
    code: "DMC6012",
    severity: "error",
    message: (p: { readonly targets: string }) => `no place of this estate is served by ${p.targets}`,
    help: () => "choose a target that serves one of its places, or declare a cloud or a router of ours",
  },
  "already-there": {
    code: "DMC6009",
    severity: "error",
    message: (p: { readonly path: string }) => `\`${p.path}\` is there already`,
    help: () => "`init` never writes over a file; name an empty directory",
  },
  "not-formatted": {
    code: "DMC6014",
    severity: "error",
    message: (p: { readonly path: string }) => `\`${p.path}\` is not in the canonical layout`,
    help: () => "`demarc fmt` brings it there, `demarc fmt --diff` shows what would change",
  },
  "output-in-package": {
    code: "DMC6013",
    severity: "error",
    message: (p: { readonly directory: string }) =>
      `the output directory \`${p.directory}\` holds the sources themselves`,
    help: () => "choose a directory of its own with `-o`",
  },
  "foreign-staging": {
    code: "DMC6015",
    severity: "error",
    message: (p: { readonly staging: string; readonly fault: string }) =>
      `\`${p.staging}\` is not what a compile leaves behind: ${p.fault}`,
    help: (p: { readonly staging: string }) =>
      `nothing was touched; see who made it, remove \`${p.staging}\` by hand and compile again`,
  },
  "linked-directory": {
    code: "DMC6016",
    severity: "error",
    message: (p: { readonly path: string; readonly directory: string }) =>
      `\`${p.path}\` in the output directory \`${p.directory}\` is a link, and demarc writes through none`,
    help: () => "remove the link, or choose another directory with `-o`",
  },
  "output-not-directory": {
    code: "DMC6017",
    severity: "error",
    message: (p: { readonly directory: string; readonly reason: string }) =>
      `\`${p.directory}\` cannot be the output directory: ${p.reason}`,
    help: () => "choose a directory with `-o` or with `out` in the settings; one that is missing is made",
  },
  "output-busy": {
    code: "DMC6018",
    severity: "error",
    message: (p: { readonly directory: string; readonly by: string; readonly staging: string }) =>
      `another compile is writing into \`${p.directory}\`: ${p.by}`,
    help: (p: { readonly staging: string }) =>
      `compile again when it has ended; where no compile is running, remove \`${p.staging}\` by hand`,
  },
  "lock-overtaken": {
    code: "DMC6019",
    severity: "error",
    message: (p: { readonly path: string }) => `\`${p.path}\` has changed since this compile read it`,
    help: () => "another compile has written it, or a killed one was undone; compile again",
  },
  "hidden-errors": {
    code: "DMC6020",
    severity: "error",
    message: (p: { readonly counts: string; readonly since: string }) =>
      `${p.counts} about lines that have not changed since \`${p.since}\` are not shown`,
    help: () => "leave `--changed-since` out to see them; the whole package is judged, so they count",
  },
  "hidden-findings": {
    code: "DMC6021",
    severity: "info",
    message: (p: { readonly counts: string; readonly since: string }) =>
      `${p.counts} about lines that have not changed since \`${p.since}\` are not shown`,
    help: () => "leave `--changed-since` out to see them",
  },
});
