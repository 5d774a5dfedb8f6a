/** What makes segments distinct on the wire: numbers, VRF names and route targets. */
import type { Diagnostics } from "../../../grammar/diagnostic.js";
import { compareSpans, type Span } from "../../../grammar/source.js";
import { linksCatalogue as findings } from "../../diagnostics/links-catalogue.js";
import type { Segment } from "../../model/estate.js";
import type { Drafts } from "../declarations/drafts.js";

/** Two segments with one number, VRF or route target would not be isolated. */
export function checkSegments(drafts: Drafts, diagnostics: Diagnostics): void {
  const segments = [...drafts.sound(drafts.segments)].sort((a, b) => compareSpans(a.span, b.span));
  const asn = drafts.header?.asn?.value;
  const numbers = new Taken<number>();
  const vrfs = new Taken<string>();
  const targets = new Taken<string>();
  for (const segment of segments) {
    const { number, vrf, routeTarget, name } = segment;
    const report = (clash: Segment | undefined, at: Span, say: (other: string, related: Span) => void): void => {
      if (clash === undefined) return;
      say(clash.name, at);
      drafts.faulty.add(name);
    };
    const relate = (other: string): { readonly related: readonly { message: string; span: Span }[] } => {
      const span = drafts.segments.get(other)?.span ?? segment.span;
      return { related: [{ message: `segment \`${other}\` is declared here`, span }] };
    };
    if (number !== undefined) {
      report(numbers.take(number.value, segment), number.span, (other, at) =>
        diagnostics.report(findings["shared-number"], { number: number.value, segment: other }, at, relate(other)),
      );
    }
    report(vrfs.take(vrf.value, segment), vrf.span, (other, at) =>
      diagnostics.report(findings["shared-vrf"], { vrf: vrf.value, segment: other }, at, relate(other)),
    );
    const target =
      routeTarget?.value ?? (asn === undefined || number === undefined ? undefined : `${asn}:${number.value}`);
    if (target === undefined || drafts.faulty.has(name)) continue;
    report(targets.take(target, segment), (routeTarget ?? number ?? vrf).span, (other, at) =>
      diagnostics.report(findings["shared-route-target"], { routeTarget: target, segment: other }, at, relate(other)),
    );
  }
}

/** Which segment took a value first. */
class Taken<K> {
  private readonly first = new Map<K, Segment>();

  /** Takes a value; the segment that has it already, where one has. */
  take(value: K, segment: Segment): Segment | undefined {
    const other = this.first.get(value);
    if (other === undefined) this.first.set(value, segment);
    return other;
  }
}
