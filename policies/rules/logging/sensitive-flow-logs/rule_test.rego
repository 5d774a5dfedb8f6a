package demarc.rules.logging.sensitive_flow_logs_test

import data.demarc.rules.logging.sensitive_flow_logs

document(place, domain) := {
	"segments": {"segment:pci": {"name": "pci"}, "segment:prod": {"name": "prod"}},
	"places": {"cloud:use1": place},
	"networks": {"network:vault": {"name": "vault", "domain": domain, "place": "cloud:use1"}},
}

test_without_logs if {
	found := sensitive_flow_logs.findings with input as document({"flowLogs": false}, "segment:pci")
	found == {{"subject": "cloud:use1", "data": {"cloud": "use1", "network": "vault"}}}
}

test_with_logs if {
	count(sensitive_flow_logs.findings) == 0 with input as document({"flowLogs": true}, "segment:pci")
}

test_unknown if {
	count(sensitive_flow_logs.findings) == 0 with input as document({}, "segment:pci")
}

test_other_segment if {
	count(sensitive_flow_logs.findings) == 0 with input as document({"flowLogs": false}, "segment:prod")
}
