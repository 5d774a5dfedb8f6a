package demarc.rules.links.ipsec_weak_crypto_test

import data.demarc.rules.links.ipsec_weak_crypto

link(ike) := {"links": {"link:vpn": {"ike": ike}}}

test_algorithm if {
	found := ipsec_weak_crypto.findings with input as link({"encryption": "3DES", "integrity": "sha256"})
	found == {{"subject": "link:vpn", "data": {"key": "encryption", "value": "3DES"}}}
}

test_group if {
	found := ipsec_weak_crypto.findings with input as link({"dh-group": 2, "lifetime": 2})
	found == {{"subject": "link:vpn", "data": {"key": "dh-group", "value": 2}}}
}

test_strong if {
	count(ipsec_weak_crypto.findings) == 0 with input as link({"encryption": "aes256-gcm", "integrity": "sha384", "pfs-group": 20})
}

test_default if {
	count(ipsec_weak_crypto.findings) == 0 with input as link({})
}

test_parameters if {
	found := ipsec_weak_crypto.findings with input as link({"encryption": "aes128", "dh-group": 14})
		with data.parameters as {"ipsec-weak-crypto": {"algorithms": ["aes128"], "groups": [14]}}
	count(found) == 2
}
