# METADATA
# scope: package
# title: Shares in both directions with a sensitive segment
# description: |
#   A sensitive segment and another one share with each other in both directions. Segments that hold only
#   externals do not count. Which segments are sensitive is said by the parameter `words` of
#   `sensitive-without-never`.
# custom:
#   category: sharing
#   severity: warning
#   rationale: |
#     A system of the one that is taken over can ask in, and one of the other can carry out. One direction of
#     opening is nearly always enough.
#   message: "`{with}` shares with the sensitive segment `{segment}`, which shares back"
#   help: "let only one of the two open flows: have the sensitive side fetch, or the other side deliver"
#   controls:
#     - "PCI DSS 4.0 1.3.2"
#     - "NIST SP 800-53 r5 AC-4"
#   parameters: {}
package demarc.rules.sharing.sensitive_two_way

import data.demarc.lib

shared contains [domain, other] if {
	some share in input.shares
	some what in share.what
	domain := input.endpoints[what].domain
	some other in share.with
}

findings contains f if {
	some id, share in input.shares
	some segment in share.with
	segment in lib.sensitive
	some what in share.what
	other := input.endpoints[what].domain
	not other in lib.foreign
	[segment, other] in shared
	f := {"subject": id, "data": {"segment": lib.name(segment), "with": lib.name(other)}}
}
