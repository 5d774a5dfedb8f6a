# METADATA
# scope: package
# title: Cleartext with an external
# description: |
#   A rule opens a service that sends logins or content unencrypted between an external and the estate, in
#   either direction.
# custom:
#   category: exposure
#   severity: warning
#   rationale: |
#     The line to a partner is not ours from end to end. What travels over it unencrypted can be read and
#     changed by everybody on the way.
#   message: "`{services}` with `{externals}` is not encrypted"
#   help: "open the encrypted form of the service (`std.https` for `std.http`, `std.ldaps` for `std.ldap`, …)"
#   controls:
#     - "PCI DSS 4.0 1.2.6"
#     - "NIST SP 800-53 r5 SC-8"
#     - "NIST SP 800-207 2.1 tenet 2"
#   parameters: {}
package demarc.rules.exposure.cleartext_from_externals

import data.demarc.lib

findings contains f if {
	cleartext := lib.of_class("cleartext")
	some id, rule in input.rules
	externals := object.get(rule, "sourceExternals", object.get(rule, "destinationExternals", []))
	count(externals) > 0
	not input.services[rule.service].any
	f := {"subject": id, "data": {"externals": lib.names(externals), "services": cleartext[rule.service]}}
}
