package demarc.rules.expiry.ends_soon_test

import data.demarc.rules.expiry.ends_soon

share(days) := {"rules": {"rule:shop-1": {}}, "shares": {"share:shop-1": {"until": "2027-03-01", "daysLeft": days}}}

test_soon if {
	found := ends_soon.findings with input as share(45)
	found == {{"subject": "share:shop-1", "data": {"days": 45, "until": "2027-03-01"}}}
}

test_later if {
	count(ends_soon.findings) == 0 with input as share(61)
}

# The compiler itself warns of these.
test_sooner if {
	count(ends_soon.findings) == 0 with input as share(30)
}

test_parameter if {
	count(ends_soon.findings) == 1 with input as share(80) with data.parameters as {"ends-soon": {"days": 90}}
}
