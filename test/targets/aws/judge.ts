/**
 * What AWS does with security groups, written from the AWS documentation and apart from the code that makes them: a packet
 * opens when any rule of its group, of the direction, holds the protocol, the port or ICMP type, and the other address.
 */
import { defaultSettings, type Settings } from "../../../compiler/config/settings.js";
import type { TargetOutput } from "../../../compiler/contract.js";
import type { Design } from "../../../compiler/design/design.js";
import { type Diagnostic, Diagnostics } from "../../../grammar/diagnostic.js";
import { awsTarget } from "../../../targets/aws/index.js";

/** One flow as a rule sees it: the far address as text, a protocol number and a port or ICMP type and code. */
export interface Probe {
  readonly remote: string;
  readonly protocol: number;
  readonly port?: number;
  readonly icmp?: readonly [number, number];
}

type Attributes = Readonly<Record<string, unknown>>;

/** The blocks of emitted modules, all modules together. */
export interface Emitted {
  readonly blocks: ReadonlyMap<string, ReadonlyMap<string, Attributes>>;
  readonly groupIds: ReadonlyMap<string, string>;
}

/** Compiles and returns the output with every finding. */
export function compileAws(
  design: Design,
  settings: Settings = defaultSettings,
): { readonly output: TargetOutput; readonly findings: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  const output = awsTarget.compile(design, settings, diagnostics);
  return { output, findings: diagnostics.sorted() };
}

/** Reads the JSON of emitted files. */
export function readEmitted(output: TargetOutput): Emitted {
  const blocks = new Map<string, Map<string, Attributes>>();
  const groupIds = new Map<string, string>();
  for (const { text } of output.artefacts) {
    const file = JSON.parse(text);
    for (const [type, byKey] of Object.entries<Record<string, Attributes>>(file.resource ?? {})) {
      const known = blocks.get(type) ?? new Map<string, Attributes>();
      for (const [key, body] of Object.entries(byKey)) known.set(key, body);
      blocks.set(type, known);
    }
    const ids: Record<string, string> = file.output?.security_group_ids?.value ?? {};
    for (const [path, id] of Object.entries(ids)) groupIds.set(path, id);
  }
  return { blocks, groupIds };
}

/** Whether a workload that takes the group of `path` may open (`out`) or be opened to (`in`). */
export function admits(emitted: Emitted, path: string, direction: "in" | "out", probe: Probe): boolean {
  const type = direction === "in" ? "aws_vpc_security_group_ingress_rule" : "aws_vpc_security_group_egress_rule";
  const group = emitted.groupIds.get(path);
  return [...(emitted.blocks.get(type)?.values() ?? [])].some(
    (rule) => rule.security_group_id === group && protocolFits(rule, probe) && addressFits(emitted, rule, probe.remote),
  );
}

function protocolFits(rule: Attributes, probe: Probe): boolean {
  const { ip_protocol: protocol, from_port: from, to_port: to } = rule;
  if (protocol === "-1") return true;
  const numbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
  if ((numbers[String(protocol)] ?? Number(protocol)) !== probe.protocol) return false;
  if (probe.icmp !== undefined) {
    return (from === -1 || from === probe.icmp[0]) && (to === -1 || to === probe.icmp[1]);
  }
  return probe.port === undefined || (Number(from) <= probe.port && probe.port <= Number(to));
}

function addressFits(emitted: Emitted, rule: Attributes, remote: string): boolean {
  const list = /^\$\{aws_ec2_managed_prefix_list\.(.+)\.id\}$/.exec(String(rule.prefix_list_id))?.[1];
  const cidrs =
    list === undefined
      ? [rule.cidr_ipv4, rule.cidr_ipv6].filter((one) => typeof one === "string")
      : entriesOf(emitted.blocks.get("aws_ec2_managed_prefix_list")?.get(list));
  return cidrs.some((cidr) => inCidr(String(cidr), remote));
}

function entriesOf(list: Attributes | undefined): readonly string[] {
  const entries = list?.entry;
  return Array.isArray(entries) ? entries.map((one) => String(one.cidr)) : [];
}

function inCidr(cidr: string, address: string): boolean {
  const [base = "", length = ""] = cidr.split("/");
  if (base.includes(":") !== address.includes(":")) return false;
  const bits = bitsOf(base);
  return bitsOf(address).startsWith(bits.slice(0, Number(length)));
}

/** An address as a text of zeros and ones. */
function bitsOf(address: string): string {
  if (!address.includes(":")) {
    return address
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  }
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const middle = address.includes("::") ? new Array<string>(8 - left.length - right.length).fill("0") : [];
  return [...left, ...middle, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, "0")).join("");
}
