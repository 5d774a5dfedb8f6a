# METADATA
# scope: package
# title: Whole sensitive segment shared
# description: |
#   A share makes every endpoint of a sensitive segment routable from another one. Which segments are sensitive
#   is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: sharing
#   severity: warning
#   rationale: |
#     What has a route into a sensitive segment belongs to the scope of its audit. A whole segment that is
#     shared draws the other one into the scope.
#   message: "all of the sensitive segment `{segment}` is shared with `{with}`"
#   help: "share what the other segment has to reach"
#   controls:
#     - "PCI DSS 4.0 1.3.1"
#     - "NIST SP 800-53 r5 SC-7"
#     - "CIS Controls v8 3.12"
#   parameters: {}
package demarc.rules.sharing.sensitive_whole_share

import data.demarc.lib

findings contains f if {
	some id, share in input.shares
	some what in share.what
	profile := input.endpoints[what]
	profile.whole
	profile.domain in lib.sensitive
	f := {"subject": id, "data": {"segment": lib.name(profile.domain), "with": lib.names(share.with)}}
}
