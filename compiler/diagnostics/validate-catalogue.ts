/** Findings of validation: what files that were read back do beside what the source means. DMC35xx. */
import { catalogue } from "../../grammar/diagnostic.js";

/** A place in an artefact as a person reads it. */
interface Place {
  readonly where: string;
}

/** What to do about files that differ. It is the same for each of many findings, so that a person is told once. */
export const RESTORE_HELP =
  "restore the files by compiling again; from a fresh compile this is a fault of demarc: please report it";

/** Diagnostics of validation, DMC35xx. */
export const validateCatalogue = catalogue({
  "output-refused": {
    code: "DMC3501",
    severity: "error",
    message: (p: Place & { what: string; why: string }) => `\`${p.what}\` in ${p.where} cannot be judged: ${p.why}`,
    help: () =>
      "take it out of the file, or name the other targets with `--target`: nothing unread counts as validated",
  },
  "output-opens": {
    code: "DMC3502",
    severity: "error",
    message: (p: Place & { packet: string; point: string }) =>
      `${p.where} lets in ${p.packet} at \`${p.point}\`, which nothing permits`,
    help: () => RESTORE_HELP,
  },
  "output-closes": {
    code: "DMC3503",
    severity: "error",
    message: (p: Place & { packet: string; point: string }) =>
      `${p.where} stops ${p.packet} at \`${p.point}\`, which is permitted`,
    help: () => RESTORE_HELP,
  },
  "output-filter": {
    code: "DMC3504",
    severity: "error",
    message: (p: Place & { subject: string; what: string }) => `\`${p.subject}\`${p.where}: ${p.what}`,
    help: () => RESTORE_HELP,
  },
  "output-not-proved": {
    code: "DMC3505",
    severity: "error",
    message: (p: { subject: string; budget: string }) =>
      `what \`${p.subject}\` does is not proved: its packet sets need more than ${p.budget} steps`,
    help: () => "split its rules over several networks or links, or make them more regular",
  },
  "output-route": {
    code: "DMC3506",
    severity: "error",
    message: (p: Place & { subject: string; what: string }) => `\`${p.subject}\`${p.where}: ${p.what}`,
    help: () => RESTORE_HELP,
  },
  "output-breaks-never": {
    code: "DMC3507",
    severity: "error",
    message: (p: Place & { packet: string; invariant: string }) =>
      `${p.where} lets ${p.packet} through, against \`never ${p.invariant}\``,
    help: () => RESTORE_HELP,
  },
  "output-breaks-always": {
    code: "DMC3508",
    severity: "error",
    message: (p: Place & { packet: string; invariant: string }) =>
      `${p.where} keeps ${p.packet} from arriving, against \`always ${p.invariant}\``,
    help: () => RESTORE_HELP,
  },
} as const);
