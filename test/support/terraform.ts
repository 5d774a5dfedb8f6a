/**
 * The offline judge: `terraform init`, `validate` and `plan` with the real AWS provider and no network or account; `init` and
 * `validate` with that of Azure.
 *
 * Needs `terraform` on the `PATH` and a plugin directory that holds hashicorp/aws, or hashicorp/azurerm. Settings without which `plan` would call
 * AWS go into override files beside the module, which are no part of the output.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Artefact } from "../../compiler/contract.js";
import { needs } from "./needs.js";

/** Where provider plugins usually lie when nobody says. */
const usualPlugins: readonly string[] = [
  "/opt/tf-plugins",
  "/usr/local/share/terraform/plugins",
  join(homedir(), ".terraform.d", "plugins"),
];

/** The providers of HashiCorp that modules are judged with. */
export type Provider = "aws" | "azurerm";

/** The plugin directory: `DEMARC_TF_PLUGIN_DIR`, else the first usual place that holds the provider. */
export function pluginDirectory(provider: Provider = "aws"): string | undefined {
  const given = process.env.DEMARC_TF_PLUGIN_DIR;
  const places = given === undefined || given === "" ? usualPlugins : [given];
  return places.find((place) => existsSync(join(place, "registry.terraform.io", "hashicorp", provider)));
}

/** Options for a test that runs terraform: a skip that names what is missing, and time for a slow provider. */
export function needsTerraform(provider: Provider = "aws"): { readonly skip?: string; readonly timeout: number } {
  const missing = () =>
    pluginDirectory(provider) === undefined ? `the Terraform provider hashicorp/${provider}` : undefined;
  return { ...needs("terraform", missing), timeout: 600_000 };
}

/** One planned resource: its address and the values that are known before apply. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a plan of one module says. */
export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** The configuration's expressions by address: `references` of each argument that is no literal. */
  readonly references: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
}

/** One root module as text, by file name. */
export type ModuleFiles = ReadonlyMap<string, string>;

/** Groups artefacts below `aws/` by module. */
export function awsModules(artefacts: readonly Artefact[]): ReadonlyMap<string, ModuleFiles> {
  return modulesBelow("aws", artefacts);
}

/** Groups artefacts below a folder of a target by module. */
export function modulesBelow(target: string, artefacts: readonly Artefact[]): ReadonlyMap<string, ModuleFiles> {
  const modules = new Map<string, Map<string, string>>();
  for (const { path, text } of artefacts) {
    const [top, folder, name] = path.split("/");
    if (top !== target || folder === undefined || name === undefined) continue;
    const files = modules.get(folder) ?? new Map<string, string>();
    files.set(name, text);
    modules.set(folder, files);
  }
  return modules;
}

