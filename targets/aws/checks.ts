/**
 * What must hold of a slice before it can be lowered: the rules of AWS that the Terraform provider does not check, or
 * checks with a message about its own attributes. Each finding stands at the line of the source that asks for it.
 */
import type { Settings } from "../../compiler/config/settings.js";
import type { Design } from "../../compiler/design/design.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import type { Span } from "../../grammar/source.js";
import { awsSettings } from "./builder.js";
import { awsDiagnostics } from "./catalogue.js";
import { checkCircuits } from "./checks-circuits.js";
import { checkNetworks } from "./checks-network.js";
import { checkId } from "./ids.js";
import { type AwsSlice, awsClouds, type CloudSlice, folderOf, networkFolder } from "./slice.js";
import { OUTSIDE_TAGS, TAG_VALUE_LENGTH } from "./text.js";

/** True where an ASN is one that AWS takes for its own gateways. Source: "CreateTransitGateway", AmazonSideAsn. */
export function isGatewayAsn(asn: number): boolean {
  return (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
}

/** ASN of a transit gateway without one in the source. */
export const DEFAULT_HUB_ASN = 64_512;

/** Reports everything that keeps a slice from being lowered. */
export function checkSlice(design: Design, slice: AwsSlice, settings: Settings, diagnostics: Diagnostics): void {
  for (const cloud of awsClouds(design)) {
    if (cloud.hub === "transit-gateway") continue;
    diagnostics.report(awsDiagnostics["aws-hub-not-served"], { cloud: cloud.name }, cloud.span);
  }
  checkFolders(slice, diagnostics);
  for (const cloud of slice.clouds) {
    checkHub(design, cloud, diagnostics);
    checkNetworks(cloud, diagnostics);
    checkCircuits(slice, cloud, diagnostics);
  }
  checkTags(design, settings, diagnostics);
}

/** An account must not be called like a cloud without one: both would be one folder. */
function checkFolders(slice: AwsSlice, diagnostics: Diagnostics): void {
  const folders = new Map<string, string>();
  const claim = (folder: string, account: string | undefined, at: CloudSlice["cloud"]): void => {
    const owner = account === undefined ? `cloud ${at.name}` : `account ${account}`;
    const holder = folders.get(folder);
    folders.set(folder, holder ?? owner);
    if (holder === undefined || holder === owner) return;
    diagnostics.report(awsDiagnostics["aws-name-clash"], { name: folder, first: holder, second: owner }, at.span);
  };
  for (const one of slice.clouds) {
    checkId(diagnostics, "account", one.cloud.account);
    claim(folderOf(one.cloud), one.cloud.account?.value, one.cloud);
    for (const attachment of one.attachments) {
      const { account, path, span } = attachment.network;
      if (account === undefined) continue;
      checkId(diagnostics, "account", account);
      claim(networkFolder(one.cloud, attachment), account.value, one.cloud);
      if (one.cloud.account !== undefined) continue;
      diagnostics.report(
        awsDiagnostics["aws-shared-hub"],
        { network: path, cloud: one.cloud.name },
        account.span ?? span,
      );
    }
  }
}

function checkHub(design: Design, slice: CloudSlice, diagnostics: Diagnostics): void {
  const { cloud } = slice;
  checkId(diagnostics, "hub", cloud.existing);
  const asn = design.cloudAsns.get(cloud.name) ?? cloud.asn?.value;
  const span = cloud.asn?.span ?? cloud.span;
  if (asn !== undefined && !isGatewayAsn(asn)) diagnostics.report(awsDiagnostics["aws-hub-asn"], { asn }, span);
  for (const domain of slice.domains) {
    const gateway = `${cloud.name}/${domain}`;
    const own = design.gatewayAsns.get(gateway);
    if (own === undefined) continue;
    const why = gatewayAsnFault(own, asn);
    const at = cloud.gatewayAsns.get(domain)?.span ?? cloud.span;
    if (why !== undefined) diagnostics.report(awsDiagnostics["aws-gateway-asn"], { asn: own, gateway, why }, at);
  }
}

function gatewayAsnFault(asn: number, hubAsn: number | undefined): string | undefined {
  if (!isGatewayAsn(asn)) return "AWS takes private ASNs only";
  if (asn === hubAsn) return "the transit gateway has it";
  if (hubAsn === undefined && asn === DEFAULT_HUB_ASN) return "a transit gateway has it where none is written";
  return undefined;
}

/** Tags of everything: AWS takes 50 of limited length, and none that begins with `aws:`. */
function checkTags(design: Design, settings: Settings, diagnostics: Diagnostics): void {
  const header = design.estate.header;
  const tags = new Map([...(header?.tags ?? [])].map(([key, value]) => [key, value] as const));
  for (const [key, { value, span }] of tags) checkTag(diagnostics, key, value, span);
  for (const [key, value] of awsSettings(settings).tags) checkTag(diagnostics, key, value, undefined);
  const all = new Set([...tags.keys(), ...awsSettings(settings).tags.keys()]);
  if (all.size > MAX_TAGS - OWN_TAGS) {
    const params = {
      what: "the estate has",
      text: `${all.size} tags`,
      why: `and AWS has room for ${MAX_TAGS - OWN_TAGS}`,
    };
    diagnostics.report(awsDiagnostics["aws-text"], params, header?.span);
  }
}

/** Tags on one object. Source: "Tag your Amazon EC2 resources". */
const MAX_TAGS = 50;
/** Those that we add: `Name`, `demarc:path`, `demarc:description`, `demarc:estate`. */
const OWN_TAGS = 4;

function checkTag(diagnostics: Diagnostics, key: string, value: string, span: Span | undefined): void {
  const fault = tagFault(key, value);
  if (fault !== undefined)
    diagnostics.report(awsDiagnostics["aws-text"], { what: "the tag", text: key, why: fault }, span);
}

function tagFault(key: string, value: string): string | undefined {
  if (/^aws:/i.test(key)) return "begins with `aws:`, which AWS keeps for itself";
  if (key.length > 128) return "is longer than 128 characters";
  if (key === "Name" || key.startsWith("demarc:")) return "is one that demarc sets itself";
  if (OUTSIDE_TAGS.test(key) || OUTSIDE_TAGS.test(value)) return "holds a character that AWS does not take everywhere";
  return value.length > TAG_VALUE_LENGTH ? `has a value longer than ${TAG_VALUE_LENGTH} characters` : undefined;
}
