# METADATA
# scope: package
# title: Way into a sensitive segment without a ticket
# description: |
#   A policy opens something into a sensitive segment from another one and names no ticket. Which segments are
#   sensitive is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: ownership
#   severity: warning
#   rationale: |
#     Audits of sensitive environments ask for the approval of each way in. The ticket is where the approval is
#     found.
#   message: "the policy `{policy}` opens ways into a sensitive segment and names no ticket"
#   help: "add `ticket` to the policy: the change in which the flow was approved"
#   controls:
#     - "PCI DSS 4.0 1.2.2"
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 CM-3"
#   parameters: {}
package demarc.rules.ownership.sensitive_ticket

import data.demarc.lib

findings contains f if {
	some policy in {input.rules[rule].policy | some rule, _ in lib.into_sensitive}
	not input.policies[policy].ticket
	f := {"subject": policy, "data": {"policy": lib.name(policy)}}
}
