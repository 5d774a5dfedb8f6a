/** Explanations of DMC11xx: headers, bodies and properties of declarations. */
import type { kindsCatalogue } from "../kinds-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const kindsExplanations: Explanations<typeof kindsCatalogue> = {
  "missing-header": `Some declarations say before their body where they belong: an external \`in\` a segment, a network \`in\` a segment
\`at\` a place, a link \`between\` two places. Without that the declaration means nothing and is left out.

    network tills in pci at chi { … }`,
  "needless-header": `This kind of declaration belongs to no segment or place by a header.`,
  "repeated-header": `A declaration lies in one segment, at one place. Two networks are two declarations, even with equal prefixes.`,
  "needs-body": `This kind is described by properties in braces.`,
  "needs-value": `A service and a group are names for one expression.

    service browse = [tcp/80, tcp/443]
    group frontends = prod where tier = "web"`,
  "unknown-property": `Each kind has its properties, and others are refused: a misspelt property would otherwise be ignored, and
you would believe it to be in force. \`docs/reference/kinds.md\` lists them all.`,
  "repeated-property": `A property is given once. Where it takes several values they are one list.

    cidr = [10.20.0.0/16, 2001:db8:20::/48]`,
  "missing-property": `The declaration cannot be understood without this property. It is left out, and what depends on it is not
reported for that.`,
  "unused-property": `The property exists, but what is declared here does not use it: another provider, another system, another kind
of link, or other ends. It would have no effect, so it is refused rather than ignored.`,
  "unused-declaration": `The nested declaration exists, but has no meaning here: an \`mpls\` link carries every segment without saying so,
and only LANs at routers of ours are attached to routers.`,
};
