/**
 * What modules of ours never do, whatever filters and routes they make: keep state where the files say, run in an account
 * that nobody named, give variables a value, show secrets, share with accounts that have no module, or let a transit
 * gateway take attachments in unasked. The readers of blocks know what such settings mean; an output may not have them.
 */
import { isArray, isObject, type JsonObject, type JsonValue } from "./json.js";
import { pointerOf, type Refusals } from "./refusals.js";

type At = readonly (string | number)[];

/** Attributes that hold a key, and nothing else may. */
const KEY = /^(?:bgp_auth_key|tunnel[12]_preshared_key)$/;
/** Settings of a transit gateway that are on by themselves or would let others in. Source: provider documentation. */
const SWITCHES = [
  "auto_accept_shared_attachments",
  "default_route_table_association",
  "default_route_table_propagation",
] as const;

/** One file of a module. */
export interface Document {
  /** `aws/111122223333`. */
  readonly folder: string;
  readonly file: string;
  readonly root: JsonValue;
}

/** Refuses what no module of ours does. */
export function checkConduct(documents: readonly Document[], refusals: Refusals): void {
  const accounts = new Set(documents.map(({ folder }) => folder.split("/")[1]));
  const hidden = new Set<string>();
  for (const { folder, root } of documents)
    for (const [name, body] of membersOf(memberOf(root, "variable")))
      if (memberOf(body, "sensitive") === true) hidden.add(`${folder}/${name}`);
  for (const { folder, file, root } of documents) {
    const refuse = (at: At, why: string): void => {
      refusals.add({ file, at: pointerOf(at) }, String(at.at(-1) ?? ""), why);
    };
    settings(root, folder, refuse);
    sharing(root, accounts, refuse);
    secrets(root, [], (name) => hidden.has(`${folder}/${name}`), refuse);
  }
}

type Refuse = (at: At, why: string) => void;

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) ? value.get(key) : undefined;
}

function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isObject(value) ? [...value] : [];
}

function blocks(root: JsonValue, type: string): readonly (readonly [string, JsonObject])[] {
  return membersOf(memberOf(memberOf(root, "resource"), type)).flatMap(([name, body]) =>
    isObject(body) ? [[name, body] as const] : [],
  );
}

function settings(root: JsonValue, folder: string, refuse: Refuse): void {
  const backend = memberOf(memberOf(root, "terraform"), "backend");
  if (backend !== undefined && !isObject(backend))
    refuse(["terraform", "backend"], "where state is kept is for `terraform init` to say");
  for (const [kind, body] of membersOf(backend))
    if (membersOf(body).length > 0 || !isObject(body))
      refuse(["terraform", "backend", kind], "where state is kept is for `terraform init` to say");
  const aws = memberOf(memberOf(root, "provider"), "aws");
  const list = isArray(aws) ? aws : aws === undefined ? [] : [aws];
  for (const [index, one] of list.entries())
    if (/\/[0-9]{12}$/.test(folder) && isObject(one) && !one.has("allowed_account_ids"))
      refuse(["provider", "aws", index], "without `allowed_account_ids` it would change any account");
  for (const [name, body] of membersOf(memberOf(root, "variable")))
    if (isObject(body) && body.has("default"))
      refuse(["variable", name, "default"], "a variable of a module has no default: who applies it says the value");
  for (const [name, body] of blocks(root, "aws_ec2_transit_gateway")) {
    for (const word of SWITCHES)
      if (body.get(word) !== "disable")
        refuse(
          ["resource", "aws_ec2_transit_gateway", name, word],
          "attachments would come in unasked: `disable` is meant",
        );
  }
}

function sharing(root: JsonValue, accounts: ReadonlySet<string | undefined>, refuse: Refuse): void {
  const type = "aws_ram_principal_association";
  for (const [name, body] of blocks(root, type)) {
    const principal = body.get("principal");
    if (typeof principal !== "string" || !accounts.has(principal))
      refuse(["resource", type, name, "principal"], "no module of the output is of this account");
  }
  for (const [name, body] of blocks(root, "aws_ram_resource_share"))
    if (body.get("allow_external_principals") !== false)
      refuse(["resource", "aws_ram_resource_share", name], "it must not let in accounts outside the organization");
}

/** Keys are sensitive variables, and sensitive variables are keys: nothing else shows them. */
function secrets(value: JsonValue, at: At, isHidden: (name: string) => boolean, refuse: Refuse): void {
  if (at[0] === "variable") return;
  if (typeof value === "string") {
    const names = [...value.matchAll(/\bvar\.([A-Za-z_][A-Za-z0-9_-]*)/g)].map(([, name = ""]) => name);
    const isKey = KEY.test(String(at.at(-1)));
    if (isKey && names.some((name) => !isHidden(name))) refuse(at, "the variable of a secret must be `sensitive`");
    if (!isKey && names.some(isHidden)) refuse(at, "a secret would be shown here");
  } else if (isArray(value)) for (const [index, one] of value.entries()) secrets(one, [...at, index], isHidden, refuse);
  else if (isObject(value)) for (const [key, one] of value) secrets(one, [...at, key], isHidden, refuse);
}
