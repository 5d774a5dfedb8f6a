/** Terraform with the real provider takes the modules, wherever it is found. */
import { compilePackage, readEstate } from "../../fixtures/packages.js";
import { assert, suite } from "../../support/harness.js";
import { modulesBelow, needsTerraform, validateModule } from "../../support/terraform.js";
import { linkedEstate, shopEstate } from "./estates.js";
import { compileAzure } from "./judge.js";

suite("Azure modules as terraform sees them", (test) => {
  for (const [name, source] of Object.entries({ shop: shopEstate, links: linkedEstate })) {
    test(
      `the estate ${name} validates`,
      () => {
        for (const files of modulesBelow("azure", compileAzure(source).output.artefacts).values()) {
          validateModule(files, "azurerm");
        }
      },
      needsTerraform("azurerm"),
    );
  }

  test(
    "the estate three-clouds validates",
    async () => {
      const project = await compilePackage(readEstate("three-clouds"), ["azure"]);
      const modules = modulesBelow("azure", project.outputs.get("azure")?.artefacts ?? []);
      assert.ok(modules.size > 0);
      for (const files of modules.values()) validateModule(files, "azurerm");
    },
    needsTerraform("azurerm"),
  );
});
