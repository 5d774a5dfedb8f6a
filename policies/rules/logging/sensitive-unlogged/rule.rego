# METADATA
# scope: package
# title: Way into a sensitive segment that is not logged
# description: |
#   A rule opens something into a sensitive segment from another one and does not log it. Which segments are
#   sensitive is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: logging
#   severity: warning
#   rationale: |
#     The few ways into a sensitive segment are where an intrusion shows first.
#   message: "what `{from}` can open in the sensitive segment `{to}` is not logged"
#   help: "add `log` to the rule"
#   controls:
#     - "PCI DSS 4.0 10.2.1"
#     - "NIST SP 800-53 r5 AU-12"
#   parameters: {}
package demarc.rules.logging.sensitive_unlogged

import data.demarc.lib

findings contains f if {
	some id, ways in lib.into_sensitive
	not input.rules[id].log
	some way in ways
	f := {"subject": id, "data": {"from": lib.name(way.from), "to": lib.name(way.to)}}
}
