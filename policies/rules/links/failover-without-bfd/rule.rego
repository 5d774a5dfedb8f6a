# METADATA
# scope: package
# title: Failover without BFD
# description: |
#   A link to a cloud has another way beside it and no `bfd`.
# custom:
#   category: links
#   severity: warning
#   rationale: |
#     Without BFD a dead line is noticed when the BGP hold timer runs out, after 90 seconds with most defaults.
#     The second line that was bought for the first one's failure is of no use until then.
#   message: "a failure of `{link}` is noticed by the hold timer only"
#   help: "add `bfd = 300ms` to the link, if the provider's port has it"
#   controls:
#     - "NIST SP 800-53 r5 CP-8"
#   parameters: {}
package demarc.rules.links.failover_without_bfd

import data.demarc.lib

findings contains f if {
	some id, carried in input.carries
	carried.bgp
	carried.redundant
	not carried.bfd
	link := input.links[carried.link]
	link.toCloud
	not link.encrypted
	f := {"subject": carried.link, "data": {"link": lib.name(carried.link)}}
}
