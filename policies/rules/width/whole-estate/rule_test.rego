package demarc.rules.width.whole_estate_test

import data.demarc.rules.width.whole_estate

document(flow) := {
	"segments": {
		"segment:dev": {"networks": 0, "externals": 0},
		"segment:office": {"networks": 1, "externals": 0},
		"segment:prod": {"networks": 1, "externals": 0},
	},
	"endpoints": {
		"office": {"domain": "segment:office", "whole": true},
		"prod": {"domain": "segment:prod", "whole": true},
		"prod: shop.web": {"domain": "segment:prod", "whole": false},
	},
	"rules": {"rule:names-1": {"flows": [flow]}},
}

test_source if {
	found := whole_estate.findings with input as document({"source": ["office", "prod"], "destination": ["prod: shop.web"]})
	found == {{"subject": "rule:names-1", "data": {"side": "source"}}}
}

test_destination if {
	found := whole_estate.findings with input as document({"source": ["office"], "destination": ["office", "prod"]})
	found == {{"subject": "rule:names-1", "data": {"side": "destination"}}}
}

test_one_segment if {
	count(whole_estate.findings) == 0 with input as document({"source": ["office"], "destination": ["prod"]})
}

test_part_of_a_segment if {
	flow := {"source": ["office", "prod: shop.web"], "destination": ["prod"]}
	count(whole_estate.findings) == 0 with input as document(flow)
}
