/** Integers and quantities. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Run } from "../classify.js";
import type { Literal } from "../literals.js";
import { meantUnit, units } from "../units.js";

/** Reads `64512`, `10Gbps`, `1.5s`; anything else of digits, one point and letters is reported. */
export function numberLiteral(run: Run): Literal | undefined {
  const { text, start, end, reporter } = run;
  const parts = /^([0-9]+)(\.[0-9]+)?([A-Za-z]*)$/.exec(text);
  const digits = parts?.[1] ?? "";
  const fraction = parts?.[2] ?? "";
  const unit = parts?.[3] ?? "";
  if (digits.length > 1 && digits.startsWith("0")) return leadingZero(run, digits, fraction + unit);
  const value = Number(digits + fraction);
  if (unit === "") {
    if (fraction !== "") {
      reporter.report(errors["decimal-without-unit"], { text }, start, end);
      return undefined;
    }
    return integer(run, value);
  }
  const known = units.get(unit);
  if (known === undefined) return unknownUnit(run, digits + fraction, unit);
  const scaled = Math.round(value * known.factor);
  if (!Number.isSafeInteger(scaled)) return integer(run, scaled);
  if (Math.abs(value * known.factor - scaled) > 1e-6) {
    reporter.report(errors["too-fine"], { text, least: known.dimension === "rate" ? "1bps" : "1ms" }, start, end);
    return undefined;
  }
  return { form: "quantity", dimension: known.dimension, value: scaled, text };
}

function integer(run: Run, value: number): Literal | undefined {
  if (Number.isSafeInteger(value)) return { form: "int", value };
  run.reporter.report(errors["number-too-large"], { text: run.text }, run.start, run.end);
  return undefined;
}

function leadingZero(run: Run, digits: string, rest: string): undefined {
  const { text, start, end, reporter } = run;
  const plain = digits.replace(/^0+(?=.)/, "") + rest;
  reporter.report(
    errors["leading-zero"],
    { text },
    start,
    end,
    reporter.edit(`write \`${plain}\``, false, start, end, plain),
  );
  return undefined;
}

function unknownUnit(run: Run, number: string, unit: string): undefined {
  const { start, end, reporter } = run;
  const meant = meantUnit(unit);
  const instead = meant === undefined ? undefined : number + meant;
  const certain = meant?.toLowerCase() === unit.toLowerCase();
  const extras =
    instead === undefined ? undefined : reporter.edit(`write \`${instead}\``, certain, start, end, instead);
  reporter.report(errors["unknown-unit"], { unit, instead }, start, end, extras);
  return undefined;
}
