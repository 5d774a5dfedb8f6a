package demarc.rules.ownership.policy_owner_test

import data.demarc.rules.ownership.policy_owner

test_without_owner if {
	found := policy_owner.findings with input as {"policies": {"policy:shop": {"name": "shop"}}}
	found == {{"subject": "policy:shop", "data": {"policy": "shop"}}}
}

test_with_owner if {
	count(policy_owner.findings) == 0 with input as {"policies": {"policy:shop": {"name": "shop", "owner": "s@acme.example"}}}
}
