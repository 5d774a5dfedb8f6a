/**
 * What a literal token denotes. A digit-led run is one token whatever it is made of, so that a faulty one gets a message
 * of its own; here it is taken for an integer, a quantity, a date, an address, a prefix, a range or a service.
 */
import { syntaxCatalogue as errors } from "./catalogue.js";
import { addressLiteral, dottedLiteral } from "./classify/addresses.js";
import { dateLiteral } from "./classify/dates.js";
import { numberLiteral } from "./classify/numbers.js";
import { serviceLiteral } from "./classify/services.js";
import type { Literal } from "./literals.js";
import type { Reporter } from "./reporter.js";
import type { Token } from "./tokens.js";

/** A literal text and where to report it. The helpers in `classify/` take one. */
export interface Run {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly reporter: Reporter;
}

/** The literal of a token; a faulty one is reported and comes back as `invalid`. */
export function classify(token: Token, reporter: Reporter): Literal {
  const { image } = token;
  if (token.shape === "run" && image.length < 10) {
    const quick = quickInteger(image);
    if (quick >= 0) return { form: "int", value: quick };
  }
  // A number and its unit are read as if they stood close: that they do not is reported already.
  const text = /^[0-9.]+[ \t]+[A-Za-z]/.test(image) ? image.replace(/[ \t]+/g, "") : image;
  const run: Run = { text, start: token.startOffset, end: token.end, reporter };
  const literal = read(run, token.shape);
  return literal ?? { form: "invalid", text };
}

/** The value of a short run of digits without a leading zero; -1 for everything else. */
function quickInteger(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    if (i === 1 && value === 0) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function read(run: Run, shape: Token["shape"]): Literal | undefined {
  const { text } = run;
  if (shape === "service") return serviceLiteral(run);
  if (port.test(text)) return unquoted(run);
  if (shape === "ipv6") return addressLiteral(run);
  if (/^[0-9]+(\.[0-9]+)?[A-Za-z]*$/.test(text)) return numberLiteral(run);
  if (/^[0-9]{3,}-[0-9]/.test(text) || /^[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}$/.test(text)) return dateLiteral(run);
  if (/^[0-9]+\.[0-9.]/.test(text)) return dottedLiteral(run);
  return unknown(run);
}

/** Names of ports and interfaces that begin with a digit: `1/1/1`, `1/1/c1/1`, `0/0.100`. */
const port = /^[0-9]+(\/[a-z]?[0-9]+)+([.:][0-9]+)?$/;

function unquoted(run: Run): undefined {
  const { text, start, end, reporter } = run;
  const extras = reporter.edit("quote it", text.split("/").length > 2, start, end, `"${text}"`);
  reporter.report(errors["unquoted-interface"], { text }, start, end, extras);
  return undefined;
}

/** Reports a run that is like nothing in particular. */
function unknown(run: Run): undefined {
  const { text, start, end, reporter } = run;
  if (/^[0-9]+(-[0-9]+)$/.test(text)) {
    reporter.report(errors["number-range"], { text }, start, end);
  } else if (/^[0-9][0-9_]*$/.test(text)) {
    const plain = text.replaceAll("_", "");
    reporter.report(
      errors["digit-groups"],
      { text },
      start,
      end,
      reporter.edit(`write \`${plain}\``, true, start, end, plain),
    );
  } else {
    reporter.report(errors["unknown-literal"], { text }, start, end);
  }
  return undefined;
}
