# METADATA
# scope: package
# title: Whole segment open to a whole segment
# description: |
#   A rule opens a service from every endpoint of one segment to every endpoint of another.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     Two segments between which everything may speak are one segment with two names: the boundary has cost its
#     price and gives nothing.
#   message: "all of `{from}` can open `{service}` on all of `{to}`"
#   help: "name the part of the destination that offers the service"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 AC-4"
#     - "CIS Controls v8 13.4"
#   parameters:
#     smallest:
#       default: 256
#       description: "how many addresses the destination has at least, so that small segments do not count"
package demarc.rules.width.segment_to_segment

import data.demarc.lib

findings contains f if {
	some id, rule in lib.crossing
	some flow in rule.flows
	some source in flow.source
	input.endpoints[source].whole
	some destination in flow.destination
	to := input.endpoints[destination]
	to.whole
	from := input.endpoints[source].domain
	from != to.domain
	to.addresses >= lib.parameter("segment-to-segment", "smallest")
	f := {"subject": id, "data": {"from": lib.name(from), "service": rule.service, "to": lib.name(to.domain)}}
}
