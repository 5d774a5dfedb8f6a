package demarc.rules.sharing.sensitive_two_way_test

import data.demarc.rules.sharing.sensitive_two_way

document(shares) := {
	"segments": {
		"segment:partners": {"name": "partners", "networks": 0, "externals": 1},
		"segment:pci": {"name": "pci", "networks": 1, "externals": 0},
		"segment:prod": {"name": "prod", "networks": 1, "externals": 0},
	},
	"endpoints": {
		"partners: bank": {"domain": "segment:partners"},
		"pci: vault": {"domain": "segment:pci"},
		"prod: shop": {"domain": "segment:prod"},
	},
	"shares": shares,
}

inwards := {"what": ["prod: shop"], "with": ["segment:pci"]}

outwards := {"what": ["pci: vault"], "with": ["segment:prod", "segment:partners"]}

test_both if {
	found := sensitive_two_way.findings with input as document({"share:a": inwards, "share:b": outwards})
	found == {{"subject": "share:a", "data": {"segment": "pci", "with": "prod"}}}
}

test_one if {
	count(sensitive_two_way.findings) == 0 with input as document({"share:a": inwards})
	count(sensitive_two_way.findings) == 0 with input as document({"share:b": outwards})
}

test_externals if {
	bank := {"what": ["partners: bank"], "with": ["segment:pci"]}
	count(sensitive_two_way.findings) == 0 with input as document({"share:a": bank, "share:b": outwards})
}
