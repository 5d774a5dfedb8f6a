# METADATA
# scope: package
# title: Little headroom
# description: |
#   What is compiled comes near a limit of its platform. Each limit is told once, where it is fullest.
# custom:
#   category: headroom
#   severity: warning
#   rationale: |
#     The change that goes over a limit is the urgent one. Quotas are raised in days, not in the minutes of a
#     release.
#   message: "`{fullest}` uses {used} of {allowed} of the limit `{limit}`"
#   help: "have the quota raised and write it into `limits` of `demarc.json`, or split what is full; set what is near with the parameter `percent`"
#   controls: []
#   parameters:
#     percent:
#       default: 80
#       description: "how much of a limit may be used, in per cent"
#     smallest:
#       default: 10
#       description: "how much a limit allows at least, so that small fixed ones do not count"
package demarc.rules.headroom.limit_headroom

import data.demarc.lib

findings contains f if {
	percent := lib.parameter("limit-headroom", "percent")
	smallest := lib.parameter("limit-headroom", "smallest")
	some id, limit in input.limits
	limit.percentUsed >= percent
	limit.allowed >= smallest
	f := {"subject": id, "data": {
		"allowed": limit.allowed,
		"fullest": limit.fullest,
		"limit": limit.limit,
		"used": limit.used,
	}}
}
