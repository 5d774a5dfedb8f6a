package demarc.rules.partners.partner_to_partner_test

import data.demarc.rules.partners.partner_to_partner

document(sources, destinations) := {"rules": {"rule:settle-1": {
	"flows": [{"source": ["partners: a"], "destination": ["partners: b"]}],
	"sourceExternals": sources,
	"destinationExternals": destinations,
}}}

test_transit if {
	found := partner_to_partner.findings with input as document(["external:globex"], ["external:initech"])
	found == {{"subject": "rule:settle-1", "data": {"destinations": ["initech"], "sources": ["globex"]}}}
}

test_same if {
	count(partner_to_partner.findings) == 0 with input as document(["external:globex"], ["external:globex"])
}

test_to_us if {
	rule := {"flows": [{}], "sourceExternals": ["external:globex"]}
	count(partner_to_partner.findings) == 0 with input as {"rules": {"rule:orders-1": rule}}
}
