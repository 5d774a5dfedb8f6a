/** Addresses, prefixes, interface addresses and ranges of both families. */
import { type Address, familyBits, formatAddress, parseAddress, prefixOf } from "../address.js";
import { syntaxCatalogue as errors } from "../catalogue.js";
import type { Run } from "../classify.js";
import type { Literal } from "../literals.js";
import { dateLiteral } from "./dates.js";

/** Reads a run that begins `digits.`: IPv4, or something that was meant to be. */
export function dottedLiteral(run: Run): Literal | undefined {
  if (/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$/.test(run.text)) return dateLiteral(run);
  return addressLiteral(run);
}

const looseMask = /^([0-9.]+)[ \t]+([0-9.]+)$/;

/** True for an address and a netmask with blanks between them, as other tools write a prefix. */
export function isLooseMask(text: string): boolean {
  const parts = looseMask.exec(text);
  return parts !== null && parseAddress(parts[1] ?? "")?.family === 4 && netmaskLength(parts[2] ?? "") !== undefined;
}

/** Reads an address, prefix, interface address or range; what is none is reported. */
export function addressLiteral(run: Run): Literal | undefined {
  const { text } = run;
  const masked = looseMask.exec(text);
  if (masked !== null) return withLength(run, masked[1] ?? "", masked[2] ?? "");
  if (text.includes("..")) return range(run);
  if (text.includes("-")) return hyphenated(run);
  const slash = text.indexOf("/");
  if (slash < 0) {
    const address = wholeAddress(run, text);
    return address === undefined ? undefined : { form: "address", address };
  }
  return withLength(run, text.slice(0, slash), text.slice(slash + 1));
}

function withLength(run: Run, before: string, after: string): Literal | undefined {
  const { start, end, reporter } = run;
  const bits = before.includes(":") ? 128 : 32;
  if (!/^(0|[1-9][0-9]{0,2})$/.test(after) || Number(after) > bits) {
    const address = parseAddress(before);
    const length = address?.family === 4 ? netmaskLength(after) : undefined;
    if (length !== undefined) {
      const instead = `${before}/${length}`;
      reporter.report(
        errors.netmask,
        { instead },
        start,
        end,
        reporter.edit(`write \`${instead}\``, true, start, end, instead),
      );
    } else if (address !== undefined || wholeAddress(run, before) !== undefined) {
      reporter.report(errors["prefix-length"], { length: after, family: bits === 32 ? 4 : 6, most: bits }, start, end);
    }
    return undefined;
  }
  const address = wholeAddress(run, before, after);
  if (address === undefined) return undefined;
  const length = Number(after);
  const prefix = prefixOf(address, length);
  if (prefix.value === address.value) return { form: "prefix", prefix };
  return { form: "interface-address", value: { address, length } };
}

/** The length of a dotted netmask such as `255.255.0.0`; undefined where the text is none. */
function netmaskLength(text: string): number | undefined {
  const mask = parseAddress(text);
  if (mask?.family !== 4) return undefined;
  for (let length = 0; length <= 32; length++) {
    if (mask.value === (0xffff_ffffn << BigInt(32 - length)) % (1n << 32n)) return length;
  }
  return undefined;
}

function range(run: Run): Literal | undefined {
  const { text, start, end, reporter } = run;
  const ends = text.split("..");
  const [firstText = "", lastText = ""] = ends;
  if (ends.length !== 2 || firstText === "" || lastText === "" || /^\.|\.$/.test(lastText)) {
    reporter.report(errors["faulty-range"], { text }, start, end);
    return undefined;
  }
  if (text.includes("/")) {
    reporter.report(errors["range-of-prefixes"], { text }, start, end);
    return undefined;
  }
  const first = wholeAddress(run, firstText);
  const last = first === undefined ? undefined : wholeAddress(run, lastText);
  if (first === undefined || last === undefined) return undefined;
  if (first.family !== last.family) {
    reporter.report(errors["range-of-two-families"], { text }, start, end);
    return undefined;
  }
  if (first.value > last.value) {
    const instead = `${lastText}..${firstText}`;
    reporter.report(
      errors["range-reversed"],
      { text, instead },
      start,
      end,
      reporter.edit(`write \`${instead}\``, false, start, end, instead),
    );
    return undefined;
  }
  return { form: "range", range: { family: first.family, first: first.value, last: last.value } };
}

