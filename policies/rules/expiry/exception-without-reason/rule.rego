# METADATA
# scope: package
# title: Exception without a reason
# description: |
#   A rule or a share ends on a day, says no reason, and its policy names no ticket.
# custom:
#   category: expiry
#   severity: warning
#   rationale: |
#     When the day comes somebody has to decide whether it may end. Without the reason they will prolong it.
#   message: "`{subject}` ends on {until}, and neither a reason nor a ticket says why it is there"
#   help: "add `because \"…\"`, or a `ticket` to the policy"
#   controls:
#     - "NIST SP 800-53 r5 SC-7(4)"
#     - "PCI DSS 4.0 1.2.5"
#   parameters: {}
package demarc.rules.expiry.exception_without_reason

import data.demarc.lib

findings contains f if {
	some id, statement in lib.ending
	not statement.because
	not input.policies[statement.policy].ticket
	f := {"subject": id, "data": {"until": statement.until}}
}
