/** What must hold of a lowered tree: lengths and alphabets of names that follow from paths and the prefix of settings. */
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { awsDiagnostics } from "./catalogue.js";
import type { Block, Module } from "./model.js";
import { TAG_VALUE_LENGTH } from "./text.js";

/** Longest name of a kind, with its source. */
interface NameRule {
  readonly what: string;
  readonly most: number;
}

/**
 * Lengths of names. Sources: Amazon EC2 API Reference ("CreateSecurityGroup", "CreateManagedPrefixList", "Tag"), AWS
 * Direct Connect API Reference ("CreateDirectConnectGateway").
 */
const nameRules: Readonly<Partial<Record<Block["type"], NameRule>>> = {
  aws_security_group: { what: "the name of a security group", most: 255 },
  aws_ec2_managed_prefix_list: { what: "the name of a prefix list", most: 255 },
  aws_dx_gateway: { what: "the name of a Direct Connect gateway", most: 100 },
  aws_dx_transit_virtual_interface: { what: "the name of a virtual interface", most: 100 },
  aws_ram_resource_share: { what: "the name of a resource share", most: 255 },
};

/** Reports names that AWS does not take. */
export function checkTree(modules: readonly Module[], diagnostics: Diagnostics): void {
  for (const module of modules) {
    for (const block of module.blocks) {
      const fault = nameFault(block);
      if (fault === undefined) continue;
      diagnostics.report(awsDiagnostics["aws-text"], fault, block.origins[0]?.span);
    }
  }
}

function nameFault(block: Block): { what: string; text: string; why: string } | undefined {
  const rule = nameRules[block.type];
  const name = "name" in block.body ? block.body.name : undefined;
  if (rule !== undefined && name !== undefined) {
    const { what, most } = rule;
    if (name.length > most) return { what, text: name, why: `is longer than ${most} characters` };
    if (block.type === "aws_security_group") {
      if (name.startsWith("sg-")) return { what, text: name, why: "must not begin with `sg-`" };
      if (/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/.test(name)) {
        return { what, text: name, why: "holds a character that AWS does not take" };
      }
    }
  }
  const tag = "tags" in block.body ? block.body.tags.Name : undefined;
  if (tag === undefined || tag.length <= TAG_VALUE_LENGTH) return undefined;
  return { what: "the tag `Name`", text: tag, why: `is longer than ${TAG_VALUE_LENGTH} characters` };
}
