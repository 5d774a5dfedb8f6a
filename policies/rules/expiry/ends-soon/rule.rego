# METADATA
# scope: package
# title: End that should be planned for
# description: |
#   A rule or a share ends within the coming weeks. From 30 days before its end on the compiler itself warns.
# custom:
#   category: expiry
#   severity: info
#   rationale: |
#     A prolongation takes its time: an owner to ask, a change to approve. An end that surprises stops a
#     service, or is postponed without a look.
#   daily: true
#   message: "`{subject}` ends on {until}, in {days} days"
#   help: "ask the owner of the policy now; set how early this is told with the parameter `days`"
#   controls:
#     - "NIST SP 800-53 r5 SC-7(4)"
#   parameters:
#     days:
#       default: 60
#       description: "how many days before its end a statement is told"
package demarc.rules.expiry.ends_soon

import data.demarc.lib

findings contains f if {
	days := lib.parameter("ends-soon", "days")
	some id, statement in lib.ending
	statement.daysLeft <= days
	statement.daysLeft > 30
	f := {"subject": id, "data": {"days": statement.daysLeft, "until": statement.until}}
}
