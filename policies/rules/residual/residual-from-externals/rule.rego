# METADATA
# scope: package
# title: Replies of externals that reach more than was asked from
# description: |
#   A rule opens a service without connections, such as one on UDP, towards externals, and no stateful filter
#   stands before the client: what the externals send back is admitted to every port of it. Language.md calls
#   this residual exposure.
# custom:
#   category: residual
#   severity: warning
#   rationale: |
#     A router filter keeps no state and has to admit replies by address and source port. An external that sends
#     from the right port reaches every UDP port of the client.
#   message: "what `{to}` answers to `{service}` reaches every port of `{from}`"
#   help: "let the clients ask a relay in a cloud subnet, where a stateful filter stands, or a resolver that has no other service"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.residual.residual_from_externals

import data.demarc.lib

residual contains [pair.from, pair.to] if {
	some pair in input.pairs
	pair.residual
	pair.from in lib.foreign
}

connectionless := {key |
	some key, profile in input.services
	some protocol in profile.protocols
	not protocol in {"tcp", "icmp", "icmpv6"}
}

findings contains f if {
	count(residual) > 0
	some id, rule in input.rules
	rule.service in connectionless
	rule.destinationExternals
	some flow in rule.flows
	some destination in flow.destination
	to := input.endpoints[destination].domain
	some source in flow.source
	from := input.endpoints[source].domain
	[to, from] in residual
	f := {"subject": id, "data": {"from": lib.name(from), "service": rule.service, "to": lib.name(to)}}
}
