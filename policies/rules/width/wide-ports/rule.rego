# METADATA
# scope: package
# title: Wide range of ports between segments
# description: |
#   A rule opens a range of ports from one segment to another that is wider than any single service is.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     A wide range takes in services that nobody thought of. Where a program gives out ports as it is asked, it
#     can be told to use a narrow range.
#   message: "`{service}` spans {ports} neighbouring ports"
#   help: "narrow the range, or say with the parameter `most` how wide one may be"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 CM-7"
#   parameters:
#     most:
#       default: 1000
#       description: "how many neighbouring ports a rule between segments may open"
package demarc.rules.width.wide_ports

import data.demarc.lib

wide[key] := profile.widestRange if {
	most := lib.parameter("wide-ports", "most")
	some key, profile in input.services
	profile.widestRange > most
	profile.widestRange < 65536
}

findings contains f if {
	some id, rule in lib.crossing
	f := {"subject": id, "data": {"ports": wide[rule.service], "service": rule.service}}
}
