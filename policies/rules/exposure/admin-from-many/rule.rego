# METADATA
# scope: package
# title: Administration of another segment from many machines
# description: |
#   A rule opens an administrative service of another segment to more addresses than a few bastion hosts have.
# custom:
#   category: exposure
#   severity: warning
#   rationale: |
#     Every machine that may open a shell elsewhere is a step for an intruder. Few, hardened and watched
#     machines are enough to administer from.
#   message: "{addresses} addresses can open `{services}` in another segment"
#   help: "open it to a bastion host, or say with the parameter `most` how many addresses are few"
#   controls:
#     - "NIST SP 800-53 r5 AC-17"
#     - "CIS Controls v8 12.8"
#   parameters:
#     most:
#       default: 16
#       description: "how many addresses may administer another segment"
package demarc.rules.exposure.admin_from_many

import data.demarc.lib

findings contains f if {
	administration := lib.of_class("remote-administration")
	some id, rule in lib.crossing
	services := administration[rule.service]
	not rule.sourceExternals
	rule.sourceAddresses > lib.parameter("admin-from-many", "most")
	f := {"subject": id, "data": {"addresses": rule.sourceAddresses, "services": services}}
}
