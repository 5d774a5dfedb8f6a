package demarc.rules.partners.partner_without_never_test

import data.demarc.rules.partners.partner_without_never

document(from) := {
	"segments": {
		"segment:partners": {"networks": 0, "externals": 2},
		"segment:prod": {"networks": 3, "externals": 0},
	},
	"invariants": {"never:1": {"kind": "never", "from": from}, "always:1": {"kind": "always", "from": ["segment:partners"]}},
}

test_unlimited if {
	found := partner_without_never.findings with input as document(["segment:prod"])
	found == {{"subject": "segment:partners", "data": {"segment": "partners"}}}
}

test_limited if {
	count(partner_without_never.findings) == 0 with input as document(["segment:partners"])
}
