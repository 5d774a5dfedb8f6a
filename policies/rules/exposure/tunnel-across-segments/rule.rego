# METADATA
# scope: package
# title: Tunnel between segments
# description: |
#   A rule opens a tunnelling protocol from one segment to another.
# custom:
#   category: exposure
#   severity: warning
#   rationale: |
#     What travels inside a tunnel passes every filter on the way: the rule opens whatever the ends agree on,
#     and no proof speaks about it.
#   message: "`{services}` can carry any packet between `{from}` and `{to}`"
#   help: "end the tunnel at a link of kind `ipsec`, where what comes out of it is filtered, or open the services that are needed"
#   controls:
#     - "NIST SP 800-53 r5 AC-4"
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.exposure.tunnel_across_segments

import data.demarc.lib

findings contains f if {
	tunnels := lib.of_class("tunnel")
	some id, rule in lib.crossing
	services := tunnels[rule.service]
	input.services[rule.service].widestRange < 1024
	not input.services[rule.service].any
	f := {"subject": id, "data": {
		"from": lib.names(lib.source_segments(rule)),
		"to": lib.names(lib.destination_segments(rule)),
		"services": services,
	}}
}
