/** The filter plane that the reader makes of small modules: exact filters and bindings. */
import { AddressSet } from "../../../compiler/sets/address-set.js";
import { addresses } from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";
import {
  FILE,
  FOLDER,
  filterOf,
  type Json,
  moduleFile,
  readOf,
  ref,
  same,
  shop,
  shopChanged,
  shopWith,
} from "./read-modules.js";

const at = (pointer: string) => ({ file: FILE, at: pointer });

suite("the filter plane of an AWS module", (test) => {
  test("a group is stateful, a union, and drops what no rule admits; both directions stand at its workloads", () => {
    const readback = readOf(moduleFile(shop()));
    same(filterOf(readback, "aws_security_group.web/in"), {
      id: `${FOLDER}/aws_security_group.web/in`,
      name: "web",
      state: "stateful",
      evaluation: "union",
      rules: [
        {
          name: "https",
          action: "admit",
          matches: [
            {
              family: 4,
              source: addresses("10.1.0.0/24"),
              destination: AddressSet.allOf(4),
              transports: [{ protocols: [[6, 6]], fragments: ["whole", "first"], destinationPorts: [[443, 443]] }],
            },
          ],
          at: at("/resource/aws_vpc_security_group_ingress_rule/https"),
        },
      ],
      otherwise: "drop",
      at: at("/resource/aws_security_group/web"),
    });
    same(filterOf(readback, "aws_security_group.web/out")?.rules, [], "Terraform takes the open egress away");
    const where = { kind: "workloads", path: "shop.web", attachment: `${FOLDER}/aws_subnet.web` };
    same(
      readback.bindings.filter((binding) => binding.where.kind === "workloads"),
      (["in", "out"] as const).map((direction) => ({
        filters: [`${FOLDER}/aws_security_group.web/${direction}`],
        direction,
        families: [4, 6],
        where,
        at: at("/output/security_group_ids/value/shop.web"),
      })),
    );
  });

  test("trap: security groups of one workload are a union, not a chain", () => {
    const readback = readOf(
      moduleFile(
        shopWith(
          {
            "aws_security_group.ops": { vpc_id: ref("aws_vpc.shop") },
            "aws_vpc_security_group_ingress_rule.ssh": {
              security_group_id: ref("aws_security_group.ops"),
              ip_protocol: "tcp",
              from_port: 22,
              to_port: 22,
              cidr_ipv4: "10.9.0.0/24",
            },
          },
          { security_group_ids: { "shop.web": [ref("aws_security_group.web"), ref("aws_security_group.ops")] } },
        ),
      ),
    );
    same(
      filterOf(readback, "shop.web/in")?.rules.map(({ name }) => name),
      ["https", "ssh"],
    );
    const taken = readback.bindings.find(({ where, direction }) => where.kind === "workloads" && direction === "in");
    same(taken?.filters, [`${FOLDER}/shop.web/in`]);
  });

  test("a host has the subnet of its path", () => {
    const readback = readOf(
      moduleFile(
        shopWith(
          { "aws_security_group.orders": { vpc_id: ref("aws_vpc.shop") } },
          { security_group_ids: { "shop.web.orders": ref("aws_security_group.orders") } },
        ),
      ),
    );
    const taken = readback.bindings.find(({ where }) => where.kind === "workloads");
    same(taken?.where, { kind: "workloads", path: "shop.web.orders", attachment: `${FOLDER}/aws_subnet.web` });
  });

  const transports = (body: Json) => {
    const rule = { security_group_id: ref("aws_security_group.web"), cidr_ipv4: "10.1.0.0/24", ...body };
    const readback = readOf(moduleFile(shopWith({ "aws_vpc_security_group_ingress_rule.https": rule })));
    return filterOf(readback, "aws_security_group.web/in")?.rules[0]?.matches[0]?.transports;
  };

  test("-1 is every protocol; a number takes no ports; ICMP has type and code in the place of ports", () => {
    same(transports({ ip_protocol: "-1" }), [{}]);
    same(transports({ ip_protocol: "47" }), [{ protocols: [[47, 47]] }]);
    const icmp = { protocols: [[1, 1]] };
    same(transports({ ip_protocol: "icmp", from_port: -1, to_port: -1 }), [icmp]);
    const fragments = ["whole", "first"];
    same(transports({ ip_protocol: "icmp", from_port: 8, to_port: -1 }), [{ ...icmp, fragments, types: [[8, 8]] }]);
    same(transports({ ip_protocol: "1", from_port: 3, to_port: 4 }), [
      { ...icmp, fragments, types: [[3, 3]], codes: [[4, 4]] },
    ]);
  });

  test("trap: prefix lists live outside the rule, and an empty one admits nothing", () => {
    const withList = (entry: readonly Json[]) =>
      readOf(
        moduleFile(
          shopWith({
            "aws_ec2_managed_prefix_list.stores": { address_family: "IPv4", max_entries: 2, entry },
            "aws_vpc_security_group_ingress_rule.https": {
              security_group_id: ref("aws_security_group.web"),
              ip_protocol: "-1",
              prefix_list_id: ref("aws_ec2_managed_prefix_list.stores"),
            },
          }),
        ),
      );
    const source = (entry: readonly Json[]) =>
      filterOf(withList(entry), "aws_security_group.web/in")?.rules[0]?.matches[0]?.source;
    same(source([{ cidr: "10.3.0.0/24" }, { cidr: "10.4.0.0/24" }]), addresses("10.3.0.0/24", "10.4.0.0/24"));
    assert.ok(source([])?.isEmpty());
  });

  test("trap: a network ACL is stateless, first match by number, families and directions apart, at the subnet's edge", () => {
    const entry = (number: number, more: Json): Json => ({
      network_acl_id: ref("aws_network_acl.shop"),
      rule_number: number,
      rule_action: "allow",
      protocol: "-1",
      ...more,
    });
    const readback = readOf(
      moduleFile(
        shopWith({
          "aws_network_acl_rule.in": entry(200, { cidr_block: "0.0.0.0/0" }),
          "aws_network_acl_rule.six": entry(90, { ipv6_cidr_block: "::/0" }),
          "aws_network_acl_rule.deny": entry(100, { cidr_block: "10.9.0.0/16", rule_action: "deny" }),
          "aws_network_acl_rule.replies": entry(100, {
            cidr_block: "10.1.0.0/24",
            egress: true,
            protocol: "6",
            from_port: 1024,
            to_port: 65535,
          }),
        }),
      ),
    );
    const ingress = filterOf(readback, "aws_network_acl.shop/in");
    same(
      ingress?.rules.map(({ name, action, matches }) => [name, action, matches[0]?.family]),
      [
        ["six", "admit", 6],
        ["deny", "drop", 4],
        ["in", "admit", 4],
      ],
    );
    same([ingress?.state, ingress?.evaluation, ingress?.otherwise], ["stateless", "first-match", "drop"]);
    const egress = filterOf(readback, "aws_network_acl.shop/out")?.rules[0]?.matches[0];
    same(egress?.destination, addresses("10.1.0.0/24"));
    same(egress?.transports, [
      { protocols: [[6, 6]], fragments: ["whole", "first"], destinationPorts: [[1024, 65535]] },
    ]);
    const bound = readback.bindings.filter(({ where }) => where.kind === "subnet");
    same(
      bound.map(({ where, direction, filters }) => [where, direction, filters]),
      (["in", "out"] as const).map((direction) => [
        { kind: "subnet", attachment: `${FOLDER}/aws_subnet.web` },
        direction,
        [`${FOLDER}/aws_network_acl.shop/${direction}`],
      ]),
    );
  });

  const defaultAcl = (resource: Readonly<Record<string, Json | undefined>>) => {
    const readback = readOf(
      moduleFile(shopWith({ "aws_network_acl.shop": undefined, "aws_network_acl_rule.in": undefined, ...resource })),
    );
    return filterOf(readback, "aws_vpc.shop#default-acl/in")?.rules.map(({ action }) => action);
  };

  test("a subnet without an ACL has the default one: closed where Terraform empties it, open where it does not", () => {
    same(defaultAcl({}), []);
    same(defaultAcl({ "aws_default_network_acl.shop": undefined }), ["admit"]);
  });

  test("the default group stands at workloads that take none: closed where emptied, else open as AWS makes it", () => {
    const rules = (resource: Readonly<Record<string, undefined>>) => {
      const readback = readOf(moduleFile(shopWith(resource)));
      const bound = readback.bindings.filter(({ where }) => where.kind === "others");
      same(
        bound.map(({ where, filters }) => [where, filters]),
        (["in", "out"] as const).map((direction) => [
          { kind: "others", network: `${FOLDER}/aws_vpc.shop` },
          [`${FOLDER}/aws_vpc.shop#default-group/${direction}`],
        ]),
      );
      return filterOf(readback, "aws_vpc.shop#default-group/out")?.rules.length;
    };
    assert.is(rules({}), 0);
    assert.is(rules({ "aws_default_security_group.shop": undefined }), 1);
  });

  test("a change of one attribute is seen", () => {
    const changed = readOf(moduleFile(shopChanged("aws_vpc_security_group_ingress_rule.https", { to_port: 444 })));
    const ports = filterOf(changed, "aws_security_group.web/in")?.rules[0]?.matches[0]?.transports[0]?.destinationPorts;
    same(ports, [[443, 444]]);
  });
});
