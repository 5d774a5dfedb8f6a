# METADATA
# scope: package
# title: Flows of an external that are not logged
# description: |
#   A rule lets an external open something and does not log it.
# custom:
#   category: partners
#   severity: warning
#   rationale: |
#     What outsiders open is what is looked for first after an incident. Without a log there is nothing to look
#     at.
#   message: "what `{externals}` can open is not logged"
#   help: "add `log` to the rule"
#   controls:
#     - "PCI DSS 4.0 10.2.1"
#     - "NIST SP 800-53 r5 AU-12"
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.partners.partner_unlogged

import data.demarc.lib

findings contains f if {
	some id, externals in lib.from_externals
	not input.rules[id].log
	f := {"subject": id, "data": {"externals": lib.names(externals)}}
}
