package demarc.rules.width.segment_to_segment_test

import data.demarc.rules.width.segment_to_segment

document(source, destination) := {
	"endpoints": {
		"office": {"domain": "segment:office", "whole": true, "addresses": 1022},
		"prod": {"domain": "segment:prod", "whole": true, "addresses": 768},
		"prod: shop.web": {"domain": "segment:prod", "whole": false, "addresses": 256},
	},
	"rules": {"rule:desk-1": {
		"service": "tcp/443",
		"crossing": source != destination,
		"flows": [{"source": [source], "destination": [destination]}],
	}},
}

test_whole_to_whole if {
	found := segment_to_segment.findings with input as document("office", "prod")
	found == {{"subject": "rule:desk-1", "data": {"from": "office", "service": "tcp/443", "to": "prod"}}}
}

test_part if {
	count(segment_to_segment.findings) == 0 with input as document("office", "prod: shop.web")
}

test_inside if {
	count(segment_to_segment.findings) == 0 with input as document("prod", "prod")
}

test_small if {
	count(segment_to_segment.findings) == 0 with input as document("office", "prod")
		with data.parameters as {"segment-to-segment": {"smallest": 1024}}
}
