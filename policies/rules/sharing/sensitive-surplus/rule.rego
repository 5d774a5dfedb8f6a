# METADATA
# scope: package
# title: Sensitive segment with a route that nobody shared
# description: |
#   A place cannot announce just what is shared and leads another segment's prefix into a sensitive segment,
#   beyond the share. Filters keep the flows closed all the same. Which segments are sensitive is said by the
#   parameter `words` of `sensitive-without-never`.
# custom:
#   category: sharing
#   severity: warning
#   rationale: |
#     Routes are the first of two barriers. Where they leak, the filter is the only one left.
#   message: "`{into}` gets a route to `{prefix}` of `{owner}`, which is not shared with it"
#   help: "let the segments meet at a router, which announces just what is shared, or move what is shared behind a link of its own"
#   controls:
#     - "NIST SP 800-53 r5 SC-7"
#     - "NIST SP 800-53 r5 AC-4"
#   parameters: {}
package demarc.rules.sharing.sensitive_surplus

import data.demarc.lib

findings contains f if {
	some id, surplus in input.surplus
	surplus.into in lib.sensitive
	not surplus.owner in shared_with[surplus.into]
	f := {"subject": id, "data": {
		"into": lib.name(surplus.into),
		"owner": lib.name(surplus.owner),
		"prefix": surplus.prefix,
	}}
}

# The rest of an external or network of which a part is shared is no other party's.
shared_with[domain] contains owner if {
	some share in input.shares
	some domain in share.with
	some what in share.what
	some inner in input.endpoints[what].owners
	some owner in above(inner)
}

# METADATA
# description: An owner of addresses and what it lies in.
above(id) := {id, parent, outermost} if {
	parent := object.get(input.hosts, [id, "parent"], id)
	outermost := object.get(input.subnets, [parent, "network"], parent)
}
