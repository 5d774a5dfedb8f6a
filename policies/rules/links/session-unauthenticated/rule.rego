# METADATA
# scope: package
# title: Routing session without authentication
# description: |
#   A BGP session with an external or an unmanaged router has no `md5`, and no tunnel protects it.
# custom:
#   category: links
#   severity: warning
#   rationale: |
#     On a line that somebody else runs, a forged packet can end the session or start one. The TCP MD5 option
#     (RFC 2385) is old and still what both sides have.
#   message: "the routing session of `{segment}` on `{link}` is not authenticated"
#   help: "add `md5 = secret(\"…\")` to the link"
#   controls:
#     - "NIST SP 800-53 r5 IA-3"
#     - "NIST SP 800-53 r5 SC-23"
#   parameters: {}
package demarc.rules.links.session_unauthenticated

import data.demarc.lib

findings contains f if {
	some id, carried in input.carries
	carried.bgp
	not carried.authenticated
	link := input.links[carried.link]
	not link.encrypted
	true in {link.toExternal, link.toUnmanaged}
	f := {"subject": id, "data": {"link": lib.name(carried.link), "segment": lib.name(carried.domain)}}
}
