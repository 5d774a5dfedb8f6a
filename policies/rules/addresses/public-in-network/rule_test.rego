package demarc.rules.addresses.public_in_network_test

import data.demarc.rules.addresses.public_in_network

network(prefix) := {"networks": {"network:lab": {"name": "lab", "prefixes": [prefix]}}}

test_public if {
	found := public_in_network.findings with input as network({"prefix": "11.0.0.0/24", "family": 4, "space": "public"})
	found == {{"subject": "network:lab", "data": {"network": "lab", "prefix": "11.0.0.0/24"}}}
}

test_private if {
	count(public_in_network.findings) == 0 with input as network({"prefix": "10.0.0.0/24", "family": 4, "space": "private"})
}

test_ipv6 if {
	count(public_in_network.findings) == 0 with input as network({"prefix": "2a00::/64", "family": 6, "space": "public"})
}
