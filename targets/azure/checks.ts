/**
 * What must hold of a slice before it can be lowered: the rules of Azure that the Terraform provider does not check, or
 * checks with a message about its own attributes. Each finding stands at the line of the source that asks for it.
 */
import type { Settings } from "../../compiler/config/settings.js";
import { formatPrefix } from "../../grammar/address.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { azureSettings } from "./builder.js";
import { azureDiagnostics } from "./catalogue.js";
import { checkCircuits } from "./checks-circuits.js";
import { checkNetwork } from "./checks-network.js";
import { checkId, parseId } from "./ids.js";
import { type AzureSlice, type CloudSlice, networkFolder, placedNetworks } from "./slice.js";
import { OUTSIDE_TAG_NAMES, TAG_NAME_LENGTH, TAG_VALUE_LENGTH } from "./text.js";

/** Reports everything that keeps a slice from being lowered. */
export function checkSlice(slice: AzureSlice, settings: Settings, diagnostics: Diagnostics): void {
  checkFolders(slice, diagnostics);
  for (const cloud of slice.clouds) {
    checkCloud(cloud, diagnostics);
    for (const hub of cloud.hubs) checkCircuits(slice, hub, diagnostics);
  }
  for (const placed of placedNetworks(slice)) checkNetwork(placed, diagnostics);
  checkTags(slice, settings, diagnostics);
}

/** A subscription must not be called like a cloud without one: both would be one folder. */
function checkFolders({ clouds }: AzureSlice, diagnostics: Diagnostics): void {
  const folders = new Map<string, string>();
  const claim = (folder: string, owner: string, span: Span): void => {
    const holder = folders.get(folder);
    folders.set(folder, holder ?? owner);
    if (holder === undefined || holder === owner) return;
    diagnostics.report(azureDiagnostics["azure-name-clash"], { name: folder, first: holder, second: owner }, span);
  };
  for (const slice of clouds) {
    const { cloud } = slice;
    const written = cloud.account?.value;
    claim(slice.folder, written === undefined ? `cloud ${cloud.name}` : `subscription ${written}`, cloud.span);
    for (const { network } of placedNetworks({ clouds: [slice] })) {
      const own = network.account;
      if (own === undefined) continue;
      claim(networkFolder(cloud, network), `subscription ${own.value}`, own.span);
      if (written !== undefined) continue;
      const wanted = `\`${cloud.name}\`, to whose hub it is connected, names none`;
      const params = { what: network.path, subscription: own.value, wanted };
      diagnostics.report(azureDiagnostics["azure-subscription"], params, own.span);
    }
  }
}

function checkCloud(slice: CloudSlice, diagnostics: Diagnostics): void {
  const { cloud, hubs } = slice;
  checkId(diagnostics, "hub", cloud.existing);
  checkId(diagnostics, "storage", cloud.flowLogs);
  if (cloud.existing !== undefined) {
    if (hubs.length > 1) {
      const params = { cloud: cloud.name, segments: hubs.length };
      diagnostics.report(azureDiagnostics["azure-existing-hub"], params, cloud.existing.span);
    }
    checkSubscription(slice, diagnostics);
    return;
  }
  const room = hubs.filter(({ prefix }) => prefix !== undefined).length;
  if (room === hubs.length) return;
  const params = { prefix: formatPrefix(cloud.hubCidr.value), cloud: cloud.name, segments: hubs.length, room };
  diagnostics.report(azureDiagnostics["azure-hub-room"], params, cloud.hubCidr.span);
}

function checkSubscription({ cloud }: CloudSlice, diagnostics: Diagnostics): void {
  const id = cloud.existing === undefined ? undefined : parseId("hub", cloud.existing.value);
  const own = cloud.account?.value;
  if (id === undefined || own === undefined || id.subscription.toLowerCase() === own.toLowerCase()) return;
  const params = { what: "existing", subscription: id.subscription, wanted: `\`${cloud.name}\` in \`${own}\`` };
  diagnostics.report(azureDiagnostics["azure-subscription"], params, cloud.existing?.span);
}

/** Tags on one resource. Source: Microsoft, "Use tags to organize your Azure resources" (limitations). */
const MAX_TAGS = 50;
/** Those that we add: `demarc:estate`, `demarc:path`, `demarc:description`. */
const OWN_TAGS = 3;

function checkTags({ design }: AzureSlice, settings: Settings, diagnostics: Diagnostics): void {
  const header = design.estate.header;
  const report = (tag: string, why: string, span: Span | undefined): void =>
    diagnostics.report(azureDiagnostics["azure-tag"], { tag, why }, span);
  const all = new Map<string, string>();
  const take = (tag: string, value: string, span: Span | undefined): void => {
    const fault = tagFault(tag, value);
    if (fault !== undefined) report(tag, fault, span);
    const twin = all.get(tag.toLowerCase());
    if (twin !== undefined && twin !== tag) report(tag, `is \`${twin}\` too: at Azure case makes no difference`, span);
    all.set(tag.toLowerCase(), tag);
  };
  for (const [tag, { value, span }] of header?.tags ?? []) take(tag, value, span);
  for (const [tag, value] of azureSettings(settings).tags) take(tag, value, undefined);
  if (all.size <= MAX_TAGS - OWN_TAGS) return;
  const last = [...all.values()].at(-1) ?? "";
  report(last, `is one too many: there is room for ${MAX_TAGS - OWN_TAGS}`, header?.span);
}

function tagFault(tag: string, value: string): string | undefined {
  if (/^(microsoft|azure|windows)/i.test(tag)) return "begins with a word that Azure keeps for itself";
  if (/^demarc:/i.test(tag)) return "is one that demarc sets itself";
  if (OUTSIDE_TAG_NAMES.test(tag)) return "holds a character that Azure does not take";
  if (tag.length > TAG_NAME_LENGTH) return `is longer than ${TAG_NAME_LENGTH} characters`;
  return value.length > TAG_VALUE_LENGTH ? `has a value longer than ${TAG_VALUE_LENGTH} characters` : undefined;
}
