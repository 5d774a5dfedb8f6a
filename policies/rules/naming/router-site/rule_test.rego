package demarc.rules.naming.router_site_test

import data.demarc.rules.naming.router_site

document(place) := {"places": {"router:chi1": object.union({"kind": "router", "name": "chi1", "managed": true}, place)}}

test_without_site if {
	found := router_site.findings with input as document({})
	found == {{"subject": "router:chi1", "data": {"router": "chi1"}}}
}

test_with_site if {
	count(router_site.findings) == 0 with input as document({"site": "Chicago"})
}

test_unmanaged if {
	count(router_site.findings) == 0 with input as document({"managed": false})
}
