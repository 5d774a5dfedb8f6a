# METADATA
# scope: package
# title: Rule on any service
# description: |
#   A rule opens every protocol and every port.
# custom:
#   category: width
#   severity: warning
#   rationale: |
#     A rule on `any` says that nobody knows what is needed. It also opens what is installed tomorrow.
#   message: "every protocol and port is open"
#   help: "name the services that are needed; `demarc query` shows what is open already"
#   controls:
#     - "PCI DSS 4.0 1.2.5"
#     - "NIST SP 800-53 r5 CM-7"
#     - "NIST SP 800-53 r5 AC-6"
#   parameters: {}
package demarc.rules.width.any_service

findings contains f if {
	some id, rule in input.rules
	input.services[rule.service].any
	f := {"subject": id, "data": {}}
}
