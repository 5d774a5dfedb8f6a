package demarc.rules.sharing.sensitive_surplus_test

import data.demarc.rules.sharing.sensitive_surplus

document(into, owner) := {
	"segments": {"segment:office": {"name": "office"}, "segment:pci": {"name": "pci"}},
	"hosts": {"host:acquirer.auth": {"parent": "external:acquirer"}},
	"subnets": {"subnet:shop.web": {"network": "network:shop"}},
	"endpoints": {
		"partners: acquirer.auth": {"owners": ["host:acquirer.auth"]},
		"prod: shop.web": {"owners": ["subnet:shop.web"]},
	},
	"shares": {"share:cards-1": {
		"what": ["partners: acquirer.auth", "prod: shop.web"],
		"with": ["segment:pci"],
	}},
	"surplus": {"surplus:1": {"into": into, "owner": owner, "prefix": "10.20.0.0/16"}},
}

test_into_sensitive if {
	found := sensitive_surplus.findings with input as document("segment:pci", "external:courier")
	found == {{"subject": "surplus:1", "data": {"into": "pci", "owner": "courier", "prefix": "10.20.0.0/16"}}}
}

test_rest_of_what_is_shared if {
	count(sensitive_surplus.findings) == 0 with input as document("segment:pci", "external:acquirer")
	count(sensitive_surplus.findings) == 0 with input as document("segment:pci", "network:shop")
}

test_into_other if {
	count(sensitive_surplus.findings) == 0 with input as document("segment:office", "external:courier")
}
