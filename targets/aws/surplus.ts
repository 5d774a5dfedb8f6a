/** Where the route plane of AWS holds or tells more than the design: listed, never an error, the filters stay exact. */
import type { Remark } from "../../compiler/contract.js";
import { formatPrefix } from "../../grammar/address.js";
import { compareCodePoints, type Span } from "../../grammar/source.js";
import { directConnectRank } from "../shared/preference.js";
import { leakRemarks } from "../shared/surplus-leaks.js";
import { announcedByTable } from "./checks-circuits.js";
import { announcedByAws } from "./lower-direct-connect.js";
import type { AwsCircuit, AwsSlice, CloudSlice } from "./slice.js";

/** The surplus routes of a slice, and links whose own settings AWS does not serve. */
export function surplusOf(slice: AwsSlice): readonly Remark[] {
  const hubs = new Set(slice.clouds.map(({ cloud }) => cloud.name));
  return [
    ...slice.clouds.flatMap((cloud) =>
      cloud.circuits.flatMap((at) => [...announced(cloud, at), ...accepted(at), ...unserved(slice, cloud, at)]),
    ),
    ...leakRemarks(slice.design, "aws", ({ meeting }) => meeting.kind === "aws-hub" && hubs.has(meeting.id)),
  ];
}

function remark(kind: Remark["kind"], subject: string, text: string, span: Span): Remark {
  return { kind, target: "aws", subject, text, sources: [span] };
}

/** What AWS tells the far end beyond its announcements: its table over a VPN, the gateway's one list over Direct Connect. */
function announced(cloud: CloudSlice, at: AwsCircuit): readonly Remark[] {
  const { circuit, near } = at;
  if (circuit.routing === "static") return [];
  const wanted = new Set(near.announces.map(({ prefix }) => formatPrefix(prefix)));
  const told =
    circuit.kind === "direct-connect"
      ? announcedByAws(cloud.circuits.filter((one) => isSibling(one, at))).map(formatPrefix)
      : announcedByTable(cloud, at);
  const extra = [...new Set(told)].filter((one) => !wanted.has(one)).sort(compareCodePoints);
  if (extra.length === 0) return [];
  const why =
    circuit.kind === "direct-connect"
      ? "all virtual interfaces of a Direct Connect gateway announce one list"
      : "a VPN connection announces every route of its table";
  const text = `AWS also announces ${extra.map((one) => `\`${one}\``).join(", ")} over \`${circuit.id}\`: ${why}`;
  return [remark("surplus-route", circuit.id, text, circuit.carries.span)];
}

function isSibling(one: AwsCircuit, at: AwsCircuit): boolean {
  return one.circuit.kind === "direct-connect" && one.circuit.domain === at.circuit.domain;
}

/** A transit gateway takes every route that a BGP peer announces; only a router of ours at the far end limits them. */
function accepted(at: AwsCircuit): readonly Remark[] {
  const { circuit, far } = at;
  if (circuit.routing === "static" || at.managed) return [];
  const others = [...new Set(far.announces.flatMap(({ except = [] }) => except.map(formatPrefix)))];
  const inside =
    others.length === 0 ? "" : `, longer ones in ${others.map((one) => `\`${one}\``).join(", ")} of others too`;
  const text = `a transit gateway takes every route that \`${far.place.name}\` announces over \`${circuit.id}\`, not only the declared ones${inside}`;
  return [remark("surplus-route", circuit.id, text, circuit.carries.span)];
}

/** Settings of a link that only the other party can carry out. */
function unserved(slice: AwsSlice, cloud: CloudSlice, at: AwsCircuit): readonly Remark[] {
  const { circuit } = at;
  const out: Remark[] = [];
  if (circuit.carries.bandwidth !== undefined) {
    const text = `\`bandwidth\` of \`${circuit.id}\`: AWS gives no segment a rate of its own`;
    out.push(remark("not-served", circuit.id, text, circuit.carries.bandwidth.span));
  }
  return [...out, ...unservedPreference(slice, cloud, at)];
}

/** `preference` towards AWS is carried out by who announces to it, and over Direct Connect in three ranks. */
function unservedPreference(slice: AwsSlice, cloud: CloudSlice, at: AwsCircuit): readonly Remark[] {
  const { circuit, far } = at;
  const rivals = cloud.circuits.some(
    (other) => other.circuit.domain === circuit.domain && other.circuit.preference !== circuit.preference,
  );
  if (!rivals || circuit.routing !== "bgp") return [];
  const rank = directConnectRank(slice.design, circuit);
  const texts: string[] = [];
  if (rank?.tied === true) {
    texts.push(
      `Direct Connect has three ranks, and \`${rank.community}\` stands for more than one; these only the AS path orders`,
    );
  }
  if (!at.managed) {
    const what =
      rank === undefined
        ? "AWS orders equal links by what the other party announces (path length)"
        : `AWS orders these links by what \`${far.place.name}\` announces: \`${rank.community}\`, see the hand-off document`;
    texts.push(what);
  }
  return texts.map((text) =>
    remark("not-served", circuit.id, `\`preference\` of \`${circuit.link.name}\`: ${text}`, circuit.link.span),
  );
}
