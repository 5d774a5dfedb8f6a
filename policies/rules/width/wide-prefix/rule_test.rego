package demarc.rules.width.wide_prefix_test

import data.demarc.rules.width.wide_prefix

document(destination) := {
	"endpoints": {
		"office": {"domain": "segment:office", "widestIpv4": 22},
		"plant": {"domain": "segment:plant", "widestIpv4": 12, "widestIpv6": 40},
		"plant: hall": {"domain": "segment:plant", "widestIpv4": 16, "widestIpv6": 48},
		"plant: yard": {"domain": "segment:plant", "widestIpv6": 40},
	},
	"rules": {"rule:plant-1": {"crossing": true, "flows": [{"source": ["office"], "destination": [destination]}]}},
}

test_wide_ipv4 if {
	found := wide_prefix.findings with input as document("plant")
	found == {{"subject": "rule:plant-1", "data": {"length": 12}}}
}

test_wide_ipv6 if {
	found := wide_prefix.findings with input as document("plant: yard")
	found == {{"subject": "rule:plant-1", "data": {"length": 40}}}
}

test_narrow if {
	count(wide_prefix.findings) == 0 with input as document("plant: hall")
}

test_other_limits if {
	count(wide_prefix.findings) == 1 with input as document("plant: hall")
		with data.parameters as {"wide-prefix": {"ipv4": 24}}
}
