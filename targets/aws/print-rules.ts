/** Rules of security groups as resources: nodes of one known shape, whose attributes are written in order as they stand. */
import type { ProvenanceEntry } from "../../compiler/contract.js";
import { quoted, valueText } from "../shared/terraform/json.js";
import type { Module } from "./model.js";
import { ref } from "./model.js";
import {
  type KeyedRule,
  keyedRules,
  type RuleCause,
  type RuleMatch,
  type RuleSide,
  ruleText,
  ruleTypes,
} from "./rules.js";
import { descriptionText } from "./text.js";

/** The resources of one type: members of the JSON object that holds them, and where each comes from. */
export interface PrintedRules {
  readonly type: string;
  readonly members: readonly string[];
  readonly provenance: readonly ProvenanceEntry[];
}

/** The rules of a module as members at the depth of resources, by type and key. Types without a rule are left out. */
export function printRules(module: Module, file: string): readonly PrintedRules[] {
  const lines = new RuleLines();
  return (["out", "in"] as const).flatMap((direction) => {
    const type = ruleTypes[direction];
    const members: string[] = [];
    const provenance: ProvenanceEntry[] = [];
    for (const subnet of module.rules) {
      for (const one of keyedRules(subnet, direction)) {
        members.push(lines.member(one, subnet.region));
        // Neither the type nor the key holds a character that a JSON pointer escapes.
        const at = `/resource/${type}/${one.key}`;
        for (const { origins } of one.rule.causes) {
          for (const { id, span } of origins) provenance.push({ file, at, id, source: span });
        }
      }
    }
    return members.length === 0 ? [] : [{ type, members, provenance }];
  });
}

/** The attributes of rules. What many rules share is made once. */
class RuleLines {
  private readonly sides = new Map<RuleSide, string>();
  private readonly from = new Map<RuleMatch, string>();
  private readonly to = new Map<RuleMatch, string>();
  private readonly descriptions = new Map<readonly RuleCause[], string>();
  private readonly groups = new Map<string, string>();

  /** One resource. Attributes come in code-point order: the prefix list alone stands behind the protocol. */
  member({ key, group, rule: { match, side, causes } }: KeyedRule, region: string): string {
    const list = side.attribute === "prefix_list_id";
    const at = made(this.sides, side, () => attribute(side.attribute, valueText(side.value, "")));
    const description = made(this.descriptions, causes, () =>
      attribute("description", quoted(descriptionText(ruleText(causes)))),
    );
    const from = made(this.from, match, () => portAttribute("from_port", match.from_port) + protocol(match));
    const owner = made(this.groups, `${region} ${group.key}`, () => {
      const id = valueText(ref("aws_security_group", group.key, "id"), "");
      return attribute("provider", quoted(`aws.${region}`)) + attribute("security_group_id", id);
    });
    const to = made(this.to, match, () => portAttribute("to_port", match.to_port));
    const attributes = `${list ? "" : at}${description}${from}${list ? at : ""}${owner}${to}`;
    return `      "${key}": {${attributes.slice(0, -1)}\n      }`;
  }
}

/** One attribute on a line of its own, with the comma that follows unless it is the last. */
function attribute(name: string, value: string): string {
  return `\n        "${name}": ${value},`;
}

function portAttribute(name: string, port: number | undefined): string {
  return port === undefined ? "" : attribute(name, String(port));
}

function protocol(match: RuleMatch): string {
  return attribute("ip_protocol", quoted(match.ip_protocol));
}

function made<K>(known: Map<K, string>, key: K, make: () => string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = make();
  known.set(key, text);
  return text;
}
