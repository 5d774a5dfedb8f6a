package demarc.rules.headroom.limit_headroom_test

import data.demarc.rules.headroom.limit_headroom

limit(used, allowed) := {"limits": {"limit:aws/rules-per-security-group": {
	"limit": "rules-per-security-group",
	"fullest": "shop.web",
	"used": used,
	"allowed": allowed,
	"percentUsed": floor((used * 100) / allowed),
}}}

test_nearly_full if {
	found := limit_headroom.findings with input as limit(48, 60)
	found == {{"subject": "limit:aws/rules-per-security-group", "data": {
		"allowed": 60,
		"fullest": "shop.web",
		"limit": "rules-per-security-group",
		"used": 48,
	}}}
}

test_room if {
	count(limit_headroom.findings) == 0 with input as limit(47, 60)
}

test_small if {
	count(limit_headroom.findings) == 0 with input as limit(2, 2)
}

test_parameters if {
	count(limit_headroom.findings) == 1 with input as limit(1, 2)
		with data.parameters as {"limit-headroom": {"percent": 50, "smallest": 2}}
}
