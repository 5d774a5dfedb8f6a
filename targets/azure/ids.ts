/**
 * Resource ids of Azure: `/subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/<type>/<name>…`. Ids follow
 * from names, so that modules of several subscriptions refer to each other without asking for anything.
 */
import type { Located } from "../../compiler/model/estate.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { azureDiagnostics } from "./catalogue.js";

const GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const NAME = "[^/\\s]+";
const HEAD = `^/subscriptions/(${GUID})/resourceGroups/(${NAME})/providers/`;

/** Kinds of ids that a source may name. The provider takes their words in this case only. */
export const idForms = {
  hub: { tail: `Microsoft\\.Network/virtualHubs/(${NAME})$`, what: "a virtual hub", example: "virtualHubs/hub-prod" },
  network: {
    tail: `Microsoft\\.Network/virtualNetworks/(${NAME})$`,
    what: "a virtual network",
    example: "virtualNetworks/vnet-shop",
  },
  subnet: {
    tail: `Microsoft\\.Network/virtualNetworks/(${NAME})/subnets/(${NAME})$`,
    what: "a subnet",
    example: "virtualNetworks/vnet-shop/subnets/web",
  },
  table: {
    tail: `Microsoft\\.Network/routeTables/(${NAME})$`,
    what: "a route table",
    example: "routeTables/rt-shop",
  },
  circuit: {
    tail: `Microsoft\\.Network/expressRouteCircuits/(${NAME})$`,
    what: "an ExpressRoute circuit",
    example: "expressRouteCircuits/er-frankfurt",
  },
  storage: {
    tail: "Microsoft\\.Storage/storageAccounts/([a-z0-9]{3,24})$",
    what: "a storage account",
    example: "storageAccounts/flowlogs",
  },
} as const;

/** What an id says. */
export interface ResourceId {
  readonly subscription: string;
  readonly group: string;
  /** Names along the path: of a subnet its network's and its own. */
  readonly names: readonly string[];
}

/** The parts of an id of a kind; undefined where the text is none. */
export function parseId(kind: keyof typeof idForms, text: string): ResourceId | undefined {
  const match = new RegExp(`${HEAD}${idForms[kind].tail}`).exec(text);
  if (match === null) return undefined;
  const [, subscription = "", group = "", ...names] = match;
  return { subscription, group, names };
}

/** Reports an id that has not the form of its kind. */
export function checkId(diagnostics: Diagnostics, kind: keyof typeof idForms, id: Located<string> | undefined): void {
  if (id === undefined || parseId(kind, id.value) !== undefined) return;
  const { what, example } = idForms[kind];
  diagnostics.report(azureDiagnostics["azure-id"], { id: id.value, what, example }, id.span);
}

/** The id of a virtual network. */
export function networkId(subscription: string, group: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${name}`;
}
