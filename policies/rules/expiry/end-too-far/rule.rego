# METADATA
# scope: package
# title: End too far away
# description: |
#   A rule or a share ends so late that it may as well not end.
# custom:
#   category: expiry
#   severity: info
#   rationale: |
#     An end is there so that somebody looks again. Nobody will look in ten years.
#   daily: true
#   message: "`{subject}` ends on {until}, in {days} days"
#   help: "set an end after which somebody looks again, or take it away; set what is too far with the parameter `days`"
#   controls:
#     - "PCI DSS 4.0 1.2.7"
#     - "NIST SP 800-53 r5 SC-7(4)"
#   parameters:
#     days:
#       default: 3650
#       description: "how many days away an end may be"
package demarc.rules.expiry.end_too_far

import data.demarc.lib

findings contains f if {
	most := lib.parameter("end-too-far", "days")
	some id, statement in lib.ending
	statement.daysLeft > most
	f := {"subject": id, "data": {"days": statement.daysLeft, "until": statement.until}}
}
