package demarc.rules.addresses.external_wide_prefix_test

import data.demarc.rules.addresses.external_wide_prefix

external(prefix, family, length) := {"externals": {"external:globex": {
	"name": "globex",
	"prefixes": [{"prefix": prefix, "family": family, "length": length}],
}}}

test_wide if {
	found := external_wide_prefix.findings with input as external("0.0.0.0/1", 4, 1)
	found == {{"subject": "external:globex", "data": {"external": "globex", "prefix": "0.0.0.0/1"}}}
}

test_wide_ipv6 if {
	count(external_wide_prefix.findings) == 1 with input as external("2000::/3", 6, 3)
}

test_narrow if {
	count(external_wide_prefix.findings) == 0 with input as external("203.0.113.0/24", 4, 24)
	count(external_wide_prefix.findings) == 0 with input as external("2001:db8::/32", 6, 32)
}

test_parameter if {
	count(external_wide_prefix.findings) == 1 with input as external("203.0.113.0/24", 4, 24)
		with data.parameters as {"external-wide-prefix": {"ipv4": 26}}
}
