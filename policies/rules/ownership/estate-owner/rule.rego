# METADATA
# scope: package
# title: Estate without an owner
# description: |
#   The estate does not say who answers for it.
# custom:
#   category: ownership
#   severity: info
#   rationale: |
#     Whoever finds a fault in a generated configuration needs to know whom to ask. The owner also goes into the
#     output as a tag.
#   message: "nobody is named as owner of the estate `{estate}`"
#   help: "add `owner` to the estate: an address that a team reads"
#   controls: []
#   parameters: {}
package demarc.rules.ownership.estate_owner

findings contains f if {
	not input.estate.owner
	f := {"subject": input.estate.id, "data": {"estate": input.estate.name}}
}
