package demarc.rules.addresses.special_addresses_test

import data.demarc.rules.addresses.special_addresses

document(space) := {
	"networks": {"network:lab": {"prefixes": [{"prefix": "198.18.0.0/24", "space": space}]}},
	"externals": {"external:globex": {"prefixes": [{"prefix": "203.0.113.0/27", "space": "documentation"}]}},
}

test_special if {
	found := special_addresses.findings with input as document("benchmarking")
	found == {{"subject": "network:lab", "data": {"prefix": "198.18.0.0/24", "space": "benchmarking"}}}
}

test_private if {
	count(special_addresses.findings) == 0 with input as document("private")
}

test_parameter if {
	found := special_addresses.findings with input as document("private")
		with data.parameters as {"special-addresses": {"spaces": ["documentation"]}}
	{one.subject | some one in found} == {"external:globex"}
}
