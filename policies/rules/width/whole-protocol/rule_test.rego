package demarc.rules.width.whole_protocol_test

import data.demarc.rules.width.whole_protocol

services := {
	"any": {"any": true, "wholeProtocols": ["any"]},
	"esp, tcp": {"any": false, "wholeProtocols": ["esp", "tcp"]},
	"icmp": {"any": false, "wholeProtocols": ["icmp"]},
	"tcp/443": {"any": false, "wholeProtocols": []},
}

on(service) := {"services": services, "rules": {"rule:lab-1": {"service": service}}}

test_tcp if {
	found := whole_protocol.findings with input as on("esp, tcp")
	found == {{"subject": "rule:lab-1", "data": {"protocols": ["tcp"]}}}
}

test_others if {
	every service in ["any", "icmp", "tcp/443"] {
		count(whole_protocol.findings) == 0 with input as on(service)
	}
}
