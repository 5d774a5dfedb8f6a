/** Texts in the alphabets of AWS. */

/** Longest description of a security group or rule. Source: Amazon EC2 API Reference, "SecurityGroupRule". */
export const DESCRIPTION_LENGTH = 255;

const OUTSIDE = /[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g;

/**
 * A text as a description of a security group or rule: letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`, at most 255.
 * Arrows become words, quotation marks go, every other character becomes `_`. Source: Amazon EC2 API Reference,
 * "CreateSecurityGroup", parameter GroupDescription.
 */
export function descriptionText(text: string): string {
  const plain = text
    .replaceAll("<->", "both ways with")
    .replaceAll("->", "to")
    .replaceAll('"', "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(OUTSIDE, "_")
    .trim();
  return plain.length <= DESCRIPTION_LENGTH ? plain : `${plain.slice(0, DESCRIPTION_LENGTH - 3).trimEnd()}...`;
}
