# METADATA
# scope: package
# title: Cleartext administration
# description: |
#   A rule opens a service that sends the login of an administrator, or the files of a machine, unencrypted.
# custom:
#   category: exposure
#   severity: warning
#   rationale: |
#     Whoever can listen on the way has the login afterwards. There is an encrypted form of each of these
#     services.
#   message: "`{services}` sends logins or files unencrypted"
#   help: "open `std.ssh` in its place, or another encrypted form"
#   controls:
#     - "PCI DSS 4.0 2.2.7"
#     - "NIST SP 800-53 r5 AC-17"
#     - "CIS Controls v8 4.6"
#   parameters:
#     services:
#       default: ["ftp", "telnet", "tftp", "vnc"]
#       description: "names of `std` services that are not to be used"
package demarc.rules.exposure.cleartext_administration

import data.demarc.lib

findings contains f if {
	unwanted := {one | some one in lib.parameter("cleartext-administration", "services")}
	bad := {key: found |
		some key, services in lib.of_class("cleartext")
		input.services[key].widestRange < 1024
		found := {one | some one in services; one in unwanted}
		count(found) > 0
	}
	some id, rule in input.rules
	f := {"subject": id, "data": {"services": sort(bad[rule.service])}}
}
