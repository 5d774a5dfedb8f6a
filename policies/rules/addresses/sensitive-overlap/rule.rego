# METADATA
# scope: package
# title: Addresses of a sensitive segment used twice
# description: |
#   A prefix of a sensitive segment overlaps one of another segment. Segments may do so as long as they do not
#   share. Which segments are sensitive is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: addresses
#   severity: info
#   rationale: |
#     An address in a log or a packet capture of a sensitive system should mean one machine. And the day the
#     segments have to share, one of them has to be renumbered.
#   message: "`{prefix}` of `{owners}` is used in two segments"
#   help: "give one of them a prefix of its own"
#   controls: []
#   parameters: {}
package demarc.rules.addresses.sensitive_overlap

import data.demarc.lib

findings contains f if {
	some id, overlap in input.overlaps
	some domain in overlap.domains
	domain in lib.sensitive
	f := {"subject": id, "data": {"owners": lib.names(overlap.owners), "prefix": overlap.prefix}}
}
