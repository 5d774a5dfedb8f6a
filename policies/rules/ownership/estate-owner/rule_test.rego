package demarc.rules.ownership.estate_owner_test

import data.demarc.rules.ownership.estate_owner

estate := {"id": "estate:acme", "name": "acme", "tags": {}, "declared": true}

test_without_owner if {
	found := estate_owner.findings with input as {"estate": estate}
	found == {{"subject": "estate:acme", "data": {"estate": "acme"}}}
}

test_with_owner if {
	count(estate_owner.findings) == 0 with input as {"estate": object.union(estate, {"owner": "network@acme.example"})}
}
