# METADATA
# scope: package
# title: Routing session without a prefix limit
# description: |
#   A BGP session between a router of ours and an external or an unmanaged router has no `max-prefixes`.
# custom:
#   category: links
#   severity: warning
#   rationale: |
#     A peer that leaks its whole table fills ours. The prefix filter keeps the routes out, and only a limit
#     ends a session that has gone wrong.
#   message: "`{link}` accepts any number of routes for `{segment}`"
#   help: "add `max-prefixes` to the `carries`: a little more than the peer has"
#   controls:
#     - "NIST SP 800-53 r5 SC-5"
#   parameters: {}
package demarc.rules.links.session_without_prefix_limit

import data.demarc.lib

findings contains f if {
	some id, carried in input.carries
	carried.bgp
	not carried.maxPrefixes
	link := input.links[carried.link]
	not link.toCloud
	true in {link.toExternal, link.toUnmanaged}
	f := {"subject": id, "data": {"link": lib.name(carried.link), "segment": lib.name(carried.domain)}}
}
