package demarc.rules.exposure.sensitive_from_externals_test

import data.demarc.rules.exposure.sensitive_from_externals

document(destination) := {
	"segments": {
		"segment:pci": {"name": "pci", "networks": 1, "externals": 0},
		"segment:prod": {"name": "prod", "networks": 1, "externals": 0},
	},
	"endpoints": {"pci: vault": {"domain": "segment:pci"}, "prod: shop": {"domain": "segment:prod"}},
	"rules": {"rule:cards-1": {
		"sourceExternals": ["external:globex"],
		"flows": [{"source": ["partners"], "destination": [destination]}],
	}},
}

test_into_sensitive if {
	found := sensitive_from_externals.findings with input as document("pci: vault")
	found == {{"subject": "rule:cards-1", "data": {"externals": ["globex"], "segment": "pci"}}}
}

test_into_other if {
	count(sensitive_from_externals.findings) == 0 with input as document("prod: shop")
}
