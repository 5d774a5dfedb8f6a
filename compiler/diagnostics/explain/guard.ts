/** Explanations of DMC55xx: guard rails. */
import type { guardCatalogue } from "../guard-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const guardExplanations: Explanations<typeof guardCatalogue> = {
  "guard-bundle-unreadable": `\`guardrails.sources\` in \`demarc.json\` names a folder or bundle that is not there or cannot be read, or a folder of Rego
that has not been built. Guard rails that did not run have not passed, so the check fails.

    demarc guard build rails`,
  "guard-manifest-faulty": `Beside compiled guard rails lies \`manifest.json\`, which lists their rules with severities, messages and parameters, and
the digests of sources and compiled form. It is not JSON, or lacks something. \`demarc guard build\` writes it anew.`,
  "guard-digest-differs": `The SHA-256 of the compiled guard rails is not the one in their manifest: one of the two files was replaced or damaged, or
only one was committed. Nobody could say which rules such a file holds, so it is not run.`,
  "guard-bundle-stale": `A source of these guard rails was changed, added or removed after they were built. What would run is not what you read in
the folder. Build them again and commit the result with the sources.`,
  "guard-policy-broken": `The file is not WebAssembly, is cut off, or was not compiled from Rego by OPA. Build it again.`,
  "guard-policy-abi": `A compiled policy says which version of OPA's binary interface it was made for. This engine speaks version 1, from 1.2 on.
OPA 0.35 and everything later writes that.`,
  "guard-entrypoint-missing": `The compiled policy has to answer under the name that its manifest gives (\`demarc/main/results\` for the library). It was
built with other entrypoints. \`demarc guard build\` adds the right one.`,
  "guard-builtins-missing": `A rule calls built-in functions of OPA that a compiled policy leaves to its surroundings, such as \`time.now_ns\`,
\`http.send\` or \`net.cidr_expand\`. They do not exist here: a judgement must not depend on the clock or the network, and
all arithmetic on addresses is done in the input already.

Called at run time such a function would fail only where its line is reached. So the whole policy is refused at once.`,
  "guard-out-of-memory": `The evaluation was ended when it asked for more memory than guard rails may have. Rego without an index goes through whole
tables: two loops over all rules are a hundred million steps on ten thousand rules. Put one side into a set or object first
and look it up.`,
  "guard-timeout": `The evaluation was ended because it took too long: a loop over pairs of a large table, most likely. Put one side into a set
or object first and look it up. No rule of this bundle has passed.`,
  "guard-aborted": `OPA's runtime ended the evaluation by itself: two definitions of one value disagreed, or the input was refused. No rule
of this bundle has passed.`,
  "guard-undefined": `The entrypoint of a bundle must always have a value, an empty one where nothing is found. This one had none, so nobody
knows whether its rules have passed.`,
  "guard-nonsense": `The result of guard rails is an object with \`ran\`, the names of all rules that were evaluated, and \`findings\`, by the name
of the rule a list of objects \`{"subject": id, "data": {…}}\`. The message of a rule may name only keys of \`data\`.

Something in the result is of another form, so none of it is taken.`,
  "guard-rule-not-run": `The manifest lists a rule that the result does not name among those that ran, or the other way round. A rule that did not
run has not passed.`,
  "guard-subject-unknown": `A finding is shown where its subject is written. The subject must be an id of the input: a key of one of its tables, such as
\`rule:shop-9c41d07e\` or \`segment:prod\`. This one is none of them, so the finding cannot be trusted.`,
  "guard-facts-missing": `Guard rails judge facts about all packets between two segments. Computing them took more steps than are allowed, so the
rails have nothing to judge.`,
  "unknown-guard-rail": `\`demarc.json\` sets the severity, a parameter or a waiver of a guard rail that no bundle has. A misspelt name would have no
effect, and you would believe it had. \`demarc guard list\` names all rules.`,
  "unknown-guard-parameter": `\`guardrails.parameters\` sets something that this rule does not have. \`demarc explain\` and the name of the rule lists its
parameters with their defaults.`,
  "wrong-guard-parameter": `A parameter takes values of the same type as its default: a number, a text, true or false, or a list of one of these.`,
  "waiver-expired": `A waiver holds through the end of its last day in UTC. This one is over: it hides nothing any more, and the check fails until
somebody decides again.`,
  "waiver-stale": `No finding of this rule is about this subject. The exception is not needed any more, or its subject is misspelt. Left
standing, it would hide the finding silently when it comes back.

\`subject\` is an id as findings show it in JSON (\`rule:shop-9c41d07e\`); \`*\` in it stands for any characters.`,
  "waiver-incomplete": `A waiver names who answers for the exception and why it is one. Blanks say neither.`,
  "guard-rule-twice": `Two bundles have a rule of one name. Severities, parameters, waivers and the codes of findings go by the name of the rule, so
each name stands for one rule.`,
  "guard-build-failed": `\`demarc guard build\` and \`demarc guard test\` hand the Rego of a folder to \`opa\`, which refused it; or the folder is not laid
out as guard rails are: one folder for each rule, a package \`PREFIX.rules.CATEGORY.NAME\` with METADATA before it, and a set
\`findings\`. \`demarc guard init\` writes such a rule to begin with.`,
};
