package demarc.rules.expiry.temporary_without_end_test

import data.demarc.rules.expiry.temporary_without_end

rule(statement) := {"rules": {"rule:shop-1": statement}, "shares": {"share:shop-1": {}}}

test_temporary if {
	found := temporary_without_end.findings with input as rule({"because": "Temporary: until the new desk works"})
	found == {{"subject": "rule:shop-1", "data": {"because": "Temporary: until the new desk works"}}}
}

test_with_end if {
	count(temporary_without_end.findings) == 0 with input as rule({"because": "temporary", "until": "2027-06-30"})
}

test_lasting if {
	count(temporary_without_end.findings) == 0 with input as rule({"because": "orders"})
}

test_part_of_a_word if {
	count(temporary_without_end.findings) == 0 with input as rule({"because": "temporary2 and contemporary art"})
		with data.parameters as {"temporary-without-end": {"words": ["tempo"]}}
}
