/** The reader and its filters against a naive evaluator of AWS, on packets at the edges of what stands in the files. */
import { generateEstate } from "../../../bench/generate.js";
import type { Artefact } from "../../../compiler/contract.js";
import { compilePackage, estateNames, type PackageFiles, readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";
import { compareAws } from "../../support/oracle/aws/compare.js";
import { acmeDesign, legacyDesign, shopDesign } from "./estates.js";
import { compileAws } from "./judge.js";
import { inTable, moduleFile, ref, shopWith } from "./read-modules.js";

const slow = { timeout: 60_000 };
const EXISTING = { "vpc-0a1b2c3d4e5f60718": ["10.40.0.0/16"] };

function agree(files: readonly Artefact[], packets: number): void {
  const { answers, admitted, differences } = compareAws(files, { packets, seed: 1, existing: EXISTING });
  assert.equal(differences, []);
  assert.ok(answers > packets && admitted > 0 && admitted < answers, `${admitted} of ${answers}`);
}

async function compiled(files: PackageFiles): Promise<readonly Artefact[]> {
  return (await compilePackage(files, ["aws"])).outputs.get("aws")?.artefacts ?? [];
}

suite("the AWS reader against a naive evaluator", (test) => {
  for (const [name, design] of Object.entries({ shop: shopDesign, acme: acmeDesign, legacy: legacyDesign })) {
    test(`agrees on the ${name} design`, () => agree(compileAws(design()).output.artefacts, 4000), slow);
  }

  for (const name of estateNames()) {
    test(`agrees on the estate ${name}`, async () => agree(await compiled(readEstate(name)), 4000), slow);
  }

  test(
    "agrees on generated estates",
    async () => {
      for (const seed of [3, 4]) {
        agree(await compiled(Object.fromEntries(generateEstate({ rules: 60, seed }))), 3000);
      }
    },
    slow,
  );

  test("agrees on what the compiler never writes: denies, ports and types in ACLs, default tables, blackholes", () => {
    const entry = (rule_number: number, more: Readonly<Record<string, unknown>>) => ({
      network_acl_id: ref("aws_network_acl.shop"),
      rule_number,
      rule_action: "allow",
      protocol: "-1",
      cidr_block: "10.0.0.0/8",
      ...more,
    });
    agree(
      [
        moduleFile(
          shopWith(
            {
              "aws_network_acl_rule.deny": entry(50, { cidr_block: "10.1.0.0/25", rule_action: "deny" }),
              "aws_network_acl_rule.in": entry(60, { protocol: "6", from_port: 80, to_port: 443 }),
              "aws_network_acl_rule.ping": entry(70, { protocol: "1", icmp_type: 8, icmp_code: -1 }),
              "aws_network_acl_rule.gre": entry(80, { protocol: "47", egress: true }),
              "aws_ec2_transit_gateway_route.none": {
                destination_cidr_block: "10.1.0.128/25",
                blackhole: true,
                transit_gateway_route_table_id: ref("aws_ec2_transit_gateway_route_table.prod"),
              },
              "aws_vpc.lab": { cidr_block: "10.1.0.0/16" },
              "aws_subnet.lab": {
                vpc_id: ref("aws_vpc.lab"),
                cidr_block: "10.1.0.0/24",
                availability_zone: "us-east-1b",
              },
              "aws_ec2_transit_gateway_vpc_attachment.lab": {
                transit_gateway_id: ref("aws_ec2_transit_gateway.use1"),
                vpc_id: ref("aws_vpc.lab"),
                subnet_ids: [ref("aws_subnet.lab")],
              },
              "aws_ec2_transit_gateway_route_table_propagation.lab": inTable(
                "aws_ec2_transit_gateway_vpc_attachment.lab",
              ),
            },
            { subnet_ids: { "shop.web": ref("aws_subnet.web"), "lab.bench": ref("aws_subnet.lab") } },
          ),
        ),
      ],
      4000,
    );
  });
});
