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
import { edgeWords, isHost, tagsOf } from "./lan.js";
import type { NetworkScope } from "./networks.js";

type Cidrs = readonly Located<Prefix>[];

/** Properties that stand in each `attach` and not beside it. */
const INSIDE_ATTACH = ["interface", "vlan", "outer-vlan", "address"] as const;

/**
 * Checks the `attach` declarations of a LAN. `own` is the attachment that the LAN itself describes; where it is empty,
 * the first `attach` is of the router that the network is at.
 */
export function checkAttachments(
  lan: Properties,
  cidrs: Cidrs,
  gateways: readonly Located<Address>[],
  own: readonly LanAttachment[],
  scope: NetworkScope,
): readonly LanAttachment[] {
  if (own.length === 0) {
    const names = nestedOf(lan.declaration, "attach").map(({ name }) => refText(name));
    const at = names.find((name) => name === scope.place?.name);
    for (const property of at === undefined ? [] : INSIDE_ATTACH) {
      if (!lan.has(property)) continue;
      lan.report(findings["property-beside-attach"], { property, at: at ?? "" }, lan.keySpan(property));
    }
  }
  const attachments = [...own];
  for (const declaration of nestedOf(lan.declaration, "attach")) {
    const made = checkAttach(declaration, lan, cidrs, attachments, scope);
    if (made !== undefined) attachments.push(made);
  }
  reportSharedAddresses(lan, gateways, attachments);
  return attachments;
}

/** Each router has addresses of its own, and the gateway is another. */
function reportSharedAddresses(
  lan: Properties,
  gateways: readonly Located<Address>[],
  attachments: readonly LanAttachment[],
): void {
  const taken = new Map(
    gateways.map((gateway) => [formatAddress(gateway.value), { what: "the gateway", span: gateway.span }]),
  );
  for (const { router, addresses } of attachments) {
    for (const { value, span } of addresses) {
      const address = formatAddress(value.address);
      const other = taken.get(address);
      if (other === undefined) {
        taken.set(address, { what: `the address of router \`${router}\``, span });
        continue;
      }
      const related = [{ message: "it is first used here", span: other.span }];
      lan.report(findings["router-address-twice"], { address, other: other.what }, span, { related });
    }
  }
}

function checkAttach(
  declaration: Declaration,
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
    else if (earlier !== undefined) {
      const related = [{ message: "the first is here", span: earlier.span }];
      properties.report(findings["repeated-attach"], { router }, span, { related });
    } else if (before.length > 0 && router === place?.name) {
      properties.report(findings["first-attach"], { router }, span);
    }
  }
  if (!lan.has("next-hop")) checkOwnAddresses(properties, router, cidrs, addresses);
  const isLost = symbol === undefined || drafts.faulty.has(router);
  if (properties.faulty || isLost) lan.fail();
  if (name === undefined || symbol === undefined) return undefined;
  return { router, interface: name, ...tags, addresses, span: properties.span };
}

/** Reports addresses of a router that are not on the LAN with its length, and families of its prefixes without one. */
export function checkOwnAddresses(
  properties: Properties,
  router: string,
  cidrs: Cidrs,
  addresses: LanAttachment["addresses"],
): void {
  if (cidrs.length === 0 || addresses.length === 0) return;
  for (const { value, span } of addresses) {
    const prefix = cidrs.find((cidr) => addressIn(cidr.value, value.address))?.value;
    const isOnLan = prefix !== undefined && prefix.length === value.length;
    if (isOnLan && isHost(prefix, value.address)) continue;
    const edge = isOnLan ? { edge: edgeWords(prefix, value.address) } : {};
    const params = { address: formatInterfaceAddress(value), cidrs: prefixList(cidrs), ...edge };
    properties.report(findings["address-off-lan"], params, span);
  }
  for (const family of [4, 6] as const) {
    const isWanted = cidrs.some(({ value }) => value.family === family);
    if (!isWanted || addresses.some(({ value }) => value.address.family === family)) continue;
    properties.report(findings["address-family"], { family: familyName(family), router }, properties.span);
  }
}
