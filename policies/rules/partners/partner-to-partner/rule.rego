# METADATA
# scope: package
# title: Transit between externals
# description: |
#   A rule opens a flow from one external to another.
# custom:
#   category: partners
#   severity: warning
#   rationale: |
#     Two organisations that speak to each other through our network make us their carrier, and make each of
#     them a way to the other.
#   message: "`{sources}` can open flows to `{destinations}` through the estate"
#   help: "take the externals out of one side; if transit is meant, waive this by name with an end"
#   controls:
#     - "NIST SP 800-53 r5 AC-4"
#     - "NIST SP 800-53 r5 CA-3"
#   parameters: {}
package demarc.rules.partners.partner_to_partner

import data.demarc.lib

findings contains f if {
	some id, sources in lib.from_externals
	destinations := input.rules[id].destinationExternals
	some source in sources
	some destination in destinations
	source != destination
	not two_way(input.rules[id], sources, destinations)
	f := {"subject": id, "data": {"destinations": lib.names(destinations), "sources": lib.names(sources)}}
}

# A rule of both directions names the same externals on both sides: what matters is who else it names there.
two_way(rule, sources, destinations) if {
	count(rule.flows) == 2
	count(sources) == 1
	count(destinations) == 1
}