/** `A-B`: a range written with a hyphen, or a difference written without blanks. */
function hyphenated(run: Run): undefined {
  const { text, start, end, reporter } = run;
  const hyphen = text.indexOf("-");
  const before = text.slice(0, hyphen);
  const after = text.slice(hyphen + 1);
  const first = parseAddress(before);
  const last = parseAddress(after) ?? (/^[0-9]+$/.test(after) ? withLastPart(first, after) : undefined);
  if (first !== undefined && last !== undefined) {
    const instead = `${before}..${formatAddress(last)}`;
    reporter.report(
      errors["hyphen-range"],
      { instead },
      start,
      end,
      reporter.edit(`write \`${instead}\``, true, start, end, instead),
    );
    return undefined;
  }
  const instead = `${before} - ${after}`;
  reporter.report(
    errors["hyphen-difference"],
    { text, instead },
    start,
    end,
    reporter.edit(`write \`${instead}\``, true, start, end, instead),
  );
  return undefined;
}

/** `10.0.0.10` and `20`: `10.0.0.20`. */
function withLastPart(first: Address | undefined, part: string): Address | undefined {
  if (first?.family !== 4 || Number(part) > 255) return undefined;
  return { family: 4, value: first.value - (first.value % 256n) + BigInt(Number(part)) };
}

/** The address of a text; one that is none is reported with the reason. `length` follows it in a prefix. */
function wholeAddress(run: Run, text: string, length?: string): Address | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  const { start, end, reporter } = run;
  const family = text.includes(":") ? 6 : 4;
  const padded = family === 4 ? paddedQuad(text, length) : undefined;
  const reason = family === 4 ? ipv4Fault(text) : ipv6Fault(text);
  const extras = padded === undefined ? undefined : reporter.edit(`write \`${padded}\``, false, start, end, padded);
  reporter.report(errors["faulty-address"], { text, family, reason, instead: padded }, start, end, extras);
  return undefined;
}

/** `10.20.1` with `24` is most likely `10.20.1.0/24`; undefined where the parts are not in order. */
function paddedQuad(text: string, length: string | undefined): string | undefined {
  const parts = text.split(".");
  if (length === undefined || parts.length >= 4 || Number(length) > familyBits(4)) return undefined;
  while (parts.length < 4) parts.push("0");
  return parseAddress(parts.join(".")) === undefined ? undefined : `${parts.join(".")}/${length}`;
}

function ipv4Fault(text: string): string {
  const parts = text.split(".");
  for (const part of parts) {
    if (part === "") return "a part is empty";
    if (!/^[0-9]+$/.test(part)) return `\`${part}\` is not a number`;
    if (Number(part) > 255) return `\`${part}\` is above 255`;
    if (part.length > 1 && part.startsWith("0")) return `\`${part}\` has a leading zero`;
  }
  return `it has ${parts.length} parts of 4`;
}

function ipv6Fault(text: string): string {
  if (text.includes("%")) return "a zone has no meaning here";
  if (/^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/.test(text)) return "it looks like a MAC address";
  if (text.split("::").length > 2) return "`::` may stand once";
  if (text.includes(":::")) return "`:::` is no part of an address";
  const groups = text.split(":").filter((group) => group !== "");
  for (const group of groups) {
    if (group.includes(".")) continue;
    if (!/^[0-9A-Fa-f]+$/.test(group)) return `\`${group}\` is not hexadecimal`;
    if (group.length > 4) return `\`${group}\` has more than 4 digits`;
  }
  const quad = groups.find((group) => group.includes("."));
  if (quad !== undefined && parseAddress(quad) === undefined) return `\`${quad}\`: ${ipv4Fault(quad)}`;
  return text.includes("::") ? "`::` stands for nothing" : `it has ${groups.length} groups of 8`;
}
