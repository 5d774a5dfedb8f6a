# METADATA
# scope: package
# title: Rule from or to the whole estate
# description: |
#   One side of a rule is every endpoint of the estate, in every segment, externals included.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     Such a rule grows with the estate: it opens what is declared next year, by people who never heard of it.
#   message: "the {side} is the whole estate"
#   help: "name the segments that are meant"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 AC-6"
#     - "NIST SP 800-53 r5 AC-4"
#   parameters: {}
package demarc.rules.width.whole_estate

used := {id | some id, segment in input.segments; segment.networks + segment.externals > 0}

findings contains f if {
	count(used) > 1
	some id, rule in input.rules
	some flow in rule.flows
	some side in ["source", "destination"]
	count(flow[side]) >= count(used)
	whole := {profile.domain | some key in flow[side]; profile := input.endpoints[key]; profile.whole}
	count(used - whole) == 0
	f := {"subject": id, "data": {"side": side}}
}
