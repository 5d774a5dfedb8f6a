# METADATA
# scope: package
# title: Policy without an owner
# description: |
#   A policy does not say who asked for its rules.
# custom:
#   category: ownership
#   severity: warning
#   rationale: |
#     Rules outlive projects. When a review asks whether a rule is still needed, only its owner can say; a rule
#     nobody owns is never removed.
#   message: "nobody is named as owner of the policy `{policy}`"
#   help: "add `owner` to the policy: an address that a team reads"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "PCI DSS 4.0 1.2.7"
#   parameters: {}
package demarc.rules.ownership.policy_owner

findings contains f if {
	some id, policy in input.policies
	not policy.owner
	f := {"subject": id, "data": {"policy": policy.name}}
}
