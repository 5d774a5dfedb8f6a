package demarc.rules.links.sensitive_single_link_test

import data.demarc.rules.links.sensitive_single_link

document(domain, redundant) := {
	"segments": {"segment:pci": {"name": "pci"}, "segment:prod": {"name": "prod"}},
	"carries": {"carries:dx/it": {"link": "link:dx", "domain": domain, "redundant": redundant}},
}

test_single if {
	found := sensitive_single_link.findings with input as document("segment:pci", false)
	found == {{"subject": "carries:dx/it", "data": {"link": "dx", "segment": "pci"}}}
}

test_redundant if {
	count(sensitive_single_link.findings) == 0 with input as document("segment:pci", true)
}

test_other_segment if {
	count(sensitive_single_link.findings) == 0 with input as document("segment:prod", false)
}
