package demarc.rules.ownership.owner_contact_test

import data.demarc.rules.ownership.owner_contact

document := {
	"estate": {"id": "estate:acme", "owner": "network@acme.example"},
	"segments": {"segment:prod": {"owner": "Alice"}, "segment:dev": {}},
	"policies": {"policy:shop": {"owner": "shop@acme.example"}},
}

test_name if {
	found := owner_contact.findings with input as document
	found == {{"subject": "segment:prod", "data": {"owner": "Alice"}}}
}

test_mark if {
	found := owner_contact.findings with input as document
		with data.parameters as {"owner-contact": {"mark": "@acme.example"}}
	count(found) == 1
}

test_empty_mark if {
	count(owner_contact.findings) == 0 with input as document with data.parameters as {"owner-contact": {"mark": ""}}
}
