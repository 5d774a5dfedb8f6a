/** The report of a compile for people: what `report/report.json` says, shortened to what somebody should read. */
import type { Remark } from "./contract.js";
import type { Report, SourcePlace } from "./report.js";
import { placeText as placeOf } from "./validate/report-findings.js";
import type { Validation } from "./validate/validate.js";
import { readText, verdictText } from "./validate/validation-json.js";

/** Limits are listed from this share of what is allowed. */
const TIGHT = 0.7;

/** What the kinds of remarks mean, in the order in which they are told. */
export const REMARK_KINDS: Readonly<Record<Remark["kind"], string>> = {
  "not-served": "something the source asks for that this output cannot give yet",
  "coarse-point": "a filter lets more through than the rule says",
  "surplus-route": "more is announced than needed; the filters keep it closed",
  "residual-exposure": "what replies, fragments and ICMP errors let in",
};

/** The text of a report, Markdown with a final newline. */
export function reportMarkdown(report: Report, validation: Validation): string {
  const parts = [
    `# Report of ${code(report.estate)}`,
    ...proofParts(report),
    ...validationParts(validation),
    ...notServedParts(report),
    ...remarkParts(report),
    ...limitParts(report),
    ...guardParts(report),
    ...expiryParts(report),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Words of a user, without what Markdown would read as markup, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/([\\*_[\]<>#|])/g, "\\$1");
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${ticks}${pad}${text.replace(/\s+/g, " ")}${pad}${ticks}`;
}

function placeText({ file, line }: SourcePlace): string {
  return code(`${file}:${line}`);
}

function list(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.map((item) => `- ${item}`).join("\n");
}

function proofParts({ proofs, axioms }: Report): readonly string[] {
  const items = proofs.map((proof) => {
    const because = proof.because === undefined ? "" : ` (${plain(proof.because)})`;
    const head = `${proof.status}: ${code(`${proof.kind} ${proof.text}`)}${because}, ${placeText(proof.source)}`;
    const aside = [
      ...proof.unenforced.map((one) => ["nobody enforces", one] as const),
      ...proof.accepted.map((one) => ["accepted by name", one] as const),
    ].map(([what, one]) => `  - ${what}: ${code(`${one.source} -> ${one.destination} on ${one.service}`)}`);
    return [head, ...aside].join("\n");
  });
  const rests = axioms.map(({ text, about }) => (about === undefined ? plain(text) : `${code(about)}: ${plain(text)}`));
  return [
    "## Proofs",
    list(items, "The source has no invariants."),
    "They rest on what no file of this output enforces:",
    list(rests, "Nothing."),
  ];
}

function validationParts(validation: Validation): readonly string[] {
  const { targets, unread, size, invariants, coarse, surplus, assumptions, handedOff } = validation;
  const items = [
    ...targets.map(
      ({ target, files, filters, tables, sessions }) =>
        `${target}: ${files} files, ${filters} filters, ${tables} tables, ${sessions} sessions`,
    ),
    ...unread.map((target) => `${target}: not read, it has no reader yet; nothing of it is validated`),
  ];
  const proved = invariants.filter((one) => one.status === "proved").length;
  const beside = [
    `${size.points} comparisons of filters with what is meant, over ${size.rules} rules`,
    `${size.routes} routes, ${size.ways} ways followed from where endpoints stand`,
    ...(invariants.length === 0 ? [] : [`${proved} of ${invariants.length} invariants proved again on what was read`]),
    ...(coarse.length === 0
      ? []
      : [`coarser where they stand, cut by others on the way or accepted: ${coarse.length}`]),
    ...(surplus.length === 0 ? [] : [`routes that meeting places leak beyond their shares: ${surplus.length}`]),
    ...(handedOff.length === 0 ? [] : [`points that another party types, and nobody read: ${handedOff.length}`]),
  ];
  const rests = assumptions.map(({ text, place }) => `${plain(text)} (${code(placeOf(place))})`);
  return [
    "## Validation",
    `Read back ${readText(validation)}: ${verdictText(validation)}.`,
    list([...items, ...beside], ""),
    "It rests on the axioms above and on what the readers take for granted:",
    list(rests, "Nothing."),
  ];
}

function notServedParts({ notServed }: Report): readonly string[] {
  const items = notServed.map((one) =>
    "place" in one
      ? `${code(one.place)}: ${code(one.platform)} is not compiled by this version`
      : `${code(one.subject)} (${one.target}): ${one.text}`,
  );
  return ["## Not served", list(items, "Everything that the source asks for is in this output.")];
}

function remarkParts({ targets }: Report): readonly string[] {
  const all = Object.entries(targets).flatMap(([target, { remarks }]) =>
    remarks.map((remark) => ({ ...remark, target })),
  );
  return Object.entries(REMARK_KINDS).flatMap(([kind, meaning]) => {
    const found = kind === "not-served" ? [] : all.filter((remark) => remark.kind === kind);
    if (found.length === 0) return [];
    const items = found.map(({ subject, target, text }) => `${code(subject)} (${target}): ${text}`);
    return [`## Remarks: ${kind}`, `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`, list(items, "")];
  });
}

function limitParts({ targets }: Report): readonly string[] {
  const tight = Object.entries(targets).flatMap(([target, { limits }]) =>
    limits.filter(({ used, allowed }) => used > TIGHT * allowed).map((limit) => ({ ...limit, target })),
  );
  const items = tight.map(
    ({ subject, target, limit, used, allowed, source }) =>
      `${code(subject)} (${target}): ${code(limit)} ${used} of ${allowed}, by ${plain(source)}`,
  );
  return ["## Limits used to more than 70 %", list(items, "None.")];
}

function guardParts({ guardRails: { rules, waivers } }: Report): readonly string[] {
  const found = rules.filter((rule) => rule.findings + rule.waived > 0);
  const items = found.map(({ name, severity, findings, waived }) => {
    const aside = waived === 0 ? "" : `, ${waived} waived`;
    return `${code(name)} (${severity}): ${findings}${aside}`;
  });
  const waived = waivers.map(({ rule, subject, owner, reason, until }) => {
    const about = subject === undefined ? "" : ` about ${code(subject)}`;
    return `until ${until}: ${code(rule)}${about}, ${plain(owner)}: ${plain(reason)}`;
  });
  const none = rules.length === 0 ? "No guard rails were asked." : `${rules.length} rules ran and found nothing.`;
  return [
    "## Guard rails",
    list(items, none),
    ...(waived.length === 0 ? [] : ["Waivers that hold:", list(waived, "")]),
  ];
}

function expiryParts({ expiries }: Report): readonly string[] {
  const items = expiries.map(({ until, kind, id, owner, ticket, source }) => {
    const who = owner === undefined ? "" : `, ${plain(owner)}`;
    const why = ticket === undefined ? "" : `, ${plain(ticket)}`;
    return `${until}: ${kind} ${code(id)}${who}${why}, ${placeText(source)}`;
  });
  return ["## Rules and shares that end", list(items, "None.")];
}