/** Runs init and validate, which need neither network nor account; throws with terraform's own words where it refuses. */
export function validateModule(files: ModuleFiles, provider: Provider): void {
  const folder = mkdtempSync(join(tmpdir(), "demarc-terraform-"));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    initAndValidate(folder, provider);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function initAndValidate(folder: string, provider: Provider): void {
  const plugins = pluginDirectory(provider) ?? "";
  terraform(folder, ["init", "-backend=false", "-input=false", "-no-color", `-plugin-dir=${plugins}`]);
  const verdict = JSON.parse(terraform(folder, ["validate", "-json"], true)) as { valid: boolean };
  if (!verdict.valid) throw new Error(`terraform validate refuses the module:\n${JSON.stringify(verdict, null, 2)}`);
}

/** Runs init, validate and plan; throws with terraform's own words where one refuses. */
export function planModule(files: ModuleFiles): Plan {
  const folder = mkdtempSync(join(tmpdir(), "demarc-terraform-"));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "offline_override.tf.json"), offlineOverride(files));
    writeFileSync(join(folder, "terraform.tfvars.json"), variableValues(files));
    initAndValidate(folder, "aws");
    terraform(folder, ["plan", "-refresh=false", "-input=false", "-lock=false", "-no-color", "-out=plan.bin"]);
    return readPlan(JSON.parse(terraform(folder, ["show", "-json", "plan.bin"])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function terraform(folder: string, args: readonly string[], mayFail = false): string {
  const config = join(folder, "terraform.rc");
  if (!existsSync(config)) writeFileSync(config, "");
  const environment = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: "1" };
  const run = spawnSync("terraform", args, { cwd: folder, env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0 && !mayFail) {
    throw new Error(`terraform ${args[0]} failed:\n${run.stdout}\n${run.stderr}`);
  }
  return run.stdout;
}

interface ProviderFile {
  readonly provider?: { readonly aws?: readonly { readonly alias: string; readonly region: string }[] };
}

/** Dummy credentials and no calls, for every alias of the module. */
function offlineOverride(files: ModuleFiles): string {
  const parsed = JSON.parse(files.get("providers.tf.json") ?? "{}") as ProviderFile;
  const aws = (parsed.provider?.aws ?? []).map(({ alias, region }) => ({
    alias,
    region,
    access_key: "offline",
    secret_key: "offline",
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    skip_requesting_account_id: true,
    allowed_account_ids: null,
  }));
  return JSON.stringify({ provider: { aws } });
}

/** A value for every variable, of a form that its validation takes. */
function variableValues(files: ModuleFiles): string {
  const parsed = JSON.parse(files.get("variables.tf.json") ?? "{}") as { variable?: Record<string, unknown> };
  const values: Record<string, string> = {};
  for (const name of Object.keys(parsed.variable ?? {})) values[name] = valueFor(name);
  return JSON.stringify(values);
}

function valueFor(name: string): string {
  if (name.startsWith("public_")) return "198.51.100.20";
  if (name.startsWith("connection_")) return "dxcon-ffffffff";
  if (name.startsWith("flow_log_role_")) return "arn:aws:iam::111122223333:role/flow-logs";
  if (name.startsWith("secret_")) return "Secret.For.Tests.1";
  return `${name.split("_")[0]}-0123456789abcdef0`;
}

interface ShownPlan {
  readonly planned_values: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  readonly configuration: {
    readonly root_module: {
      readonly resources?: readonly { readonly address: string; readonly expressions?: Record<string, unknown> }[];
    };
  };
}

function readPlan(shown: ShownPlan): Plan {
  const references = new Map<string, Record<string, readonly string[]>>();
  for (const { address, expressions } of shown.configuration.root_module.resources ?? []) {
    const found: Record<string, readonly string[]> = {};
    for (const [name, expression] of Object.entries(expressions ?? {})) {
      const list = referencesOf(expression);
      if (list.length > 0) found[name] = list;
    }
    references.set(address, found);
  }
  return { resources: shown.planned_values.root_module.resources ?? [], references };
}

function referencesOf(expression: unknown): readonly string[] {
  if (typeof expression !== "object" || expression === null || !("references" in expression)) return [];
  return Array.isArray(expression.references) ? expression.references.map(String) : [];
}

/** The planned resources of a type. */
export function ofType(plan: Plan, type: string): readonly PlannedResource[] {
  return plan.resources.filter((resource) => resource.type === type);
}

/** A security group rule in one line: group, direction, protocol, ports, other side. */
export function ruleLines(plan: Plan): readonly string[] {
  const lines: string[] = [];
  for (const [type, direction] of [
    ["aws_vpc_security_group_ingress_rule", "in"],
    ["aws_vpc_security_group_egress_rule", "out"],
  ] as const) {
    for (const { address, values } of ofType(plan, type)) {
      const references = plan.references.get(address) ?? {};
      const group = references.security_group_id?.find((one) => !one.endsWith(".id"))?.split(".")[1];
      const list = references.prefix_list_id?.find((one) => !one.endsWith(".id"))?.split(".")[1];
      const ports = typeof values.from_port === "number" ? `${values.from_port}-${values.to_port}` : "all";
      const side = values.cidr_ipv4 ?? values.cidr_ipv6 ?? (list === undefined ? "nothing" : "a list");
      lines.push(`${group} ${direction} ${values.ip_protocol} ${ports} ${side}`);
    }
  }
  return lines.sort();
}

/** What fills and uses each route table of the transit gateway, in one line each. */
export function tableLines(plan: Plan): readonly string[] {
  const lines: string[] = [];
  for (const [kind, word] of [
    ["association", "associated"],
    ["propagation", "propagates"],
  ] as const) {
    for (const { address } of ofType(plan, `aws_ec2_transit_gateway_route_table_${kind}`)) {
      lines.push(`${tableAndTarget(plan, address)} ${word}`);
    }
  }
  for (const { address, values } of ofType(plan, "aws_ec2_transit_gateway_route")) {
    lines.push(`${tableAndTarget(plan, address)} ${values.destination_cidr_block}`);
  }
  return lines.sort();
}

function tableAndTarget(plan: Plan, address: string): string {
  const references = plan.references.get(address) ?? {};
  const table = references.transit_gateway_route_table_id?.find((one) => !one.endsWith(".id"))?.split(".")[1];
  const target = references.transit_gateway_attachment_id?.at(-1)?.replace(/^data\./, "");
  return `${table} ${target?.split(".").slice(0, 2).join(".")}`;
}
