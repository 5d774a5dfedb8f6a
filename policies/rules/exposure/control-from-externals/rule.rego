# METADATA
# scope: package
# title: Control of machines or networks from an external
# description: |
#   A rule lets an external reach what controls a cluster, manages network devices or exchanges routes.
# custom:
#   category: exposure
#   severity: error
#   rationale: |
#     These services trust whoever reaches them more than others do: a scheduler starts programs, a management
#     agent changes configuration, a routing session moves traffic.
#   message: "`{externals}` can open `{services}`"
#   help: "take the service out of the rule; a routing session with an external is a link of its own and needs no rule"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 SC-7"
#     - "CIS Controls v8 12.3"
#   parameters:
#     classes:
#       default: ["cluster-control", "network-management", "routing"]
#       description: "classes of services that no external may reach"
package demarc.rules.exposure.control_from_externals

import data.demarc.lib

findings contains f if {
	some id, externals in lib.from_externals
	classes := input.services[input.rules[id].service].classes
	services := {one | some class in lib.parameter("control-from-externals", "classes"); some one in classes[class]}
	count(services) > 0
	f := {"subject": id, "data": {"externals": lib.names(externals), "services": sort(services)}}
}
