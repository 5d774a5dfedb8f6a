package demarc.rules.links.failover_without_bfd_test

import data.demarc.rules.links.failover_without_bfd

document(carried, link) := {
	"carries": {"carries:dx/prod": object.union({"link": "link:dx", "bgp": true, "redundant": true, "bfd": false}, carried)},
	"links": {"link:dx": object.union({"toCloud": true, "encrypted": false}, link)},
}

test_redundant if {
	found := failover_without_bfd.findings with input as document({}, {})
	found == {{"subject": "link:dx", "data": {"link": "dx"}}}
}

test_with_bfd if {
	count(failover_without_bfd.findings) == 0 with input as document({"bfd": true}, {})
}

test_single if {
	count(failover_without_bfd.findings) == 0 with input as document({"redundant": false}, {})
}

test_in_a_tunnel if {
	count(failover_without_bfd.findings) == 0 with input as document({}, {"encrypted": true})
}

test_between_routers if {
	count(failover_without_bfd.findings) == 0 with input as document({}, {"toCloud": false})
}
