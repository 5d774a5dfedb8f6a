# METADATA
# scope: package
# title: Data store open to an external
# description: |
#   A rule lets an external reach a database, a cache or a file share.
# custom:
#   category: exposure
#   severity: error
#   rationale: |
#     Databases and file shares hand out whatever a login may see, in bulk. What a partner needs from them
#     belongs behind an interface that answers one question at a time.
#   message: "`{externals}` can open `{services}`"
#   help: "put an interface between the external and the data, and open that"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 SC-7"
#     - "NIST SP 800-53 r5 AC-20"
#   parameters:
#     classes:
#       default: ["database", "file-sharing"]
#       description: "classes of services that no external may reach"
package demarc.rules.exposure.data_store_from_externals

import data.demarc.lib

findings contains f if {
	some id, externals in lib.from_externals
	classes := input.services[input.rules[id].service].classes
	services := {one | some class in lib.parameter("data-store-from-externals", "classes"); some one in classes[class]}
	count(services) > 0
	f := {"subject": id, "data": {"externals": lib.names(externals), "services": sort(services)}}
}
