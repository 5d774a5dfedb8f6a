/** ExpressRoute circuits: one private peering each, so one segment, over two paths. */
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
