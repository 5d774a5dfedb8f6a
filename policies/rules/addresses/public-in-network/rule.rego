# METADATA
# scope: package
# title: Public addresses inside
# description: |
#   A network of ours uses IPv4 addresses that are neither private nor reserved for another use.
# custom:
#   category: addresses
#   severity: info
#   rationale: |
#     If the addresses are ours, they may be reached from outside the day somebody routes them; if they are not,
#     their real owner cannot be reached from here, and packets meant for us can leave.
#   message: "`{network}` uses the public prefix `{prefix}`"
#   help: "use private addresses (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16), or waive this for addresses that are yours"
#   controls:
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.addresses.public_in_network

findings contains f if {
	some id, network in input.networks
	some prefix in network.prefixes
	prefix.family == 4
	prefix.space == "public"
	f := {"subject": id, "data": {"network": network.name, "prefix": prefix.prefix}}
}
