package demarc.rules.links.session_unauthenticated_test

import data.demarc.rules.links.session_unauthenticated

document(carried, link) := {
	"carries": {"carries:line/partners": object.union({"link": "link:line", "domain": "segment:partners"}, carried)},
	"links": {"link:line": object.union({"toExternal": false, "toUnmanaged": false, "encrypted": false}, link)},
}

bare := {"bgp": true, "authenticated": false}

test_to_external if {
	found := session_unauthenticated.findings with input as document(bare, {"toExternal": true})
	found == {{"subject": "carries:line/partners", "data": {"link": "line", "segment": "partners"}}}
}

test_to_unmanaged if {
	count(session_unauthenticated.findings) == 1 with input as document(bare, {"toUnmanaged": true})
}

test_authenticated if {
	carried := {"bgp": true, "authenticated": true}
	count(session_unauthenticated.findings) == 0 with input as document(carried, {"toExternal": true})
}

test_in_a_tunnel if {
	count(session_unauthenticated.findings) == 0 with input as document(bare, {"toExternal": true, "encrypted": true})
}

test_static if {
	carried := {"bgp": false, "authenticated": false}
	count(session_unauthenticated.findings) == 0 with input as document(carried, {"toExternal": true})
}

test_between_our_own if {
	count(session_unauthenticated.findings) == 0 with input as document(bare, {})
}
