package demarc.rules.exposure.tunnel_across_segments_test

import data.demarc.rules.exposure.tunnel_across_segments

document(service, crossing) := {
	"services": {
		"any": {"any": true, "widestRange": 65536, "classes": {"tunnel": ["gre"]}},
		"ip/47": {"any": false, "widestRange": 0, "classes": {"tunnel": ["gre"]}},
	},
	"endpoints": {"office: desks": {"domain": "segment:office"}, "prod: shop": {"domain": "segment:prod"}},
	"rules": {"rule:vpn-1": {
		"service": service,
		"crossing": crossing,
		"flows": [{"source": ["office: desks"], "destination": ["prod: shop"]}],
	}},
}

test_tunnel if {
	found := tunnel_across_segments.findings with input as document("ip/47", true)
	found == {{"subject": "rule:vpn-1", "data": {"from": ["office"], "to": ["prod"], "services": ["gre"]}}}
}

test_inside if {
	count(tunnel_across_segments.findings) == 0 with input as document("ip/47", false)
}

test_any_is_told_elsewhere if {
	count(tunnel_across_segments.findings) == 0 with input as document("any", true)
}
