package demarc.rules.width.wide_ports_test

import data.demarc.rules.width.wide_ports

document(service, crossing) := {
	"services": {
		"tcp": {"widestRange": 65536},
		"tcp/50000-50100": {"widestRange": 101},
		"udp/49152-65535": {"widestRange": 16384},
	},
	"rules": {"rule:media-1": {"service": service, "crossing": crossing}},
}

test_wide if {
	found := wide_ports.findings with input as document("udp/49152-65535", true)
	found == {{"subject": "rule:media-1", "data": {"ports": 16384, "service": "udp/49152-65535"}}}
}

test_narrow if {
	count(wide_ports.findings) == 0 with input as document("tcp/50000-50100", true)
}

test_other_limit if {
	count(wide_ports.findings) == 1 with input as document("tcp/50000-50100", true)
		with data.parameters as {"wide-ports": {"most": 100}}
}

test_inside if {
	count(wide_ports.findings) == 0 with input as document("udp/49152-65535", false)
}

test_whole_protocol_is_told_elsewhere if {
	count(wide_ports.findings) == 0 with input as document("tcp", true)
}
