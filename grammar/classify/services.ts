/** Service literals: `tcp/443`, `udp/1024-65535`, `icmp/echo-request`, `icmp/3/4`, `ip/47`. */
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Run } from "../classify.js";
import type { Literal } from "../literals.js";
import { serviceWords } from "../scan/word.js";

const looseService = /^([a-z0-9]+)[ \t]+([0-9]+(?:-[0-9]+)?)$/;

/** True for a protocol and its ports with blanks between them: `tcp 443`. */
export function isLooseService(text: string): boolean {
  return serviceWords.has(looseService.exec(text)?.[1] ?? "");
}

function reportLoose(run: Run, protocol: string, rest: string): undefined {
  const { text, start, end, reporter } = run;
  const instead = `${protocol}/${rest}`;
  const extras = reporter.edit(`write \`${instead}\``, true, start, end, instead);
  reporter.report(errors["faulty-ports"], { text, protocol, rest }, start, end, {
    ...extras,
    help: `write \`${instead}\``,
  });
  return undefined;
}

/** Reads `word/…`; what is no service is reported. */
export function serviceLiteral(run: Run): Literal | undefined {
  const loose = looseService.exec(run.text);
  if (loose !== null) return reportLoose(run, loose[1] ?? "", loose[2] ?? "");
  const slash = run.text.indexOf("/");
  const protocol = run.text.slice(0, slash);
  const rest = run.text.slice(slash + 1);
  if (!serviceWords.has(protocol)) return unknownProtocol(run, protocol, rest);
  if (protocol === "tcp" || protocol === "udp") return ports(run, protocol, rest);
  if (protocol === "ip") return protocolNumber(run, rest);
  return icmp(run, protocol === "icmp" ? "icmp" : "icmpv6", rest);
}

function unknownProtocol(run: Run, protocol: string, rest: string): undefined {
  const { start, end, reporter } = run;
  const lower = protocol.toLowerCase();
  const instead = serviceWords.has(lower) ? `${lower}/${rest}` : undefined;
  const extras = instead === undefined ? undefined : reporter.edit(`write \`${instead}\``, true, start, end, instead);
  reporter.report(errors["unknown-protocol"], { protocol, instead }, start, end, extras);
  return undefined;
}

function ports(run: Run, protocol: "tcp" | "udp", rest: string): Literal | undefined {
  const parts = /^([0-9]+)(?:-([0-9]+))?$/.exec(rest);
  if (parts === null) return faultyPorts(run, protocol, rest);
  const first = bounded(run, "port", parts[1] ?? "", 65535);
  const last = parts[2] === undefined ? first : bounded(run, "port", parts[2], 65535);
  if (first === undefined || last === undefined) return undefined;
  if (first <= last) return { form: "service", service: { protocol, first, last } };
  const { text, start, end, reporter } = run;
  const instead = `${protocol}/${last}-${first}`;
  reporter.report(
    errors["range-reversed"],
    { text, instead },
    start,
    end,
    reporter.edit(`write \`${instead}\``, false, start, end, instead),
  );
  return undefined;
}

function faultyPorts(run: Run, protocol: string, rest: string): undefined {
  const { text, start, end, reporter } = run;
  const dotted = /^([0-9]+)\.\.([0-9]+)$/.exec(rest);
  if (dotted !== null) {
    const instead = `${protocol}/${dotted[1]}-${dotted[2]}`;
    reporter.report(
      errors["port-range-form"],
      { instead },
      start,
      end,
      reporter.edit(`write \`${instead}\``, true, start, end, instead),
    );
  } else if (/^[a-z][a-z0-9-]*$/.test(rest) && rest !== "any") {
    reporter.report(errors["named-port"], { protocol, name: rest }, start, end);
  } else {
    reporter.report(errors["faulty-ports"], { text, protocol, rest }, start, end);
  }
  return undefined;
}

function protocolNumber(run: Run, rest: string): Literal | undefined {
  if (!/^[0-9]+$/.test(rest)) {
    run.reporter.report(errors["faulty-protocol-number"], { text: run.text }, run.start, run.end);
    return undefined;
  }
  const number = bounded(run, "protocol number", rest, 255);
  return number === undefined ? undefined : { form: "service", service: { protocol: "ip", number } };
}

function icmp(run: Run, protocol: "icmp" | "icmpv6", rest: string): Literal | undefined {
  const numbers = /^([0-9]+)(?:\/([0-9]+))?$/.exec(rest);
  if (numbers !== null) {
    const type = bounded(run, "type", numbers[1] ?? "", 255);
    const code = numbers[2] === undefined ? undefined : bounded(run, "code", numbers[2], 255);
    if (type === undefined || (numbers[2] !== undefined && code === undefined)) return undefined;
    return { form: "service", service: { protocol, type, ...(code === undefined ? {} : { code }) } };
  }
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(rest)) return { form: "service", service: { protocol, type: rest } };
  run.reporter.report(errors["faulty-icmp"], { text: run.text, protocol, rest }, run.start, run.end);
  return undefined;
}

/** A number from 0 to `most` without a leading zero; anything else is reported. */
function bounded(run: Run, what: string, digits: string, most: number): number | undefined {
  const { text, start, end, reporter } = run;
  if (digits.length > 1 && digits.startsWith("0")) {
    const plain = text.replace(/([/-])0+(?=[0-9])/g, "$1");
    reporter.report(
      errors["leading-zero"],
      { text },
      start,
      end,
      reporter.edit(`write \`${plain}\``, false, start, end, plain),
    );
    return undefined;
  }
  if (Number(digits) <= most) return Number(digits);
  reporter.report(errors["out-of-range"], { what, digits, most }, start, end);
  return undefined;
}
