/** Checking `attach`: one LAN on several routers. */
import {
  type Address,
  addressIn,
  formatAddress,
  formatInterfaceAddress,
  type Prefix,
} from "../../../grammar/address.js";
import type { Declaration } from "../../../grammar/syntax/nodes.js";
import { isMissing, refText, spanIn } from "../../bind/lookup.js";
import { addressesCatalogue as findings } from "../../diagnostics/addresses-catalogue.js";
import type { LanAttachment, Located } from "../../model/estate.js";
import { kinds } from "../../schema/kinds.js";
import { Properties } from "../properties.js";
import { familyName } from "../values/decode.js";
import { headerRefs, nestedOf } from "./common.js";
import { prefixList } from "./hosts.js";
import { isHost, tagsOf } from "./lan.js";
import type { NetworkScope } from "./networks.js";

type Cidrs = readonly Located<Prefix>[];

/** Properties that stand in each `attach` and not beside it. */
const INSIDE_ATTACH = ["interface", "vlan", "outer-vlan", "address"] as const;

/** Checks the `attach` declarations of a LAN. */
export function checkAttachments(
  lan: Properties,
  cidrs: Cidrs,
  gateways: readonly Located<Address>[],
  scope: NetworkScope,
): readonly LanAttachment[] {
  for (const property of INSIDE_ATTACH) {
    if (lan.has(property)) lan.report(findings["property-beside-attach"], { property }, lan.keySpan(property));
  }
  const attachments: LanAttachment[] = [];
  const taken = new Map(
    gateways.map((gateway) => [formatAddress(gateway.value), { what: "the gateway", span: gateway.span }]),
  );
  for (const [index, declaration] of nestedOf(lan.declaration, "attach").entries()) {
    const made = checkAttach(declaration, index === 0, lan, cidrs, attachments, scope);
    if (made === undefined) continue;
    attachments.push(made);
    for (const { value, span } of made.addresses) {
      const address = formatAddress(value.address);
      const other = taken.get(address);
      if (other === undefined) taken.set(address, { what: `the address of router \`${made.router}\``, span });
      else {
        const related = [{ message: "it is first used here", span: other.span }];
        lan.report(findings["router-address-twice"], { address, other: other.what }, span, { related });
      }
    }
  }
  return attachments;
}

function checkAttach(
  declaration: Declaration,
  isFirst: boolean,
  lan: Properties,
  cidrs: Cidrs,
  before: readonly LanAttachment[],
  { place, drafts, tools }: NetworkScope,
): LanAttachment | undefined {
  const { file } = lan;
  const properties = new Properties(kinds.attach, declaration, file, tools);
  headerRefs(kinds.attach, declaration, file, properties);
  properties.settle(new Map());
  const symbol = isMissing(declaration.name) ? undefined : tools.lookup.ref(declaration.name, file, ["router"]);
  const name = properties.text("interface");
  const addresses = properties.interfaceAddresses("address");
  const tags = tagsOf(properties);
  const router = refText(declaration.name);
  if (symbol !== undefined) {
    const span = spanIn(file, declaration.name);
    const earlier = before.find((each) => each.router === router);
    if (drafts.tags.get(router) === "unmanaged") properties.report(findings["unmanaged-attach"], { router }, span);
    else if (isFirst && place !== undefined && router !== place.name) {
      properties.report(findings["first-attach"], { router, at: place.name }, span);
    } else if (earlier !== undefined) {
      const related = [{ message: "the first is here", span: earlier.span }];
      properties.report(findings["repeated-attach"], { router }, span, { related });
    }
  }
  if (!lan.has("next-hop")) checkOwnAddresses(properties, router, cidrs, addresses);
  const isLost = symbol === undefined || drafts.faulty.has(router);
  if (properties.faulty || isLost) lan.fail();
  if (name === undefined || symbol === undefined) return undefined;
  return { router, interface: name, ...tags, addresses, span: properties.span };
}

/** A router's own addresses lie on the LAN, with its length, one for each family of its prefixes. */
function checkOwnAddresses(
  properties: Properties,
  router: string,
  cidrs: Cidrs,
  addresses: LanAttachment["addresses"],
): void {
  if (cidrs.length === 0 || addresses.length === 0) return;
  for (const { value, span } of addresses) {
    const prefix = cidrs.find((cidr) => addressIn(cidr.value, value.address))?.value;
    if (prefix !== undefined && prefix.length === value.length && isHost(prefix, value.address)) continue;
    const params = { address: formatInterfaceAddress(value), cidrs: prefixList(cidrs) };
    properties.report(findings["address-off-lan"], params, span);
  }
  for (const family of [4, 6] as const) {
    const isWanted = cidrs.some(({ value }) => value.family === family);
    if (!isWanted || addresses.some(({ value }) => value.address.family === family)) continue;
    properties.report(findings["address-family"], { family: familyName(family), router }, properties.span);
  }
}
