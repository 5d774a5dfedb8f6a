# METADATA
# scope: package
# title: Sensitive segment over somebody else's network, unencrypted
# description: |
#   A link hands a sensitive segment to an unmanaged router, and no tunnel protects it. Which segments are
#   sensitive is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: links
#   severity: warning
#   rationale: |
#     A carrier keeps its customers apart by its own configuration. If that fails, or somebody listens there,
#     only encryption is left.
#   message: "`{segment}` crosses `{link}` unencrypted"
#   help: "carry the segment by a link of kind `ipsec`, or waive this where the applications encrypt everything themselves"
#   controls:
#     - "NIST SP 800-53 r5 SC-8"
#     - "NIST SP 800-207 2.1 tenet 2"
#     - "CIS Controls v8 3.10"
#   parameters: {}
package demarc.rules.links.sensitive_over_carrier

import data.demarc.lib

findings contains f if {
	some id, carried in input.carries
	carried.domain in lib.sensitive
	link := input.links[carried.link]
	link.toUnmanaged
	not link.encrypted
	f := {"subject": id, "data": {"link": lib.name(carried.link), "segment": lib.name(carried.domain)}}
}
