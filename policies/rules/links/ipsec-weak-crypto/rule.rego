# METADATA
# scope: package
# title: Weak cryptography of a tunnel
# description: |
#   The proposals of an `ipsec` link name an algorithm or a group that is no longer held to be safe.
# custom:
#   category: links
#   severity: error
#   rationale: |
#     DES, MD5 and small Diffie-Hellman groups are not to be used any more for IKEv2 and ESP (RFC 8221, RFC
#     8247), 3DES and SHA-1 are on their way out. Whoever records the traffic today can read it later.
#   message: "`{key}` of the tunnel is `{value}`"
#   help: "use AES with 128 bits or more, SHA-256 or longer, and one of groups 14 to 21; or leave `ike` out"
#   controls:
#     - "PCI DSS 4.0 4.2.1"
#     - "NIST SP 800-53 r5 SC-8"
#     - "NIST SP 800-53 r5 SC-13"
#   parameters:
#     algorithms:
#       default: ["3des", "3des-cbc", "des", "des-cbc", "hmac-md5", "hmac-sha1", "md5", "null", "sha", "sha1"]
#       description: "names of algorithms that are weak, in lower case"
#     groups:
#       default: [1, 2, 5, 22, 23, 24]
#       description: "numbers of Diffie-Hellman groups that are weak"
package demarc.rules.links.ipsec_weak_crypto

import data.demarc.lib

algorithms := {name | some name in lib.parameter("ipsec-weak-crypto", "algorithms")}

groups := {number | some number in lib.parameter("ipsec-weak-crypto", "groups")}

weak(key, value) if {
	key in {"encryption", "integrity", "esp-encryption", "esp-integrity"}
	lower(value) in algorithms
}

weak(key, value) if {
	key in {"dh-group", "pfs-group"}
	value in groups
}

findings contains f if {
	some id, link in input.links
	some key, value in link.ike
	weak(key, value)
	f := {"subject": id, "data": {"key": key, "value": value}}
}
