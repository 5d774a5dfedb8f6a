package demarc.rules.links.session_without_prefix_limit_test

import data.demarc.rules.links.session_without_prefix_limit

document(carried, link) := {
	"carries": {"carries:line/partners": object.union({"link": "link:line", "domain": "segment:partners"}, carried)},
	"links": {"link:line": object.union({"toCloud": false, "toExternal": false, "toUnmanaged": false}, link)},
}

test_to_external if {
	found := session_without_prefix_limit.findings with input as document({"bgp": true}, {"toExternal": true})
	found == {{"subject": "carries:line/partners", "data": {"link": "line", "segment": "partners"}}}
}

test_to_unmanaged if {
	count(session_without_prefix_limit.findings) == 1 with input as document({"bgp": true}, {"toUnmanaged": true})
}

test_limited if {
	count(session_without_prefix_limit.findings) == 0 with input as document({"bgp": true, "maxPrefixes": 10}, {"toExternal": true})
}

# Clouds have quotas of their own that Demarc checks.
test_at_a_cloud if {
	count(session_without_prefix_limit.findings) == 0 with input as document({"bgp": true}, {"toExternal": true, "toCloud": true})
}

test_static if {
	count(session_without_prefix_limit.findings) == 0 with input as document({"bgp": false}, {"toExternal": true})
}

test_between_our_own if {
	count(session_without_prefix_limit.findings) == 0 with input as document({"bgp": true}, {})
}
