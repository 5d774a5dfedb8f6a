# METADATA
# scope: package
# title: Administration of another segment that is not logged
# description: |
#   A rule opens an administrative service of another segment and does not log it.
# custom:
#   category: logging
#   severity: warning
#   rationale: |
#     Who administered what, and when, is asked after every incident.
#   message: "administration by `{services}` from another segment is not logged"
#   help: "add `log` to the rule"
#   controls:
#     - "NIST SP 800-53 r5 AU-12"
#     - "NIST SP 800-53 r5 AC-17"
#   parameters: {}
package demarc.rules.logging.admin_unlogged

import data.demarc.lib

findings contains f if {
	administration := lib.of_class("remote-administration")
	some id, rule in lib.crossing
	services := administration[rule.service]
	not rule.log
	f := {"subject": id, "data": {"services": services}}
}
