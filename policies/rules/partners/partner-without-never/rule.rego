# METADATA
# scope: package
# title: External that nothing is proved about
# description: |
#   No `never` names what the externals of a segment must not reach.
# custom:
#   category: partners
#   severity: info
#   rationale: |
#     A rule that lets a partner in too far is found at review, perhaps. A `never` finds it at every check, with
#     a packet.
#   message: "no `never` says what `{segment}` must not reach"
#   help: "write a `never` from the segment, such as `never partners -> pci`"
#   controls:
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.partners.partner_without_never

import data.demarc.lib

limited contains domain if {
	some invariant in input.invariants
	invariant.kind == "never"
	some domain in invariant.from
}

findings contains f if {
	some segment in lib.foreign
	not segment in limited
	f := {"subject": segment, "data": {"segment": lib.name(segment)}}
}
