# METADATA
# scope: package
# title: Addresses that are kept for something else
# description: |
#   A network or an external uses addresses that systems treat in a way of their own, such as those for
#   measurements.
# custom:
#   category: addresses
#   severity: warning
#   rationale: |
#     Systems drop such addresses, keep them on one link or never route them, each in its own way.
#   message: "`{prefix}` is kept for another use (`{space}`)"
#   help: "use private addresses; set what is unwanted with the parameter `spaces`"
#   controls: []
#   parameters:
#     spaces:
#       default: ["benchmarking", "link-local", "loopback"]
#       description: "parts of the address space that are not to be used"
package demarc.rules.addresses.special_addresses

import data.demarc.lib

owners[id] := network if some id, network in input.networks

owners[id] := external if some id, external in input.externals

findings contains f if {
	spaces := {space | some space in lib.parameter("special-addresses", "spaces")}
	some id, owner in owners
	some prefix in owner.prefixes
	prefix.space in spaces
	f := {"subject": id, "data": {"prefix": prefix.prefix, "space": prefix.space}}
}
