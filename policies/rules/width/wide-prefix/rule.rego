# METADATA
# scope: package
# title: Very wide prefix between segments
# description: |
#   A rule between segments names a destination range that is wider than a network usually is.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     Most of such a range is empty today. Whatever is put there later is open from the first day.
#   message: "the destination holds a range of /{length}"
#   help: "name networks, subnets or a group; set what is too wide with the parameters"
#   controls:
#     - "NIST SP 800-53 r5 AC-4"
#     - "NIST SP 800-53 r5 AC-6"
#   parameters:
#     ipv4:
#       default: 16
#       description: "shortest prefix length of IPv4 that a destination may hold"
#     ipv6:
#       default: 48
#       description: "shortest prefix length of IPv6 that a destination may hold"
package demarc.rules.width.wide_prefix

import data.demarc.lib

wide[key] := length if {
	ipv4 := lib.parameter("wide-prefix", "ipv4")
	ipv6 := lib.parameter("wide-prefix", "ipv6")
	some key, profile in input.endpoints
	lengths := {profile.widestIpv4 | profile.widestIpv4 < ipv4} | {profile.widestIpv6 | profile.widestIpv6 < ipv6}
	length := min(lengths)
}

findings contains f if {
	some id, rule in lib.crossing
	some flow in rule.flows
	some destination in flow.destination
	domain := input.endpoints[destination].domain
	some source in flow.source
	input.endpoints[source].domain != domain
	f := {"subject": id, "data": {"length": wide[destination]}}
}
