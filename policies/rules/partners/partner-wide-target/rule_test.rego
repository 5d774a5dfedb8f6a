package demarc.rules.partners.partner_wide_target_test

import data.demarc.rules.partners.partner_wide_target

document(destination) := {
	"endpoints": {
		"partners: initech": {"externals": ["external:initech"], "widestIpv4": 8},
		"prod: servers": {"widestIpv4": 22},
		"prod: servers.orders": {"widestIpv4": 32},
		"prod: servers6": {"widestIpv6": 56},
	},
	"rules": {"rule:orders-1": {
		"service": "tcp/443",
		"sourceExternals": ["external:globex"],
		"flows": [{"source": ["partners: globex"], "destination": [destination]}],
	}},
}

found(length) := {{"subject": "rule:orders-1", "data": {
	"externals": ["globex"],
	"length": length,
	"service": "tcp/443",
}}}

test_network if {
	partner_wide_target.findings == found(22) with input as document("prod: servers")
}

test_network_of_ipv6 if {
	partner_wide_target.findings == found(56) with input as document("prod: servers6")
}

test_host if {
	count(partner_wide_target.findings) == 0 with input as document("prod: servers.orders")
}

test_external if {
	count(partner_wide_target.findings) == 0 with input as document("partners: initech")
}

test_other_limits if {
	count(partner_wide_target.findings) == 0 with input as document("prod: servers")
		with data.parameters as {"partner-wide-target": {"ipv4": 20}}
}
