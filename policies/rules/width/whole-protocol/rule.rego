# METADATA
# scope: package
# title: Rule on every port of a protocol
# description: |
#   A rule opens all ports of TCP or UDP.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     Every service of the destination is open with it, those of the operating system too.
#   message: "every port of `{protocols}` is open"
#   help: "name the ports that are needed, as in `tcp/8443`"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 CM-7"
#   parameters: {}
package demarc.rules.width.whole_protocol

whole[key] := found if {
	some key, profile in input.services
	not profile.any
	found := [protocol | some protocol in profile.wholeProtocols; protocol in {"tcp", "udp"}]
	count(found) > 0
}

findings contains f if {
	some id, rule in input.rules
	f := {"subject": id, "data": {"protocols": whole[rule.service]}}
}
