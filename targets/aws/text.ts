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
  return shortened(plainText(text).replaceAll(OUTSIDE, "_").trim(), DESCRIPTION_LENGTH);
}

/** Longest value of a tag. Source: "Tag naming limits and requirements", Tagging AWS resources. */
export const TAG_VALUE_LENGTH = 256;

/** Characters that not every service takes in a tag. Source: "Tag naming limits and requirements", Tagging AWS resources. */
export const OUTSIDE_TAGS = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u;

/** A text as the value of a tag that every service takes; empty where nothing is left of it. */
export function tagText(text: string): string {
  return shortened(plainText(text).replaceAll(new RegExp(OUTSIDE_TAGS, "gu"), "_").trim(), TAG_VALUE_LENGTH);
}

/** Arrows become words, quotation marks go, blanks of every kind become one space. */
function plainText(text: string): string {
  return text.replaceAll("<->", "both ways with").replaceAll("->", "to").replaceAll('"', "").replaceAll(/\s+/g, " ");
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}
