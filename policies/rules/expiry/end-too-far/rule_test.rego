package demarc.rules.expiry.end_too_far_test

import data.demarc.rules.expiry.end_too_far

rule(days) := {"rules": {"rule:shop-1": {"until": "2099-12-31", "daysLeft": days}}, "shares": {"share:shop-1": {}}}

test_far if {
	found := end_too_far.findings with input as rule(3651)
	found == {{"subject": "rule:shop-1", "data": {"days": 3651, "until": "2099-12-31"}}}
}

test_near if {
	count(end_too_far.findings) == 0 with input as rule(3650)
}

test_parameter if {
	count(end_too_far.findings) == 1 with input as rule(366) with data.parameters as {"end-too-far": {"days": 365}}
}
