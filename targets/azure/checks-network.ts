/** What must hold of networks and subnets at Azure. */
import { nsgMatches } from "../../compiler/design/nsg-lines.js";
import type { Subnet } from "../../compiler/model/estate.js";
import { addressIn, formatAddress, prefixRange } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { azureDiagnostics } from "./catalogue.js";
import { checkId, parseId } from "./ids.js";
import { networkFolder, type Placed } from "./slice.js";

/** Checks one network with its subnets. */
export function checkNetwork(placed: Placed, diagnostics: Diagnostics): void {
  const { network, cloud } = placed;
  checkId(diagnostics, "network", network.existing);
  const id = network.existing === undefined ? undefined : parseId("network", network.existing.value);
  const folder = networkFolder(cloud.cloud, network);
  const known = network.account ?? cloud.cloud.account;
  if (id !== undefined && known !== undefined && id.subscription.toLowerCase() !== folder.toLowerCase()) {
    const params = { what: network.path, subscription: id.subscription, wanted: `its module in \`${folder}\`` };
    diagnostics.report(azureDiagnostics["azure-subscription"], params, network.existing?.span);
  }
  for (const subnet of network.subnets) {
    checkExisting(placed, subnet, diagnostics);
    checkPrefixes(subnet, diagnostics);
    checkHosts(subnet, diagnostics);
    checkProbes(subnet, diagnostics);
  }
}

/** A subnet that exists lies in the network that exists. */
function checkExisting({ network }: Placed, subnet: Subnet, diagnostics: Diagnostics): void {
  checkId(diagnostics, "subnet", subnet.existing);
  checkId(diagnostics, "table", subnet.routeTable);
  if (subnet.existing === undefined) return;
  const why =
    network.existing === undefined
      ? "would be made"
      : subnet.existing.value.startsWith(`${network.existing.value}/`)
        ? undefined
        : "is another than the one in its id";
  if (why === undefined) return;
  const params = { subnet: subnet.path, network: network.path, why };
  diagnostics.report(azureDiagnostics["azure-existing-subnet"], params, subnet.existing.span);
}

function checkPrefixes(subnet: Subnet, diagnostics: Diagnostics): void {
  if (subnet.cidrs.length < 2) return;
  const params = { subnet: subnet.path, count: subnet.cidrs.length };
  diagnostics.report(azureDiagnostics["azure-subnet-prefixes"], params, subnet.cidrs[1]?.span);
}

/** Azure keeps the first four addresses and the last. Source: Microsoft, "Azure Virtual Network FAQ" (reserved addresses). */
function checkHosts(subnet: Subnet, diagnostics: Diagnostics): void {
  for (const host of subnet.hosts) {
    for (const { value, span } of host.addresses) {
      const prefix = subnet.cidrs.map((cidr) => cidr.value).find((one) => addressIn(one, value));
      if (prefix === undefined) continue;
      const { first, last } = prefixRange(prefix);
      if (value.value > first + 3n && value.value < last) continue;
      const params = { address: formatAddress(value), subnet: subnet.path };
      diagnostics.report(azureDiagnostics["azure-reserved-address"], params, span);
    }
  }
}

/** What probes open is exactly what the source says, or nothing. */
function checkProbes(subnet: Subnet, diagnostics: Diagnostics): void {
  const probes = subnet.healthProbes;
  if (probes === undefined) return;
  const asked = probes.value.forFamily(4);
  if (nsgMatches(probes.value).every(({ service }) => asked.containsSet(service))) return;
  diagnostics.report(azureDiagnostics["azure-probe-service"], { subnet: subnet.path }, probes.span);
}
