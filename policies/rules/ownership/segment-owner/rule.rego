# METADATA
# scope: package
# title: Segment without an owner
# description: |
#   A segment does not say who decides what may reach it.
# custom:
#   category: ownership
#   severity: warning
#   rationale: |
#     A segment is a boundary that somebody has to defend: every share and every crossing rule needs a yes from
#     them.
#   message: "nobody is named as owner of the segment `{segment}`"
#   help: "add `owner` to the segment: an address that a team reads"
#   controls: []
#   parameters: {}
package demarc.rules.ownership.segment_owner

findings contains f if {
	some id, segment in input.segments
	not segment.owner
	f := {"subject": id, "data": {"segment": segment.name}}
}
