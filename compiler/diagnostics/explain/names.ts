/** Explanations of DMC10xx: names, and where things stand. */
import type { namesCatalogue } from "../names-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const namesExplanations: Explanations<typeof namesCatalogue> = {
  "unknown-name": `A header, a key or a nested declaration refers to something by a name that nothing in the package bears. Names
distinguish capital and small letters, and declarations may stand in any file of the package and in any order.`,
  "duplicate-name": `Segments, clouds, routers, externals, networks, groups, services and imports share one namespace, since rules
refer to all of them alike. Policies are unique among themselves, links too, and the members of one network.

The first declaration stands; the later one is left out until it has a name of its own.`,
  "wrong-kind": `The name exists, but stands for another kind of thing than belongs here. A network, for example, is \`in\` a
segment and \`at\` a cloud or router:

    network floor in prod at ash { … }`,
  "name-of-the-language": `\`std\`, \`internet\` and the names of protocols (\`tcp\`, \`udp\`, \`icmp\` …) have a meaning of their own. Nothing
shadows it, so that a rule reads the same in every package.`,
  "unknown-declaration": `A declaration begins with the word of its kind. This word is none that may stand here. Where it is a
misspelling, the declaration is known by its name all the same, and only left out.`,
  "misplaced-statement": `Rules and shares have an owner: they stand in a policy. Invariants stand in a policy or at top level.

    policy shop {
      allow shop.web -> shop.db on tcp/5432
    }`,
  "misplaced-declaration": `The kind exists and has its place elsewhere: a subnet inside a network, a host inside a network, subnet or
external, \`carries\` inside a link, everything else at top level.`,
  "misplaced-property": `A property says something about the declaration in whose body it stands. At top level there is none.`,
  "name-with-dots": `A declaration is given one name. A path such as \`shop.web\` comes about by declaring \`web\` inside \`shop\`, and is
only used to refer to it.`,
  "misplaced-import": `Imports hold for the whole package and stand at top level.`,
  "second-estate": `A package describes one estate. Two estates that must not see each other are two packages.`,
};
