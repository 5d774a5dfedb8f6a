# METADATA
# scope: package
# title: Share of far more than is used
# description: |
#   Rules need only a small part of what a share makes routable.
# custom:
#   category: sharing
#   severity: warning
#   rationale: |
#     A share decides what another segment has a route to. What is shared without need is one faulty filter away
#     from being open.
#   message: "only {used} of {shared} shared addresses are needed by a rule"
#   help: "share the host, subnet or group that the rules name; set what is a small part with the parameters"
#   controls:
#     - "NIST SP 800-53 r5 AC-4"
#     - "NIST SP 800-53 r5 AC-6"
#   parameters:
#     percent:
#       default: 25
#       description: "a share is too wide where less than this part of it is needed, in per cent"
#     smallest:
#       default: 32
#       description: "how many addresses a share has at least, so that small ones do not count"
package demarc.rules.sharing.share_wider_than_use

import data.demarc.lib

findings contains f if {
	percent := lib.parameter("share-wider-than-use", "percent")
	smallest := lib.parameter("share-wider-than-use", "smallest")
	some id, share in input.shares
	share.needed
	share.addresses >= smallest
	share.used * 100 < share.addresses * percent
	f := {"subject": id, "data": {"shared": share.addresses, "used": share.used}}
}
