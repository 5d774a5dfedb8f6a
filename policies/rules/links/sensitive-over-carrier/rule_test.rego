package demarc.rules.links.sensitive_over_carrier_test

import data.demarc.rules.links.sensitive_over_carrier

document(domain, link) := {
	"segments": {"segment:pci": {"name": "pci"}, "segment:stores": {"name": "stores"}},
	"carries": {"carries:carrier/it": {"link": "link:carrier", "domain": domain}},
	"links": {"link:carrier": link},
}

test_unencrypted if {
	found := sensitive_over_carrier.findings with input as document("segment:pci", {"toUnmanaged": true, "encrypted": false})
	found == {{"subject": "carries:carrier/it", "data": {"link": "carrier", "segment": "pci"}}}
}

test_in_a_tunnel if {
	count(sensitive_over_carrier.findings) == 0 with input as document("segment:pci", {"toUnmanaged": true, "encrypted": true})
}

test_to_our_own if {
	count(sensitive_over_carrier.findings) == 0 with input as document("segment:pci", {"toUnmanaged": false, "encrypted": false})
}

test_other_segment if {
	count(sensitive_over_carrier.findings) == 0 with input as document("segment:stores", {"toUnmanaged": true, "encrypted": false})
}
