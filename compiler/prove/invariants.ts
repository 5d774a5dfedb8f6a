/** Proves `never` and `always` over every packet, on the intent. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { GapName } from "../config/gaps.js";
import { accepts, type Settings } from "../config/settings.js";
import { proveCatalogue as say } from "../diagnostics/prove-catalogue.js";
import { relationsCatalogue } from "../diagnostics/relations-catalogue.js";
import type { DomainId, InvariantStatement } from "../model/estate.js";
import { flowBox } from "../relations/boxes.js";
import type { Box, PairRelation } from "../relations/pair.js";
import type { Relations } from "../relations/relations.js";
import { BudgetExceeded, type FlowSet } from "../sets/engine.js";
import { estateAxioms } from "./axioms.js";
import type { NamedRegion, Proof, ProofStatus, Proofs } from "./proof.js";
import { answeredRules, openingRules, whyClosed } from "./reasons.js";
import {
  type ConcreteFlow,
  NOT_STOPPED,
  pickFlow,
  sentence,
  serviceListText,
  type Witness,
  witnessOf,
} from "./witness.js";

/** Name under which `demarc.json` accepts what replies of protocols other than TCP leave open. */
const RESIDUAL_REPLY: GapName = "residual-reply";

interface Part {
  readonly pair: PairRelation;
  readonly box: Box;
  readonly asked: FlowSet;
}

interface Refutation {
  readonly pair: PairRelation;
  readonly flow: ConcreteFlow;
  readonly set: FlowSet;
  readonly byReply: boolean;
}

/** Proves every invariant of the estate and reports those that fail. */
export function proveInvariants(relations: Relations, settings: Settings, diagnostics: Diagnostics): Proofs {
  const proofs = relations.estate.invariants.map((invariant) => {
    try {
      return invariant.kind === "never"
        ? proveNever(relations, invariant, settings, diagnostics)
        : proveAlways(relations, invariant, diagnostics);
    } catch (thrown) {
      if (!(thrown instanceof BudgetExceeded)) throw thrown;
      diagnostics.report(say["not-proved"], { why: `${thrown.message}` }, invariant.span);
      return outcome(invariant, "not-proved");
    }
  });
  return { proofs, axioms: estateAxioms(relations.estate) };
}

function outcome(invariant: InvariantStatement, status: ProofStatus, more: Partial<Proof> = {}): Proof {
  return { invariant, status, unenforced: [], accepted: [], except: [], ...more };
}

/** The parts of an invariant: one per flow and ordered pair of domains. */
function partsOf(relations: Relations, invariant: InvariantStatement): readonly Part[] {
  const pairs = invariant.flows.flatMap((flow) =>
    flow.source.domains().flatMap((from) => flow.destination.domains().map((to) => [flow, from, to] as const)),
  );
  return pairs.flatMap(([flow, from, to]) => {
    const sides = flowBox(flow, from, to, invariant.service, relations.hiding);
    if (sides === undefined) return [];
    const box: Box = { ...sides, service: invariant.service };
    const pair = relations.pair(from, to);
    const asked = pair.box(box);
    return pair.isVoid(asked) ? [] : [{ pair, box, asked }];
  });
}

function proveNever(
  relations: Relations,
  invariant: InvariantStatement,
  settings: Settings,
  diagnostics: Diagnostics,
): Proof {
  const parts = partsOf(relations, invariant);
  if (isHidden(invariant, parts)) return reportHidden(invariant, diagnostics);
  const accepted = accepts(settings, RESIDUAL_REPLY);
  let refutation: Refutation | undefined;
  const unenforced: NamedRegion[] = [];
  const residual: NamedRegion[] = [];
  let enforced = parts.length === 0;
  for (const { pair, asked } of parts) {
    const open = pair.open().intersect(asked);
    refutation ??= refute(relations, pair, open, false);
    // A violation found is told, whatever the rest would take.
    if (refutation !== undefined) break;
    const replies = pair.residual().intersect(asked).subtract(pair.open());
    if (accepted) residual.push(...named(relations, pair, replies));
    else refutation ??= refute(relations, pair, replies, true);
    const nobody = pair.unenforced().intersect(asked);
    unenforced.push(...named(relations, pair, nobody));
    enforced ||= !pair.isVoid(asked.subtract(nobody));
  }
  if (refutation !== undefined) return reportNever(relations, invariant, refutation, diagnostics);
  if (!enforced) {
    const where =
      unenforced.map((region) => `between \`${region.source}\` and \`${region.destination}\``)[0] ?? "there";
    diagnostics.report(say["nothing-enforced"], { where }, invariant.span);
    return outcome(invariant, "refuted", { unenforced });
  }
  const status = relations.estate.omitted.any ? "withheld" : "proved";
  return outcome(invariant, status, { unenforced, accepted: residual });
}

