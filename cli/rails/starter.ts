/** The rule of one's own that `demarc guard init` writes, with its test. */

/** Texts by path, relative to the folder of the guard rails. */
export const STARTER: Readonly<Record<string, string>> = {
  "rules/naming/network-documented/rule.rego": `# METADATA
# scope: package
# title: Network without a description
# description: |
#   A network has neither a description nor a doc comment.
# custom:
#   category: naming
#   severity: warning
#   rationale: |
#     Whoever is called at night needs to know what a network is for.
#   message: "the network \`{name}\` does not say what it is for"
#   help: "add a doc comment, \`/// …\`"
#   controls: []
#   parameters: {}
package own.rules.naming.network_documented

# A finding names an object of the input as its subject; the message takes its words from data.
findings contains finding if {
	some id, network in input.networks
	not network.description
	finding := {"subject": id, "data": {"name": network.name}}
}
`,
  "rules/naming/network-documented/rule_test.rego": `package own.rules.naming.network_documented_test

import data.own.rules.naming.network_documented

test_undocumented if {
	found := network_documented.findings with input as {"networks": {"network:shop": {"name": "shop"}}}
	found == {{"subject": "network:shop", "data": {"name": "shop"}}}
}

test_documented if {
	networks := {"network:shop": {"name": "shop", "description": "The shop."}}
	found := network_documented.findings with input as {"networks": networks}
	count(found) == 0
}
`,
};
