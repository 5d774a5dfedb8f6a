# METADATA
# scope: package
# title: Sensitive segment open to an external
# description: |
#   A rule lets an external open something in a sensitive segment. Which segments are sensitive is said by the
#   parameter `words` of `sensitive-without-never`.
# custom:
#   category: exposure
#   severity: error
#   rationale: |
#     Sensitive data is kept behind another system that outsiders speak to, so that one mistake does not lay it
#     open.
#   message: "`{externals}` can open flows into the sensitive segment `{segment}`"
#   help: "let the external speak to a system in another segment, and that to the sensitive one"
#   controls:
#     - "PCI DSS 4.0 1.4.4"
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.exposure.sensitive_from_externals

import data.demarc.lib

findings contains f if {
	some id, externals in lib.from_externals
	some segment in lib.destination_segments(input.rules[id])
	segment in lib.sensitive
	not segment in lib.foreign
	f := {"subject": id, "data": {"externals": lib.names(externals), "segment": lib.name(segment)}}
}
