# METADATA
# scope: package
# title: Administration from an external
# description: |
#   A rule lets an external open a shell, a desktop or another administrative service of a machine of the
#   estate.
# custom:
#   category: exposure
#   severity: error
#   rationale: |
#     A machine that we do not manage must not administer one that we do: whoever takes over the partner's
#     machine would stand on ours. Remote hands work over a gateway that knows the person.
#   message: "`{externals}` can open `{services}`"
#   help: "let the external reach a gateway that checks the person and records the session, and administer from there"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 AC-17"
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.exposure.admin_from_externals

import data.demarc.lib

findings contains f if {
	administration := lib.of_class("remote-administration")
	some id, externals in lib.from_externals
	services := administration[input.rules[id].service]
	f := {"subject": id, "data": {"externals": lib.names(externals), "services": services}}
}
