package demarc.rules.partners.partner_reach_test

import data.demarc.rules.partners.partner_reach

exposures(count, direction) := {"exposures": {id: exposure |
	some number in numbers.range(1, count)
	id := concat("", ["exposure:", format_int(number, 10)])
	exposure := {
		"external": "external:globex",
		"direction": direction,
		"owner": concat("", ["host:servers.h", format_int(number, 10)]),
	}
}}

test_many if {
	found := partner_reach.findings with input as exposures(11, "from-external")
	found == {{"subject": "external:globex", "data": {"count": 11, "external": "globex"}}}
}

test_few if {
	count(partner_reach.findings) == 0 with input as exposures(10, "from-external")
}

test_other_limit if {
	count(partner_reach.findings) == 1 with input as exposures(2, "from-external")
		with data.parameters as {"partner-reach": {"most": 1}}
}

test_other_direction if {
	count(partner_reach.findings) == 0 with input as exposures(11, "to-external")
}
