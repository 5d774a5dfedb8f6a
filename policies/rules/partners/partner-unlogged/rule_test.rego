package demarc.rules.partners.partner_unlogged_test

import data.demarc.rules.partners.partner_unlogged

rule(log) := {"rules": {"rule:orders-1": {"sourceExternals": ["external:globex"], "log": log}}}

test_unlogged if {
	found := partner_unlogged.findings with input as rule(false)
	found == {{"subject": "rule:orders-1", "data": {"externals": ["globex"]}}}
}

test_logged if {
	count(partner_unlogged.findings) == 0 with input as rule(true)
}

test_inside if {
	count(partner_unlogged.findings) == 0 with input as {"rules": {"rule:shop-1": {"log": false}}}
}
