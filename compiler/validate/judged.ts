/** What validation is handed and what it finds: data, worded in `report-findings.ts`. */
import type { Family } from "../../grammar/address.js";
import type { Span } from "../../grammar/source.js";
import type { Settings } from "../config/settings.js";
import type { Design } from "../design/design.js";
import type { InvariantStatement } from "../model/estate.js";
import type { Relations } from "../relations/relations.js";
import type { Packet, PacketRegion } from "./packet-set.js";
import type { ArtefactPlace, Readback } from "./readback.js";

/** What was read back, of which places. */
export interface ReadTarget {
  readonly target: string;
  /** Names of the places that the target emits for. */
  readonly places: readonly string[];
  readonly readback: Readback;
}

/** Everything a judgement needs. */
export interface Subject {
  readonly relations: Relations;
  readonly design: Design;
  readonly settings: Settings;
  readonly read: readonly ReadTarget[];
  /** Steps that the packet sets of one point may take; absent: `PACKET_BUDGET`. */
  readonly budget?: number;
}

/** A difference of one filter from what its point has to admit. */
export interface FilterFinding {
  readonly plane: "filter";
  /** `opens`: admits what nobody permits; `closes`: stops what somebody permits. */
  readonly kind: "opens" | "closes";
  /** Id of the point (`floor@ash/in`). */
  readonly point: string;
  readonly family: Family;
  readonly witness: Packet;
  readonly regions: readonly PacketRegion[];
  /** The rule of the artefact that decides about the witness. */
  readonly place: ArtefactPlace;
  /** The statement that permits the witness, or nothing where none does. */
  readonly source?: Span;
}

/** Something that is missing from the files, or there without a reason. */
export interface StructureFinding {
  readonly plane: "filter" | "route";
  readonly kind:
    | "no-filter"
    | "stray-filter"
    | "stray-interface"
    | "missing-interface"
    | "interface-differs"
    | "missing-device"
    | "session-differs"
    | "missing-session"
    | "stray-session"
    | "stray-path"
    | "stray-table"
    | "stray-route-target"
    | "route-missing"
    | "route-surplus"
    | "announce-missing"
    | "announce-surplus"
    | "accept-missing"
    | "accept-surplus"
    | "re-export";
  /** What it is about: a point, an interface, a circuit, a table. */
  readonly subject: string;
  /** What is wrong, as a clause. */
  readonly what: string;
  readonly place?: ArtefactPlace;
  readonly source?: Span;
}

/** A question that took too many steps. */
export interface UnprovedFinding {
  readonly plane: "filter" | "route" | "invariant";
  readonly kind: "not-proved";
  readonly subject: string;
  readonly budget: number;
}

/** An invariant that does not hold of what was read, whatever the source says. */
export interface InvariantFinding {
  readonly plane: "invariant";
  /** `never-open`: filters and routes let a packet through; `always-closed`: something on its way stops one. */
  readonly kind: "never-open" | "always-closed";
  readonly invariant: InvariantStatement;
  readonly family: Family;
  readonly witness: Packet;
  readonly regions: readonly PacketRegion[];
  /** The last rule that lets the witness through, or what stops it. */
  readonly place: ArtefactPlace;
}

/** Anything that keeps an output from being good. */
export type Finding = FilterFinding | StructureFinding | UnprovedFinding | InvariantFinding;

/** Something that is wider than the intention where it stands, and that another filter on the way cuts, or that is accepted. */
export interface Coarse {
  readonly point: string;
  readonly family: Family;
  readonly regions: readonly PacketRegion[];
  readonly accepted: boolean;
}
