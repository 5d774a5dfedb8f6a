/** Values of the tree: literal text, which the printer escapes, and expressions, which Terraform evaluates. */

/** A Terraform expression, without the braces: `aws_vpc.shop.id`. */
export interface Expression {
  readonly expression: string;
}

/** Literal text, or an expression that gives text. */
export type Text = string | Expression;

/** A value as Terraform JSON can hold it. An object with the one key `expression` is an `Expression`. */
export type Value = string | number | boolean | Expression | readonly Value[] | { readonly [key: string]: Value };

/** True where a value is an expression. */
export function isExpression(value: unknown): value is Expression {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === "expression";
}
