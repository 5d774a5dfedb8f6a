/** What Azure is told, read from the files: the traps of the platform, each by name. */
import type { LockFile } from "../../../compiler/design/lock.js";
import { assert, suite } from "../../support/harness.js";
import { linkedEstate, SUBSCRIPTION, shopEstate } from "./estates.js";
import { type Attributes, compileAzure, type Emitted, linesOf, readEmitted, resource } from "./judge.js";

const OTHER = "00000000-0000-4000-8000-000000000002";

/** Two segments at one cloud, with a share of one subnet, and another network of each segment that shares nothing. */
const sharedEstate = `
edition 1
estate acme { asn = 64520 }
segment prod { }
segment pci { }
cloud weu { provider = azure  region = "westeurope"  subscription = "${SUBSCRIPTION}"  hub-cidr = 10.255.0.0/22 }
network shop in prod at weu { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }
network lake in prod at weu { cidr = 10.40.0.0/16  subnet raw { cidr = 10.40.1.0/24 } }
network vault in pci at weu {
  cidr = [10.30.0.0/24, 10.30.1.0/24]
  subnet keys { cidr = 10.30.0.0/24 }
  subnet cards { cidr = 10.30.1.0/24 }
}
network audit in pci at weu { cidr = 10.31.0.0/16  subnet logs { cidr = 10.31.1.0/24 } }
policy cards {
  share vault.cards with prod
  allow shop.web -> vault.cards on tcp/8443
  allow lake.raw -> shop.web on tcp/443
}
`;

function compiled(source: string): Emitted {
  const { output, findings } = compileAzure(source);
  assert.equal(linesOf(findings), []);
  return readEmitted(output);
}

function all(emitted: Emitted, type: string): readonly Attributes[] {
  return [...(emitted.get(type)?.values() ?? [])];
}

function rules(emitted: Emitted): readonly Attributes[] {
  return all(emitted, "azurerm_network_security_rule");
}

function prioritiesOf(source: string, lock?: LockFile): { readonly lines: readonly string[]; readonly lock: LockFile } {
  const made = compileAzure(source, undefined, lock);
  const lines = rules(readEmitted(made.output))
    .filter(({ access }) => access === "Allow")
    .map(({ name, priority }) => `${priority} ${name}`);
  return { lines: lines.sort(), lock: made.lock };
}

