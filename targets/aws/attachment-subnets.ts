/**
 * The subnets in which a transit gateway is attached to a VPC: one for each zone, for a zone without one cannot use the hub.
 *
 * The interface that the gateway puts into a subnet has an IPv4 address, and an IPv6 address where the attachment supports
 * IPv6, so the subnet must have those families. Source: Amazon EC2 API Reference,
 * "CreateTransitGatewayVpcAttachmentRequestOptions", Ipv6Support.
 */
import type { CloudAttachment } from "../../compiler/design/design.js";
import type { Network, Subnet } from "../../compiler/model/estate.js";
import type { Family } from "../../grammar/address.js";

/** The families that the attachment of a network needs: IPv4, and IPv6 where one of its subnets has it. */
export function attachmentFamilies(network: Network): readonly Family[] {
  return network.subnets.some((subnet) => hasFamily(subnet, 6)) ? [4, 6] : [4];
}

/** True where a subnet has a prefix of a family. */
export function hasFamily(subnet: Subnet, family: Family): boolean {
  return subnet.cidrs.some(({ value }) => value.family === family);
}

/** The zone of a subnet, as written or allocated. */
export function zoneOfSubnet(attachment: CloudAttachment, subnet: Subnet): string | undefined {
  return subnet.zone?.value ?? attachment.zones.get(subnet.path);
}

/** The first subnet by path of each zone that has all families, else the first with the most of them. */
export function attachmentSubnets(attachment: CloudAttachment): readonly Subnet[] {
  const families = attachmentFamilies(attachment.network);
  const score = (subnet: Subnet): number => families.filter((family) => hasFamily(subnet, family)).length;
  const byZone = new Map<string, Subnet>();
  for (const subnet of attachment.network.subnets) {
    const zone = zoneOfSubnet(attachment, subnet) ?? "";
    const best = byZone.get(zone);
    if (best === undefined || score(subnet) > score(best)) byZone.set(zone, subnet);
  }
  return [...byZone.values()];
}
