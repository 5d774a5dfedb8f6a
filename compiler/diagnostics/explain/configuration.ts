/** Explanations of DMC50xx: `demarc.json`. */
import type { configurationDiagnostics } from "../configuration-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const configurationExplanations: Explanations<typeof configurationDiagnostics> = {
  "settings-unreadable": `\`demarc.json\` lies beside the sources and could not be read: no permission, a directory of that name,
not UTF-8, or larger than 1 MB. Compiling on with defaults could lift a limit or drop an accepted gap silently, so
nothing is compiled.

Make the file readable, or take it away: it is optional.`,
  "settings-not-json": `\`demarc.json\` is not JSON as RFC 8259 has it. The underline shows where reading stopped.

JSON has no comments, no comma after the last item, keys in double quotes, and no key twice in one object.`,
  "unknown-setting": `The file holds a key that demarc does not know at this place. A misspelt setting would otherwise be
ignored, and you would believe it to be in force.

The keys are \`out\`, \`guardrails\`, \`accept\`, \`limits\` and \`targets\`. An editor that reads JSON Schema completes
them from \`demarc.schema.json\`, which ships with the package.`,
  "wrong-setting": `The setting exists, but not with this value: another type, a name that is none, or a number out of range.
The help line says what it takes.`,
  "setting-missing": `An entry lacks a key that it needs. A waiver, for example, needs a rule, an owner, a reason and a last day:

    { "rule": "any-service", "owner": "security", "reason": "old switch", "until": "2027-06-30" }`,
  "guardrails-not-evaluated": `\`guardrails\` names rules written in Rego, severities or waivers, and the program that judges this package cannot evaluate
them. A guard rail that did not run has not passed, so this is always said.`,
  "unknown-gap": `\`accept\` names a gap that does not exist. A misspelt gap would accept nothing, and one that a later version
knows might accept more than you meant.

The gaps are listed under \`accept\` in the reference of the command line.`,
  "gap-of-other-target": `\`accept\` names a gap for a target that does not have it, so that nothing would be accepted. \`residual-reply\` is a gap
of the proofs and takes no target; \`part-of-subnet\` is one of \`aws\`.

    "accept": ["residual-reply", { "gap": "part-of-subnet", "target": "aws" }]`,
  "out-leaves-package": `\`out\` in \`demarc.json\` is an absolute path, leads out of the package with \`..\`, or is the package itself. The file is
committed with the sources, and checking out somebody's package must not decide what is written elsewhere on your machine.

Name a folder inside the package. Whoever runs the command can write anywhere with \`-o\`.`,
  "rails-leave-package": `\`guardrails.sources\` in \`demarc.json\` has an absolute path, or one that leads out of the package with \`..\`. Guard rails are
committed with the package that they judge, so that every check of it, on any machine and from any folder, runs the same.`,
};
