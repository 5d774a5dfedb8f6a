# METADATA
# scope: package
# title: External that reaches a wide range
# description: |
#   A rule lets an external open a service on a range of addresses that is wider than a group of servers is.
# custom:
#   category: partners
#   severity: warning
#   rationale: |
#     A partner needs the servers that were made for it. In a wide range it finds everybody else's too.
#   message: "`{externals}` can open `{service}` on a range of /{length}"
#   help: "name the hosts or the subnet that serve the external, or set what is wide with the parameters"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 AC-6"
#   parameters:
#     ipv4:
#       default: 24
#       description: "shortest prefix length of IPv4 that an external may reach"
#     ipv6:
#       default: 64
#       description: "shortest prefix length of IPv6 that an external may reach"
package demarc.rules.partners.partner_wide_target

import data.demarc.lib

wide(profile) := profile.widestIpv4 if {
	profile.widestIpv4 < lib.parameter("partner-wide-target", "ipv4")
} else := profile.widestIpv6 if {
	profile.widestIpv6 < lib.parameter("partner-wide-target", "ipv6")
}

findings contains f if {
	some id, externals in lib.from_externals
	rule := input.rules[id]
	some flow in rule.flows
	some destination in flow.destination
	profile := input.endpoints[destination]
	not profile.externals
	f := {"subject": id, "data": {
		"externals": lib.names(externals),
		"length": wide(profile),
		"service": rule.service,
	}}
}