/** True where longer prefixes take away every flow that an invariant names: it would hold by saying nothing. */
function isHidden(invariant: InvariantStatement, parts: readonly Part[]): boolean {
  return parts.length === 0 && invariant.flows.length > 0;
}

function reportHidden(invariant: InvariantStatement, diagnostics: Diagnostics): Proof {
  diagnostics.report(relationsCatalogue["hidden-flow"], { rule: invariant.text }, invariant.span);
  return outcome(invariant, "not-proved");
}

function refute(relations: Relations, pair: PairRelation, set: FlowSet, byReply: boolean): Refutation | undefined {
  const flow = pickFlow(relations, pair, set);
  return flow === undefined ? undefined : { pair, flow, set, byReply };
}

function reportNever(
  relations: Relations,
  invariant: InvariantStatement,
  refutation: Refutation,
  diagnostics: Diagnostics,
): Proof {
  const { pair, flow, set, byReply } = refutation;
  const witness = witnessOf(relations, flow);
  const rules = byReply ? answeredRules(relations, flow) : openingRules(relations, flow);
  const related = rules.map((rule) => ({ message: byReply ? "its replies" : "opened here", span: rule.span }));
  const data = { witness: { ...witness } };
  if (byReply) {
    const text = sentence(relations, pair, flow, "reaches");
    diagnostics.report(say["never-violated-by-reply"], { witness: text }, invariant.span, { related, data });
  } else {
    const text = sentence(relations, pair, flow, "can open");
    const affected = affectedText(pair.pairs(set));
    diagnostics.report(say["never-violated"], { witness: text, affected }, invariant.span, { related, data });
  }
  return outcome(invariant, "refuted", { witness });
}

/** Counts are told exactly up to this; beyond it only their order of magnitude says anything. */
const MAX_EXACT = 1_000_000n;

/** How many pairs of endpoints a violation is about, as a clause. */
export function affectedText(pairs: bigint): string {
  if (pairs === 1n) return "1 pair of endpoints is affected";
  if (pairs <= MAX_EXACT) return `${pairs} pairs of endpoints are affected`;
  return `more than 10^${String(pairs - 1n).length - 1} pairs of endpoints are affected`;
}

function proveAlways(relations: Relations, invariant: InvariantStatement, diagnostics: Diagnostics): Proof {
  if (relations.estate.omitted.any) return outcome(invariant, "withheld");
  const parts = partsOf(relations, invariant);
  if (isHidden(invariant, parts)) return reportHidden(invariant, diagnostics);
  for (const { pair, asked } of parts) {
    const missing = asked.subtract(pair.open());
    // A flow that is filtered says more of what is missing than one that nobody filters.
    const filtered = pickFlow(relations, pair, missing.subtract(pair.unenforced()));
    const flow = filtered ?? pickFlow(relations, pair, missing);
    if (flow === undefined) continue;
    const witness: Witness = witnessOf(relations, flow);
    const why = whyClosed(relations, flow);
    diagnostics.report(
      say["always-violated"],
      {
        witness: sentence(relations, pair, flow, filtered === undefined ? NOT_STOPPED : "cannot open"),
        why: why.message,
        ...(why.mend === undefined ? {} : { mend: why.mend }),
      },
      invariant.span,
      { data: { witness: { ...witness } } },
    );
    return outcome(invariant, "refuted", { witness });
  }
  return outcome(invariant, "proved");
}

function named(relations: Relations, pair: PairRelation, set: FlowSet): readonly NamedRegion[] {
  return pair.regions(set).map((region) => nameRegion(relations, pair.from, pair.to, region));
}

/** A region in the estate's own names. */
export function nameRegion(relations: Relations, from: DomainId, to: DomainId, region: Box): NamedRegion {
  return {
    source: relations.naming.describe(from, region.source),
    destination: relations.naming.describe(to, region.destination),
    service: serviceListText(region.service, region.source.families()[0]),
  };
}
