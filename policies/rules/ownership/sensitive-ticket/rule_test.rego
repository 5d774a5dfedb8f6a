package demarc.rules.ownership.sensitive_ticket_test

import data.demarc.rules.ownership.sensitive_ticket

document(policy) := {
	"segments": {"segment:prod": {"name": "prod"}, "segment:pci": {"name": "pci"}},
	"endpoints": {"prod: shop.app": {"domain": "segment:prod"}, "pci": {"domain": "segment:pci"}},
	"policies": {"policy:cards": policy},
	"rules": {"rule:cards-1": {
		"policy": "policy:cards",
		"crossing": true,
		"flows": [{"source": ["prod: shop.app"], "destination": ["pci"]}],
	}},
}

test_without_ticket if {
	found := sensitive_ticket.findings with input as document({"name": "cards"})
	found == {{"subject": "policy:cards", "data": {"policy": "cards"}}}
}

test_with_ticket if {
	count(sensitive_ticket.findings) == 0 with input as document({"name": "cards", "ticket": "SEC-1042"})
}

test_other_words if {
	count(sensitive_ticket.findings) == 0 with input as document({"name": "cards"})
		with data.parameters as {"sensitive-without-never": {"words": ["hsm"]}}
}
