# METADATA
# scope: package
# title: Router without a site
# description: |
#   A router of ours does not say where it stands.
# custom:
#   category: naming
#   severity: info
#   rationale: |
#     Whoever is sent to a router, or asks which building a filter protects, needs to know. The site goes into
#     the hand-off documents.
#   message: "nothing says where `{router}` stands"
#   help: "add `site` to the router"
#   controls:
#     - "NIST SP 800-53 r5 CM-8"
#   parameters: {}
package demarc.rules.naming.router_site

findings contains f if {
	some id, place in input.places
	place.kind == "router"
	place.managed
	not place.site
	f := {"subject": id, "data": {"router": place.name}}
}
