package demarc.rules.residual.residual_from_externals_test

import data.demarc.rules.residual.residual_from_externals

document(service, pair) := {
	"segments": {
		"segment:office": {"networks": 1, "externals": 0},
		"segment:partners": {"networks": 0, "externals": 1},
	},
	"services": {"tcp/443": {"protocols": ["tcp"]}, "udp/123": {"protocols": ["udp"]}},
	"endpoints": {"office: desks": {"domain": "segment:office"}, "partners": {"domain": "segment:partners"}},
	"pairs": {"pair:1": pair},
	"rules": {"rule:time-1": {
		"service": service,
		"destinationExternals": ["external:globex"],
		"flows": [{"source": ["office: desks"], "destination": ["partners"]}],
	}},
}

exposed := {"from": "segment:partners", "to": "segment:office", "residual": {"service": "udp"}}

test_residual if {
	found := residual_from_externals.findings with input as document("udp/123", exposed)
	found == {{"subject": "rule:time-1", "data": {"from": "office", "service": "udp/123", "to": "partners"}}}
}

test_connections if {
	count(residual_from_externals.findings) == 0 with input as document("tcp/443", exposed)
}

test_no_residual if {
	pair := {"from": "segment:partners", "to": "segment:office"}
	count(residual_from_externals.findings) == 0 with input as document("udp/123", pair)
}
