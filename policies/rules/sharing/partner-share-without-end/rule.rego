# METADATA
# scope: package
# title: Wide share with externals that never ends
# description: |
#   A share makes a wide range routable from a segment that holds only externals, and has no end.
# custom:
#   category: sharing
#   severity: warning
#   rationale: |
#     Contracts end and shares stay. A narrow share to one server is soon found; a wide one hands an old partner
#     a map of the network.
#   message: "a range of /{length} is shared with `{with}` without an end"
#   help: "share the servers that the partner needs, or add `until` with the end of the contract"
#   controls:
#     - "PCI DSS 4.0 1.2.7"
#     - "NIST SP 800-53 r5 CA-3"
#     - "NIST SP 800-53 r5 SC-7(4)"
#   parameters:
#     ipv4:
#       default: 24
#       description: "shortest prefix length of IPv4 that may be shared without an end"
#     ipv6:
#       default: 64
#       description: "shortest prefix length of IPv6 that may be shared without an end"
package demarc.rules.sharing.partner_share_without_end

import data.demarc.lib

lengths(profile) := union({
	{profile.widestIpv4 | profile.widestIpv4 < lib.parameter("partner-share-without-end", "ipv4")},
	{profile.widestIpv6 | profile.widestIpv6 < lib.parameter("partner-share-without-end", "ipv6")},
})

findings contains f if {
	some id, share in input.shares
	not share.until
	with_whom := [domain | some domain in share.with; domain in lib.foreign]
	count(with_whom) > 0
	some what in share.what
	length := min(lengths(input.endpoints[what]))
	f := {"subject": id, "data": {"length": length, "with": lib.names(with_whom)}}
}
