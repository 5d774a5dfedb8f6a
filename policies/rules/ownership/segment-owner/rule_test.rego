package demarc.rules.ownership.segment_owner_test

import data.demarc.rules.ownership.segment_owner

test_without_owner if {
	found := segment_owner.findings with input as {"segments": {"segment:prod": {"name": "prod"}}}
	found == {{"subject": "segment:prod", "data": {"segment": "prod"}}}
}

test_with_owner if {
	count(segment_owner.findings) == 0 with input as {"segments": {"segment:prod": {"name": "prod", "owner": "p@acme.example"}}}
}
