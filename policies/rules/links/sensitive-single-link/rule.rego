# METADATA
# scope: package
# title: Sensitive segment that hangs on one link
# description: |
#   A link carries a sensitive segment and there is no other way when it fails. Which segments are sensitive is
#   said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: links
#   severity: info
#   rationale: |
#     What is worth most is worth a second line. A line that fails with no other way is mended in a hurry, and
#     that is when boundaries are opened.
#   message: "`{segment}` has no other way when `{link}` fails"
#   help: "add a second link, best by another building and another router"
#   controls:
#     - "NIST SP 800-53 r5 CP-8(2)"
#   parameters: {}
package demarc.rules.links.sensitive_single_link

import data.demarc.lib

findings contains f if {
	some id, carried in input.carries
	carried.domain in lib.sensitive
	not carried.redundant
	f := {"subject": id, "data": {"link": lib.name(carried.link), "segment": lib.name(carried.domain)}}
}
