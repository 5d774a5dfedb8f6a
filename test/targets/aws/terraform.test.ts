/** Terraform and the real provider take what the AWS target writes, and plan the rules and tables that it means. */
import type { Design } from "../../../compiler/design/design.js";
import { assert, suite } from "../../support/harness.js";
import {
  awsModules,
  needsTerraform,
  ofType,
  type Plan,
  planModule,
  ruleLines,
  tableLines,
} from "../../support/terraform.js";
import { acmeDesign, legacyDesign } from "./estates.js";
import { compileAws } from "./judge.js";

/** The plan of each module of a design, by folder. */
function plansOf(design: Design): ReadonlyMap<string, Plan> {
  const { output, findings } = compileAws(design);
  assert.equal(findings, []);
  return new Map([...awsModules(output.artefacts)].map(([folder, files]) => [folder, planModule(files)] as const));
}

suite("terraform and the AWS provider", (test) => {
  test(
    "plans two segments, a share, Direct Connect in both families and a partner's VPN",
    () => {
      const plan = plansOf(acmeDesign()).get("111122223333");
      assert.ok(plan !== undefined);
      assert.equal(tableLines(plan), [
        "use1--pci aws_ec2_transit_gateway_dx_gateway_attachment.use1--pci associated",
        "use1--pci aws_ec2_transit_gateway_dx_gateway_attachment.use1--pci propagates",
        "use1--pci aws_ec2_transit_gateway_vpc_attachment.shop 10.20.0.0/16",
        "use1--pci aws_ec2_transit_gateway_vpc_attachment.vault associated",
        "use1--pci aws_ec2_transit_gateway_vpc_attachment.vault propagates",
        "use1--prod aws_ec2_transit_gateway_dx_gateway_attachment.use1--prod propagates",
        "use1--prod aws_ec2_transit_gateway_vpc_attachment.shop associated",
        "use1--prod aws_ec2_transit_gateway_vpc_attachment.shop propagates",
        "use1--prod aws_ec2_transit_gateway_vpc_attachment.vault 10.30.1.0/24",
        "use1--prod aws_vpn_connection.globex-vpn--prod--ipv4-1 propagates",
        "use1--prod--links aws_ec2_transit_gateway_dx_gateway_attachment.use1--prod associated",
        "use1--prod--links aws_ec2_transit_gateway_vpc_attachment.shop propagates",
        "use1--prod--links aws_ec2_transit_gateway_vpc_attachment.vault 10.30.1.0/24",
        "use1--prod--links-own aws_ec2_transit_gateway_vpc_attachment.shop propagates",
        "use1--prod--links-own aws_vpn_connection.globex-vpn--prod--ipv4-1 associated",
      ]);
      assert.equal(ruleLines(plan), [
        "shop--db in tcp 5432-5432 a list",
        "shop--web in 50 all 10.1.0.0/24",
        "shop--web in 50 all 2001:db8:1::/64",
        "shop--web in icmp 8--1 10.1.0.0/24",
        "shop--web in tcp 443-443 10.1.0.0/24",
        "shop--web in tcp 443-443 10.20.1.0/24",
        "shop--web in tcp 443-443 10.20.2.0/24",
        "shop--web in tcp 443-443 2001:db8:1::/64",
        "shop--web in tcp 443-443 2001:db8:20:1::/64",
        "shop--web in tcp 443-443 2001:db8:20:2::/64",
        "shop--web out tcp 8443-8443 10.30.1.0/24",
        "vault--cards in tcp 8443-8443 10.20.1.0/24",
      ]);
      for (const { values } of ofType(plan, "aws_default_security_group")) {
        assert.equal(values.ingress, []);
        assert.equal(values.egress, []);
      }
      const [list] = ofType(plan, "aws_ec2_managed_prefix_list");
      assert.is(list?.values.max_entries, 12);
      assert.ok(Array.isArray(list?.values.entry) && list.values.entry.length === 12);
      const [hub] = ofType(plan, "aws_ec2_transit_gateway");
      assert.is(hub?.values.default_route_table_association, "disable");
      assert.is(hub?.values.default_route_table_propagation, "disable");
      const routes = ofType(plan, "aws_route").map(
        ({ name, values }) =>
          `${name.split("--")[0]} ${values.destination_cidr_block || values.destination_ipv6_cidr_block}`,
      );
      assert.equal(routes.sort(), [
        "shop 10.1.0.0/24",
        "shop 10.30.1.0/24",
        "shop 2001:db8:1::/64",
        "shop 203.0.113.0/26",
        "vault 10.20.0.0/16",
        "vault 10.31.0.0/24",
      ]);
    },
    needsTerraform(),
  );

  test(
    "plans a hub that exists, two regions, another account, static routes and both families of a carrier",
    () => {
      const plans = plansOf(legacyDesign());
      const [hub, lake] = [plans.get("111122223333"), plans.get("444455556666")];
      assert.ok(hub !== undefined && lake !== undefined);
      assert.equal(tableLines(hub), [
        "use1--prod aws_ec2_transit_gateway_dx_gateway_attachment.use1--prod associated",
        "use1--prod aws_ec2_transit_gateway_dx_gateway_attachment.use1--prod propagates",
        "use1--prod aws_ec2_transit_gateway_vpc_attachment.till associated",
        "use1--prod aws_ec2_transit_gateway_vpc_attachment.till propagates",
        "usw2--prod aws_ec2_transit_gateway_vpc_attachment_accepter.lake associated",
        "usw2--prod aws_ec2_transit_gateway_vpc_attachment_accepter.lake propagates",
        "usw2--prod aws_vpn_connection.carrier--prod--ipv4-1 propagates",
        "usw2--prod aws_vpn_connection.carrier--prod--ipv6-1 propagates",
        "usw2--prod aws_vpn_connection.depot-vpn--prod--ipv4-1 203.0.113.64/26",
        "usw2--prod--links aws_ec2_transit_gateway_vpc_attachment_accepter.lake propagates",
        "usw2--prod--links aws_vpn_connection.carrier--prod--ipv4-1 associated",
        "usw2--prod--links aws_vpn_connection.carrier--prod--ipv6-1 associated",
        "usw2--prod--links aws_vpn_connection.depot-vpn--prod--ipv4-1 associated",
      ]);
      assert.equal(ruleLines(hub), []);
      assert.is(ofType(lake, "aws_ec2_transit_gateway").length, 0);
      const [attachment] = ofType(lake, "aws_ec2_transit_gateway_vpc_attachment");
      assert.is(attachment?.values.transit_gateway_id, "transit-0123456789abcdef0");
      assert.is(attachment?.values.ipv6_support, "enable");
    },
    needsTerraform(),
  );
});
