# METADATA
# scope: package
# title: Owner who cannot be reached
# description: |
#   An owner is named by something that holds no `@`, such as a first name.
# custom:
#   category: ownership
#   severity: info
#   rationale: |
#     People leave and teams are renamed. An address keeps working, and it can be written to by a program that
#     found something.
#   message: "`{owner}` is no address that the owner can be reached at"
#   help: "name the owner by an address that a team reads, or set what an owner must contain with the parameter `mark`"
#   controls: []
#   parameters:
#     mark:
#       default: "@"
#       description: "text that every owner has to contain; an empty one asks for nothing"
package demarc.rules.ownership.owner_contact

import data.demarc.lib

owners[id] := segment.owner if some id, segment in input.segments

owners[id] := policy.owner if some id, policy in input.policies

owners[input.estate.id] := input.estate.owner

findings contains f if {
	some id, owner in owners
	not contains(owner, lib.parameter("owner-contact", "mark"))
	f := {"subject": id, "data": {"owner": owner}}
}
