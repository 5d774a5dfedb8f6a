# METADATA
# scope: package
# title: Sensitive segment that nothing is proved about
# description: |
#   No `never` protects a segment whose name says that it is sensitive.
# custom:
#   category: invariants
#   severity: warning
#   rationale: |
#     Rules only add. A `never` is what holds when the next hundred rules are written: it is proved over every
#     packet at every check.
#   message: "no `never` protects the sensitive segment `{segment}`"
#   help: "write a `never` into the segment, such as `never office -> pci`; say which segments are sensitive with the parameter `words`"
#   controls:
#     - "PCI DSS 4.0 1.3.1"
#     - "NIST SP 800-53 r5 SC-7"
#     - "CIS Controls v8 3.12"
#   parameters:
#     words:
#       default: ["cde", "cardholder", "hsm", "ics", "ot", "pci", "phi", "scada", "secrets", "vault"]
#       description: "words that mark the name of a sensitive segment, in lower case; `-` and `_` part words"
package demarc.rules.invariants.sensitive_without_never

import data.demarc.lib

protected contains domain if {
	some invariant in input.invariants
	invariant.kind == "never"
	some domain in invariant.to
}

findings contains f if {
	some segment in lib.sensitive
	not segment in protected
	f := {"subject": segment, "data": {"segment": lib.name(segment)}}
}
