/** Every resource that is written is one of the provider's schema, and every reference leads somewhere in its module. */
import type { Artefact } from "../../../compiler/contract.js";
import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { danglingReferences, schemaFaults } from "../../support/azurerm-schema.js";
import { assert, suite } from "../../support/harness.js";
import { linkedEstate, shopEstate } from "./estates.js";
import { compileAzure } from "./judge.js";

function judge(artefacts: readonly Artefact[]): void {
  assert.ok(artefacts.length > 0);
  const modules = new Map<string, Map<string, string>>();
  for (const { path, text } of artefacts) {
    const [, folder = "", name = ""] = path.split("/");
    const files = modules.get(folder) ?? new Map<string, string>();
    modules.set(folder, files.set(name, text));
    const file: { resource?: Record<string, Record<string, Record<string, unknown>>> } = JSON.parse(text);
    for (const [type, blocks] of Object.entries(file.resource ?? {})) {
      for (const body of Object.values(blocks)) assert.equal(schemaFaults(type, body), []);
    }
  }
  for (const files of modules.values()) assert.equal(danglingReferences(files), []);
}

suite("Azure modules against the provider's schema", (test) => {
  for (const [name, source] of Object.entries({ shop: shopEstate, links: linkedEstate })) {
    test(`the estate ${name} is taken`, () => judge(compileAzure(source).output.artefacts));
  }

  test("the estate three-clouds is taken", async () => {
    const project = await compilePackage(readEstate("three-clouds"), ["azure"]);
    judge(project.outputs.get("azure")?.artefacts ?? []);
  });

  test("the checker finds what terraform would", () => {
    const route = {
      name: "no-default",
      resource_group_name: "rg",
      route_table_name: "rt",
      address_prefix: "0.0.0.0/0",
      next_hop_type: "None",
    };
    assert.equal(schemaFaults("azurerm_route", route), []);
    assert.equal(schemaFaults("azurerm_route", { ...route, next_hop: "None" }), ["azurerm_route: next_hop is unknown"]);
    const { name: _, ...nameless } = route;
    assert.equal(schemaFaults("azurerm_route", nameless), ["azurerm_route: name is missing"]);
    const gateway = {
      name: "g",
      resource_group_name: "rg",
      location: "westeurope",
      virtual_hub_id: "h",
      scale_units: "1",
    };
    assert.equal(schemaFaults("azurerm_express_route_gateway", gateway), [
      "azurerm_express_route_gateway: scale_units is no n*",
    ]);
    const connection = { name: "c", remote_vpn_site_id: "s", vpn_gateway_id: "g" };
    assert.equal(schemaFaults("azurerm_vpn_gateway_connection", connection), [
      "azurerm_vpn_gateway_connection: 0 of vpn_link",
    ]);
    assert.equal(danglingReferences(new Map([["a.tf.json", '{"output":{"id":{"value":"azurerm_subnet.web.id"}}}']])), [
      "azurerm_subnet.web in a.tf.json",
    ]);
  });
});