suite("what Azure is told", (test) => {
  test("every subnet has a group that denies everything in both directions ahead of the rules of Azure's own", () => {
    const emitted = compiled(shopEstate);
    for (const subnet of ["shop--web", "shop--db"]) {
      for (const [direction, word] of Object.entries({ in: "Inbound", out: "Outbound" })) {
        const deny = resource(
          emitted,
          "azurerm_network_security_rule",
          `${subnet}--${direction}--deny-all-${direction}`,
        );
        const { access, priority, protocol, source_address_prefix, destination_address_prefix } = deny;
        assert.equal([deny.direction, access, priority, protocol], [word, "Deny", 4096, "*"]);
        assert.equal([source_address_prefix, destination_address_prefix, deny.destination_port_range], ["*", "*", "*"]);
      }
      const link = resource(emitted, "azurerm_subnet_network_security_group_association", subnet);
      assert.equal(link, {
        subnet_id: `\${azurerm_subnet.${subnet}.id}`,
        network_security_group_id: `\${azurerm_network_security_group.${subnet}.id}`,
      });
    }
  });

  test("no rule allows by a tag but the one for health probes: VirtualNetwork is not the own network", () => {
    const allowed = rules(compiled(shopEstate)).filter(({ access }) => access === "Allow");
    const sides = allowed.flatMap((rule) => [
      rule.source_address_prefix ?? rule.source_address_prefixes,
      rule.destination_address_prefix ?? rule.destination_address_prefixes,
    ]);
    const words = sides.flat().filter((side) => !/^[0-9.]+\/[0-9]+$/.test(String(side)));
    assert.equal(words, ["AzureLoadBalancer"]);
  });

  test("each address and port position stands in exactly one form, and none is empty", () => {
    for (const rule of rules(compiled(shopEstate))) {
      for (const position of [
        "source_port_range",
        "destination_port_range",
        "source_address_prefix",
        "destination_address_prefix",
      ]) {
        const [one, many] = [rule[position], rule[`${position}${position.endsWith("x") ? "es" : "s"}`]];
        assert.ok((one === undefined) !== (many === undefined), `${rule.name} ${position}`);
        if (Array.isArray(many)) assert.ok(many.length > 1);
      }
    }
  });

  test("ports stay with their protocol", () => {
    const emitted = compiled(shopEstate);
    const lines = rules(emitted)
      .filter(
        ({ name, network_security_group_name: group }) => /-in$/.test(String(name)) && String(group).includes("web"),
      )
      .map((rule) => `${rule.protocol} ${rule.destination_port_range ?? rule.destination_port_ranges}`);
    assert.equal(lines.sort(), ["* *", "Icmp *", "Tcp 443,8000-8099", "Udp 514"]);
  });

  test("adding a rule gives no other rule another priority, and taking one away neither", () => {
    const first = prioritiesOf(shopEstate);
    const added = [21, 22, 23, 25, 110].map((port) => `  allow shop.web -> shop.db on tcp/${port}`).join("\n");
    const more = shopEstate.replace("policy shop {", `policy shop {\n${added}`);
    const second = prioritiesOf(more, first.lock);
    assert.equal(
      first.lines.filter((line) => !second.lines.includes(line)),
      [],
    );
    assert.equal(second.lines.length, first.lines.length + 10);
    const third = prioritiesOf(shopEstate, second.lock);
    assert.equal(third.lines, first.lines);
    // Without the lock the new rules would have been numbered among the others.
    assert.notEqual(prioritiesOf(more).lines, second.lines);
  });

  test("a virtual WAN and a hub for each segment, each hub with a prefix of its own", () => {
    const emitted = compiled(sharedEstate);
    assert.equal([...(emitted.get("azurerm_virtual_wan")?.keys() ?? [])].sort(), ["pci", "prod"]);
    const hubs = ["weu--pci", "weu--prod"].map((key) => resource(emitted, "azurerm_virtual_hub", key));
    assert.equal(
      hubs.map(({ address_prefix, virtual_wan_id }) => [address_prefix, virtual_wan_id]),
      [
        ["10.255.0.0/23", `\${azurerm_virtual_wan.pci.id}`],
        ["10.255.2.0/23", `\${azurerm_virtual_wan.prod.id}`],
      ],
    );
  });

  test("no way from one link to another: branch to branch is off at WAN and hub", () => {
    const emitted = compiled(sharedEstate);
    for (const wan of all(emitted, "azurerm_virtual_wan")) assert.is(wan.allow_branch_to_branch_traffic, false);
    for (const hub of all(emitted, "azurerm_virtual_hub")) assert.is(hub.branch_to_branch_traffic_enabled, false);
  });

  test("each network is connected to its own segment's hub only, with table and label written out", () => {
    const emitted = compiled(sharedEstate);
    const hubOf = { shop: "prod", lake: "prod", vault: "pci", audit: "pci" };
    for (const [network, segment] of Object.entries(hubOf)) {
      const connection = resource(emitted, "azurerm_virtual_hub_connection", network);
      const table = `\${azurerm_virtual_hub.weu--${segment}.default_route_table_id}`;
      assert.is(connection.virtual_hub_id, `\${azurerm_virtual_hub.weu--${segment}.id}`);
      assert.is(connection.internet_security_enabled, false);
      assert.equal(connection.routing, [
        {
          associated_route_table_id: table,
          propagated_route_table: [{ labels: ["default"], route_table_ids: [table] }],
        },
      ]);
    }
    assert.is(all(emitted, "azurerm_virtual_hub_connection").length, 4);
  });

  test("a share is a peering between exactly the two networks, both halves, and carries nobody else", () => {
    const emitted = compiled(sharedEstate);
    const peerings = emitted.get("azurerm_virtual_network_peering");
    assert.equal([...(peerings?.keys() ?? [])].sort(), ["shop--vault", "vault--shop"]);
    for (const half of peerings?.values() ?? []) {
      assert.equal(
        [
          half.allow_virtual_network_access,
          half.allow_forwarded_traffic,
          half.allow_gateway_transit,
          half.use_remote_gateways,
        ],
        [true, false, false, false],
      );
    }
  });

  test("what a peering brings beyond the share is listed", () => {
    const { output } = compileAzure(sharedEstate);
    const surplus = output.remarks.filter(({ kind }) => kind === "surplus-route").map(({ text }) => text);
    assert.equal(surplus, [
      "the peering of `shop` with `vault` leads all of `10.20.0.0/16` into segment `pci`: rules need less",
      "the peering of `vault` with `shop` leads all of `10.30.0.0/24` into segment `prod`: rules need less",
    ]);
  });

  test("the implicit way to the Internet ends nowhere, and the routes of the hub still come", () => {
    const emitted = compiled(shopEstate);
    assert.equal(
      all(emitted, "azurerm_route").map((route) => [route.address_prefix, route.next_hop_type]),
      [["0.0.0.0/0", "None"]],
    );
    assert.is(resource(emitted, "azurerm_route_table", "shop").bgp_route_propagation_enabled, true);
    for (const subnet of all(emitted, "azurerm_subnet")) assert.is(subnet.default_outbound_access_enabled, false);
    assert.equal([...(emitted.get("azurerm_subnet_route_table_association")?.keys() ?? [])], ["shop--db", "shop--web"]);
  });

  test("private endpoints are under the group of their subnet", () => {
    for (const subnet of all(compiled(shopEstate), "azurerm_subnet")) {
      assert.is(subnet.private_endpoint_network_policies, "Enabled");
    }
  });

  test("flow logs are of networks, never of security groups, which no longer have any", () => {
    const account = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-logs/providers/Microsoft.Storage/storageAccounts/flows`;
    const emitted = compiled(shopEstate.replace("hub-cidr", `flow-logs = "${account}"  hub-cidr`));
    const log = resource(emitted, "azurerm_network_watcher_flow_log", "shop");
    assert.equal(
      [log.target_resource_id, log.network_watcher_name, log.storage_account_id],
      [`\${azurerm_virtual_network.shop.id}`, "NetworkWatcher_westeurope", account],
    );
  });

  test("a network of another subscription stands in its own module, and the hub knows it by its id", () => {
    const source = sharedEstate.replace(
      "network vault in pci at weu {",
      `network vault in pci at weu {\n  subscription = "${OTHER}"`,
    );
    const { output, findings } = compileAzure(source);
    assert.equal(linesOf(findings), []);
    const id = `/subscriptions/${OTHER}/resourceGroups/demarc-weu/providers/Microsoft.Network/virtualNetworks/demarc-vault`;
    const text = (file: string) => output.artefacts.find(({ path }) => path === file)?.text ?? "";
    assert.ok(text(`azure/${SUBSCRIPTION}/virtual-wan.tf.json`).includes(id));
    assert.ok(text(`azure/${OTHER}/network.tf.json`).includes('"vault--shop"'));
    assert.ok(!text(`azure/${SUBSCRIPTION}/network.tf.json`).includes('"vault--shop"'));
    assert.ok(text(`azure/${OTHER}/security-groups.tf.json`).includes('"vault--cards"'));
  });

  test("a virtual WAN stays where it is when a cloud with an earlier name comes to carry the segment", () => {
    const first = compileAzure(shopEstate);
    const more = `${shopEstate}
      cloud neu { provider = azure  region = "northeurope"  subscription = "${SUBSCRIPTION}"  hub-cidr = 10.254.0.0/22 }
      network lab in prod at neu { cidr = 10.60.0.0/16  subnet bench { cidr = 10.60.1.0/24 } }`;
    const second = compileAzure(more, undefined, first.lock);
    const [before, after] = [readEmitted(first.output), readEmitted(second.output)];
    const wan = resource(before, "azurerm_virtual_wan", "prod");
    assert.equal(resource(after, "azurerm_virtual_wan", "prod"), wan);
    assert.is(all(after, "azurerm_virtual_wan").length, 1);
    assert.is(resource(after, "azurerm_virtual_hub", "neu--prod").virtual_wan_id, `\${azurerm_virtual_wan.prod.id}`);
  });

  test("existing networks, subnets and groups are named by id and never looked up", () => {
    const net = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-legacy/providers/Microsoft.Network/virtualNetworks/vnet-shop`;
    const table = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-legacy/providers/Microsoft.Network/routeTables/rt-shop`;
    const source = shopEstate
      .replace("hub-cidr", 'resource-group = "rg-net"  hub-cidr')
      .replace("  cidr = 10.20.0.0/16", `  cidr = 10.20.0.0/16  existing = "${net}"`)
      .replace("cidr = 10.20.2.0/24", `cidr = 10.20.2.0/24  existing = "${net}/subnets/db"  route-table = "${table}"`);
    const { output, findings } = compileAzure(source);
    assert.equal(linesOf(findings), []);
    assert.equal(
      output.remarks.filter(({ kind }) => kind === "not-served").map(({ text }) => text),
      ["`shop` exists: subnets of it that the estate does not name keep their own security groups and routes"],
    );
    const emitted = readEmitted(output);
    assert.ok(output.artefacts.every(({ text }) => !text.includes('"data"')));
    assert.equal([emitted.has("azurerm_virtual_network"), emitted.has("azurerm_resource_group")], [false, false]);
    assert.is(resource(emitted, "azurerm_virtual_hub_connection", "shop").remote_virtual_network_id, net);
    const web = resource(emitted, "azurerm_subnet", "shop--web");
    assert.equal([web.virtual_network_name, web.resource_group_name], ["vnet-shop", "rg-legacy"]);
    const db = resource(emitted, "azurerm_subnet_network_security_group_association", "shop--db");
    assert.is(db.subnet_id, `${net}/subnets/db`);
    const route = resource(emitted, "azurerm_route", "existing--shop--db");
    assert.equal([route.route_table_name, route.resource_group_name], ["rt-shop", "rg-legacy"]);
  });

  test("one circuit for each segment, one connection for both of its paths, with the weight of the preference", () => {
    const emitted = compiled(linkedEstate);
    const connections = emitted.get("azurerm_express_route_connection");
    assert.equal([...(connections?.keys() ?? [])].sort(), ["weu--pci--er-pci", "weu--prod--er-prod"]);
    for (const [key, connection] of connections ?? []) {
      const segment = key.split("--")[1];
      assert.is(connection.routing_weight, 200);
      assert.is(connection.express_route_gateway_id, `\${azurerm_express_route_gateway.weu--${segment}.id}`);
      assert.ok(
        String(connection.express_route_circuit_peering_id).endsWith(`/er-${segment}/peerings/AzurePrivatePeering`),
      );
      assert.is(connection.internet_security_enabled, false);
    }
  });

  test("branches use the default table, whose argument has another name on VPN connections", () => {
    const emitted = compiled(linkedEstate);
    const table = `\${azurerm_virtual_hub.weu--partners.default_route_table_id}`;
    const vpn = resource(emitted, "azurerm_vpn_gateway_connection", "globex-vpn--partners");
    assert.equal(vpn.routing, [
      { associated_route_table: table, propagated_route_table: [{ labels: ["default"], route_table_ids: [table] }] },
    ]);
  });

  test("a tunnel lists one custom address of each instance, and the gateway has exactly those", () => {
    const emitted = compiled(linkedEstate);
    const [link] = links(resource(emitted, "azurerm_vpn_gateway_connection", "globex-vpn--partners"));
    const custom = link?.custom_bgp_address;
    assert.ok(Array.isArray(custom));
    const instance = (index: number) =>
      `\${azurerm_vpn_gateway.weu--partners.bgp_settings[0].instance_${index}_bgp_peering_address[0].ip_configuration_id}`;
    assert.equal(
      custom.map((one: Attributes) => one.ip_configuration_id),
      [instance(0), instance(1)],
    );
    const [first, second] = custom.map((one: Attributes) => String(one.ip_address));
    assert.equal([first?.slice(0, 11), second?.slice(0, 11)], ["169.254.21.", "169.254.22."]);
    const gateway = resource(emitted, "azurerm_vpn_gateway", "weu--partners");
    assert.equal(gateway.bgp_settings, [
      {
        asn: 65515,
        peer_weight: 0,
        instance_0_bgp_peering_address: [{ custom_ips: [first] }],
        instance_1_bgp_peering_address: [{ custom_ips: [second] }],
      },
    ]);
  });

  test("a cipher that authenticates by itself stands in both fields of the second phase", () => {
    const [link] = links(resource(compiled(linkedEstate), "azurerm_vpn_gateway_connection", "branch-vpn--prod"));
    const policy = Array.isArray(link?.ipsec_policy) ? link.ipsec_policy[0] : undefined;
    assert.equal([policy?.encryption_algorithm, policy?.integrity_algorithm], ["GCMAES256", "GCMAES256"]);
  });

  test("routes without BGP are the prefixes of the site, and its tunnel has no session", () => {
    const emitted = compiled(linkedEstate);
    const site = resource(emitted, "azurerm_vpn_site", "branch-vpn--prod");
    assert.equal(site.address_cidrs, ["172.30.8.0/24"]);
    const [link] = links(resource(emitted, "azurerm_vpn_gateway_connection", "branch-vpn--prod"));
    assert.equal([link?.bgp_enabled, link?.custom_bgp_address], [false, undefined]);
    assert.is(resource(emitted, "azurerm_vpn_site", "globex-vpn--partners").address_cidrs, undefined);
  });

  test("a hub goes by the path only where a VPN is to be preferred to something, or something to it", () => {
    const preference = (source: string) =>
      resource(compiled(source), "azurerm_virtual_hub", "weu--prod").hub_routing_preference;
    assert.is(preference(linkedEstate), "ExpressRoute");
    assert.is(
      preference(
        linkedEstate.replace(
          "peer-public = 198.51.100.20  preference = 200",
          "peer-public = 198.51.100.20  preference = 300",
        ),
      ),
      "ASPath",
    );
  });

  test("a type of ICMP is all of ICMP in the group, and is said to be cut by the router", () => {
    const { output } = compileAzure(linkedEstate);
    const coarse = output.remarks.filter(({ kind }) => kind === "coarse-point");
    assert.equal(
      coarse.map(({ subject }) => subject),
      ["shop.web/in"],
    );
    assert.match(coarse[0]?.text ?? "", "admits all of ICMP");
  });

  test("no secret stands in a file: keys are sensitive variables", () => {
    const { output } = compileAzure(linkedEstate);
    const variables = JSON.parse(
      output.artefacts.find(({ path }) => path.endsWith("variables.tf.json"))?.text ?? "{}",
    ).variable;
    assert.equal(
      Object.entries<Attributes>(variables).map(([name, { sensitive }]) => [name, sensitive]),
      [
        "authorization_weu--pci--er-pci",
        "authorization_weu--prod--er-prod",
        "secret_branch-vpn-prod-tunnel1",
        "secret_globex-psk",
      ].map((one) => [one, true]),
    );
  });

  test("circuits of one name in two groups keep an authorization key each, or are a clash of names", () => {
    const two = linkedEstate.replaceAll("/er-pci", "/er-prod");
    const other = two.replace(
      /carries pci \{ vlan = 102 {2}circuit = "([^"]*)rg-er/g,
      'carries pci { vlan = 102  circuit = "$1rg-other',
    );
    const { output, findings } = compileAzure(other);
    assert.equal(linesOf(findings), []);
    const file = output.artefacts.find(({ path }) => path.endsWith("variables.tf.json"))?.text ?? "{}";
    const names = Object.keys(JSON.parse(file).variable).filter((name) => name.startsWith("authorization_"));
    assert.equal(names, ["authorization_weu--pci--er-prod", "authorization_weu--prod--er-prod"]);
  });

  test("the other party of a VPN is told where the address of Azure stands after apply", () => {
    const { output } = compileAzure(linkedEstate);
    const outputs = JSON.parse(
      output.artefacts.find(({ path }) => path.endsWith("outputs.tf.json"))?.text ?? "{}",
    ).output;
    assert.equal(Object.keys(outputs.vpn_tunnels.value), ["branch-vpn/prod", "globex-vpn/partners"]);
    assert.match(outputs.vpn_tunnels.value["globex-vpn/partners"].tunnel1_outside_address, 'one.id == "Instance0"');
  });
});

function links(connection: Attributes): readonly Attributes[] {
  return Array.isArray(connection.vpn_link) ? connection.vpn_link : [];
}
