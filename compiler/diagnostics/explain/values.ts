/** Explanations of DMC12xx: values of properties. */
import type { valuesCatalogue } from "../values-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const valuesExplanations: Explanations<typeof valuesCatalogue> = {
  "wrong-type": `Every property has a type, and values are not converted: a number in quotes is a text, an address is no
prefix. Texts stand in quotes; numbers, addresses, prefixes and words do not.

    account = "111122223333"
    asn     = 64601
    cidr    = 10.20.0.0/16`,
  "not-a-list": `The property has one value.`,
  "empty-list": `A list without items would say that there is nothing, where leaving the property away says that nothing is said.
Nothing may widen by becoming empty, so the list is refused.`,
  "value-out-of-range": `The number is outside what the property can be. VLANs are 1 to 4094 (IEEE 802.1Q). Autonomous systems are of 32
bits; 0, 23456, 65535 and 4294967295 are reserved (RFC 7607, 6793, 7300).`,
  "unknown-word": `The property takes one of a few words. A bare word here is always such a value and never the name of something
declared.`,
  "wrong-unit": `Quantities have a dimension: a bandwidth is a rate, a BFD interval is a time. \`m\` is minutes, not metres or
megabits.`,
  "missing-unit": `A bare number is no quantity: 10 what? Write the unit without a space.

    bandwidth = 10Gbps`,
  "host-bits": `A prefix names a block of addresses by its first one. Here bits after the length are set, so either the length or
the address is not what was meant. The offered prefix is the block around the address. An interface address, as in
\`address\` and \`addresses\`, keeps its host bits.`,
  "quoted-word": `Words of the language stand without quotes; a text in quotes could be anything.

    provider = aws`,
  "written-secret": `No source and no artefact ever holds the value of a secret. The property names it; the delivery fills it in.

    md5 = secret("globex-bgp")

A value that stood in a source should be considered known, and be changed.`,
  "repeated-key": `An object has each key once.`,
  "unknown-region": `Regions are known by the provider's own names; the table is part of this compiler and listed in
\`docs/reference/kinds.md\`. Azure regions are written without spaces (\`westeurope\`).`,
  "not-a-route-target": `A route target is an administrator and a number (RFC 4360, RFC 5668): a 16-bit ASN with a number up to 4294967295,
or a 32-bit ASN or an IPv4 address with a number up to 65535.

    rt = "64520:101"`,
  "one-per-family": `The property has one value for IPv4 and one for IPv6.`,
  "empty-text": `A text without characters says nothing. Leave the property away to keep its default.`,
  "ill-formed-text": `The text reaches the provider or becomes part of a name in the output, and has to have a certain form.`,
  "unknown-key": `The object takes certain keys. Others would be ignored, so they are refused.`,
  "repeated-value": `The same value stands twice in the list, which is a slip of the pen more often than meant.`,
  "covered-value": `Of two prefixes in one list the wider says all that the longer one says. At a cloud the address spaces of a
network have to be apart, and on a LAN each prefix has a gateway of its own.`,
  "control-character": `Texts reach configurations in which a line end ends a statement. A text with control characters could say
more than a text should, so it is refused.`,
};
