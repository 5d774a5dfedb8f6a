package demarc.rules.sharing.partner_share_without_end_test

import data.demarc.rules.sharing.partner_share_without_end

document(share) := {
	"segments": {
		"segment:office": {"name": "office", "networks": 1, "externals": 0},
		"segment:partners": {"name": "partners", "networks": 0, "externals": 1},
	},
	"endpoints": {
		"prod: servers": {"domain": "segment:prod", "widestIpv4": 22},
		"prod: servers.orders": {"domain": "segment:prod", "widestIpv4": 32},
		"prod: servers6": {"domain": "segment:prod", "widestIpv6": 48},
	},
	"shares": {"share:orders-1": share},
}

test_wide if {
	found := partner_share_without_end.findings with input as document({"what": ["prod: servers"], "with": ["segment:partners"]})
	found == {{"subject": "share:orders-1", "data": {"length": 22, "with": ["partners"]}}}
}

test_wide_ipv6 if {
	found := partner_share_without_end.findings with input as document({"what": ["prod: servers6"], "with": ["segment:partners"]})
	found == {{"subject": "share:orders-1", "data": {"length": 48, "with": ["partners"]}}}
}

test_with_end if {
	share := {"what": ["prod: servers"], "with": ["segment:partners"], "until": "2029-12-31"}
	count(partner_share_without_end.findings) == 0 with input as document(share)
}

test_narrow if {
	share := {"what": ["prod: servers.orders"], "with": ["segment:partners"]}
	count(partner_share_without_end.findings) == 0 with input as document(share)
}

test_with_our_own if {
	count(partner_share_without_end.findings) == 0 with input as document({"what": ["prod: servers"], "with": ["segment:office"]})
}

test_parameter if {
	share := {"what": ["prod: servers"], "with": ["segment:partners"]}
	count(partner_share_without_end.findings) == 0 with input as document(share)
		with data.parameters as {"partner-share-without-end": {"ipv4": 20}}
}
