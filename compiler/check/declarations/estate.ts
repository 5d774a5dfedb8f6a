/** Checking `estate` and `segment`. */

import { parseAddress } from "../../../grammar/address.js";
import type { Bound } from "../../bind/bind.js";
import { valuesCatalogue } from "../../diagnostics/values-catalogue.js";
import type { EstateHeader, Located, Segment } from "../../model/estate.js";
import type { Properties, Tools } from "../properties.js";
import { declared, defaulted, headerRefs, optional, propertiesOf } from "./common.js";
import type { Drafts } from "./drafts.js";

/** Checks the estate's declaration. */
export function checkEstateHeader(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  headerRefs(bound.kind, bound.declaration, bound.file, properties);
  properties.settle(new Map());
  const header: EstateHeader = {
    ...declared(bound),
    ...optional("asn", properties.integer("asn")),
    ...optional("owner", properties.text("owner")),
    tags: properties.labels("tags"),
    linkAddresses: properties.prefixes("link-addresses"),
  };
  if (properties.faulty) drafts.faultyHeader = true;
  drafts.header = header;
}

/** Checks a segment. */
export function checkSegment(bound: Bound, drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  headerRefs(bound.kind, bound.declaration, bound.file, properties);
  properties.settle(new Map());
  const base = declared(bound);
  const segment: Segment = {
    ...base,
    ...optional("owner", properties.text("owner")),
    ...optional("description", properties.text("description")),
    ...optional("number", properties.integer("id")),
    vrf: properties.text("vrf") ?? defaulted(bound.name, base),
    ...optional("routeTarget", routeTarget(properties)),
  };
  drafts.segments.set(bound.name, segment);
  if (properties.faulty) drafts.faulty.add(bound.name);
}

/**
 * The route target, in one of the three forms of RFC 4360 and RFC 5668: a 16-bit ASN with a 32-bit number, or an address
 * or 32-bit ASN with a 16-bit number.
 */
function routeTarget(properties: Properties): Located<string> | undefined {
  const written = properties.text("rt");
  if (written === undefined || isRouteTarget(written.value)) return written;
  properties.report(valuesCatalogue["not-a-route-target"], { value: written.value }, written.span);
  return undefined;
}

function isRouteTarget(text: string): boolean {
  const match = /^([0-9.]+):(0|[1-9][0-9]{0,9})$/.exec(text);
  if (match === null) return false;
  const [, administrator = "", assigned = ""] = match;
  const number = Number(assigned);
  if (administrator.includes(".")) return parseAddress(administrator)?.family === 4 && number <= 65_535;
  if (!/^[1-9][0-9]{0,9}$/.test(administrator)) return false;
  const asn = Number(administrator);
  return asn <= 65_535 ? number <= 4_294_967_295 : asn <= 4_294_967_295 && number <= 65_535;
}
