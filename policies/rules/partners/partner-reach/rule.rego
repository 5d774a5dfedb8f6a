# METADATA
# scope: package
# title: External that reaches many things
# description: |
#   What is open from one external comes to more targets than a partner usually needs. A target is a host,
#   subnet or network; what is counted is what can really be opened, whichever rules say so.
# custom:
#   category: partners
#   severity: warning
#   rationale: |
#     Each rule of a partner looked small when it was written. Their sum is what an intruder at the partner
#     finds.
#   message: "`{external}` can open flows to {count} targets"
#   help: "put what the partner needs behind one interface, or set with the parameter `most` how many targets are few"
#   controls:
#     - "PCI DSS 4.0 1.4.2"
#     - "NIST SP 800-53 r5 AC-20"
#     - "NIST SP 800-53 r5 CA-3"
#   parameters:
#     most:
#       default: 10
#       description: "how many targets an external may reach"
package demarc.rules.partners.partner_reach

import data.demarc.lib

reached[exposure.external] contains exposure.owner if {
	some exposure in input.exposures
	exposure.direction == "from-external"
}

findings contains f if {
	most := lib.parameter("partner-reach", "most")
	some external, owners in reached
	count(owners) > most
	f := {"subject": external, "data": {"count": count(owners), "external": lib.name(external)}}
}
