/** Explanations of DMC15xx: endpoint, service and label expressions. */
import type { expressionsCatalogue } from "../expressions-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const expressionsExplanations: Explanations<typeof expressionsCatalogue> = {
  "unknown-endpoints": `A name in an endpoint expression stands for a segment, a place (cloud, router, external), a network, a subnet or
host by its path, or a group. This one is none of them.

Subnets and hosts are reached by path from their network, never by their own name:

    allow shop.web -> shop.db on tcp/5432`,
  "unknown-member": `The path begins well, but what it begins at declares no subnet or host of that name. Only networks, subnets and
externals have members.`,
  "no-members": `A path such as \`shop.web\` leads from a network to its subnets and hosts. Segments, places, groups and hosts have no
members. To take a part of a segment, intersect or filter it:

    prod & shop
    prod where tier = "web"`,
  "not-endpoints": `The sides of a rule, what is shared, and the value of a group are endpoints. A service, a link, a policy or an
imported name has none.

    allow floor -> shop.web on std.https      // the service stands after \`on\``,
  "not-a-service": `After \`on\`, and as the value of a \`service\`, stands a set of services: a literal (\`tcp/443\`, \`udp/1024-65535\`,
\`icmp/echo-request\`, \`ip/89\`), a protocol (\`tcp\`, \`esp\`), a well-known one (\`std.https\`), an imported one (\`apps.till\`), a
declared one, \`any\`, or a combination of these.

A bare port number is not enough: say of which protocol.`,
  "wrong-operand": `Texts, truth values, numbers, quantities and dates denote no endpoints. Names and addresses are written without
quotes:

    group tills-and-cards = [tills, 10.30.1.0/24]`,
  "endpoint-host-bits": `In a prefix, the bits beyond its length are clear. \`10.20.1.0/16\` could mean the address, the /24 or the /16, so it
is not guessed. Write the prefix, or the address without a length.`,
  "undeclared-address": `A literal address, range or prefix denotes the endpoints that networks and externals declare in it, in every
segment that does. Where none does, the literal denotes nothing, and a rule with it would do nothing, or less than it
seems to.

A router's own addresses (gateways, loopbacks, link addresses) are no endpoints: filters close them.`,
  "ambiguous-address": `Segments may use the same addresses. A literal that lies in several of them does not say which one is meant. Below an
\`&\` it may, since the other operand decides:

    allow 10.0.0.0/8 & prod -> shop.db on tcp/5432`,
  "empty-endpoints": `An expression that denotes no endpoints is an error wherever it is used, each operand and list item included. Other
tools have turned an emptied source into "any source"; here nothing ever widens by becoming empty.

Only what stands right of \`-\` may be empty: subtracting nothing leaves what is written.`,
  "empty-service": `An expression that denotes no services is an error wherever it is used, each operand and list item included, apart from
what stands right of \`-\`. Ports stay tied to their protocol: \`tcp/53 & udp/53\` is empty.`,
  "bare-where": `\`where\` binds to the one term before it, which is not what \`shop + floor where tier = "web"\` seems to say. Beside \`+\`, \`-\`
and \`&\` it therefore needs parentheses:

    shop + (floor where tier = "web")
    (shop + floor) where tier = "web"`,
  "unknown-label": `No network, subnet, host or external has a label of that name, so that no endpoint could satisfy the condition.
Labels are declared where the endpoints are:

    subnet web { cidr = 10.20.1.0/24  labels = { tier = "web" } }`,
  "unknown-label-value": `The label exists, but no declaration gives it this value, so that the test could never hold. Most often the value is
misspelt; letters count as written.`,
  "label-not-everywhere": `\`tier != "web"\` and \`not tier = "web"\` do not say what should become of endpoints that have no such label at all. To
let them in silently would widen a rule, to leave them out could hollow a \`never\`. Give the label to all, or say by a
difference that those without it are meant as well:

    prod - (prod where tier = "web")`,
  "label-value-type": `Values of labels are texts and stand in quotes:

    prod where tier = "web"
    prod where tier in ["web", "api"]`,
  "recursive-definition": `Groups and services are names for sets. One that is defined by itself, directly or through others, has no value. The
finding stands at the reference that closes the circle.`,
  "definition-too-deep": `Groups and services may be defined by others, and those by others again, but not without end: so deep a chain
is a generated or hostile file, and nobody could review it. The finding stands at the definition that first goes too deep;
what is defined through it has no value either.

Write some of the names in the chain out, or list the parts side by side in one definition.`,
  "unknown-service": `The name is no service of this package, no imported one and none of \`std\`. The well-known services are reached
without import as \`std.NAME\`; the reference page on services lists them. Protocols without a name are written by number,
as in \`ip/89\`.`,
  "unknown-icmp-type": `The names of ICMP types are those of the IANA registries in kebab-case and their usual aliases; ICMP and ICMPv6 have
different ones. A type can always be written by number, with or without a code:

    icmp/echo-request
    icmp/3/4
    icmpv6/packet-too-big`,
  "call-in-expression": `Only \`secret("name")\` is written like a call, and only as the value of a property that takes a secret. Sets of endpoints
and services are combined with \`+\`, \`-\`, \`&\`, lists and \`where\`.`,
  "where-on-service": `\`where\` filters endpoints by the labels of their declarations. Services have no labels: list them, or combine them
with \`+\`, \`-\` and \`&\`.`,
};
