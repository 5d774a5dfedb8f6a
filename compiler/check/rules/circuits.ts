/** Circuits of providers: what one ExpressRoute circuit carries, and the tags of one connection. */
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import { compareSpans, type Span } from "../../../grammar/source.js";
import { linksCatalogue as findings } from "../../diagnostics/links-catalogue.js";
import type { Carries } from "../../model/estate.js";
import type { Drafts } from "../declarations/drafts.js";

interface Path {
  readonly link: string;
  readonly carries: Carries;
  readonly circuit: string;
  readonly path: "primary" | "secondary";
  readonly span: Span;
}

/** Judges which circuits are used by what. */
export function checkCircuits(drafts: Drafts, diagnostics: Diagnostics): void {
  const circuits = new Map<string, Path[]>();
  for (const path of pathsOf(drafts)) {
    const others = circuits.get(path.circuit) ?? [];
    const [first] = others;
    const twin = others.find((other) => other.path === path.path);
    const clash = first !== undefined && first.carries.domain !== path.carries.domain ? first : twin;
    if (clash === undefined) {
      circuits.set(path.circuit, [...others, path]);
      continue;
    }
    const related = [{ message: "it is used here first", span: clash.span }];
    const { circuit } = path;
    if (clash !== twin || clash.carries.domain !== path.carries.domain) {
      const params = { circuit, segment: clash.carries.domain };
      diagnostics.report(findings["circuit-of-two-segments"], params, path.span, { related });
    } else {
      const at = path.carries.path?.span ?? path.span;
      diagnostics.report(findings["circuit-path-twice"], { circuit, path: path.path }, at, { related });
    }
    drafts.faultyLinks.add(path.link);
  }
  if (drafts.faultyLinks.size > 0) return;
  for (const [circuit, paths] of circuits) {
    const [only] = paths;
    if (only === undefined || paths.length > 1) continue;
    diagnostics.report(findings["circuit-with-one-path"], { circuit, path: only.path }, only.span);
  }
}

function pathsOf(drafts: Drafts): readonly Path[] {
  const found = drafts.soundLinks().flatMap((link) =>
    link.carries.flatMap((carries): readonly Path[] => {
      const { circuit, path } = carries;
      if (link.kind !== "express-route" || circuit === undefined || path === undefined) return [];
      return [{ link: link.name, carries, circuit: circuit.value, path: path.value, span: circuit.span }];
    }),
  );
  return found.sort((a, b) => compareSpans(a.span, b.span));
}

interface Tagged {
  readonly link: string;
  readonly carries: Carries;
  readonly vlan: number;
  readonly span: Span;
}

/**
 * A tag stands for one segment on a connection of a provider, whichever links name it; a link without `connection` has
 * one of its own.
 */
export function checkConnectionTags(drafts: Drafts, diagnostics: Diagnostics): void {
  const taken = new Map<string, Tagged>();
  for (const { connection, isNamed, tagged } of tagsOf(drafts)) {
    const key = JSON.stringify([isNamed, connection, tagged.carries.outerVlan?.value, tagged.vlan]);
    const first = taken.get(key);
    if (first === undefined) {
      taken.set(key, tagged);
      continue;
    }
    const related = [{ message: "it is used here first", span: first.span }];
    const params = { vlan: tagged.vlan, connection, link: first.link, segment: first.carries.domain };
    diagnostics.report(findings["connection-vlan-taken"], params, tagged.span, { related });
    drafts.faultyLinks.add(tagged.link);
  }
}

/** One tag of a connection, which is `isNamed` by its id, else by its only link. */
interface ConnectionTag {
  readonly connection: string;
  readonly isNamed: boolean;
  readonly tagged: Tagged;
}

function tagsOf(drafts: Drafts): readonly ConnectionTag[] {
  const found = drafts.soundLinks().flatMap((link) => {
    if (link.kind !== "direct-connect" && link.kind !== "interconnect") return [];
    const isNamed = link.connection !== undefined;
    const connection = link.connection?.value ?? link.name;
    return link.carries.flatMap((carries) => {
      const { vlan } = carries;
      if (vlan === undefined) return [];
      return [{ connection, isNamed, tagged: { link: link.name, carries, vlan: vlan.value, span: vlan.span } }];
    });
  });
  return found.sort((a, b) => compareSpans(a.tagged.span, b.tagged.span));
}
