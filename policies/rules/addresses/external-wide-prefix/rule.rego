# METADATA
# scope: package
# title: External with a very wide prefix
# description: |
#   The prefix of an external is far wider than what a partner or a branch has.
# custom:
#   category: addresses
#   severity: warning
#   rationale: |
#     We accept routes inside the prefix of an external and send it what goes there. A wide prefix lets it draw
#     in traffic for addresses that are not its own.
#   message: "`{external}` owns all of `{prefix}`"
#   help: "list the prefixes that the other side really has; set what is wide with the parameters"
#   controls:
#     - "NIST SP 800-53 r5 SC-7"
#     - "NIST SP 800-53 r5 CA-3"
#   parameters:
#     ipv4:
#       default: 12
#       description: "shortest prefix length of IPv4 that an external may have"
#     ipv6:
#       default: 29
#       description: "shortest prefix length of IPv6 that an external may have"
package demarc.rules.addresses.external_wide_prefix

import data.demarc.lib

shortest(4) := lib.parameter("external-wide-prefix", "ipv4")

shortest(6) := lib.parameter("external-wide-prefix", "ipv6")

findings contains f if {
	some id, external in input.externals
	some prefix in external.prefixes
	prefix.length < shortest(prefix.family)
	f := {"subject": id, "data": {"external": external.name, "prefix": prefix.prefix}}
}
