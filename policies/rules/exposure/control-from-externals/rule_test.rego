package demarc.rules.exposure.control_from_externals_test

import data.demarc.rules.exposure.control_from_externals

services := {"tcp/443": {"classes": {}}, "udp/161": {"classes": {"network-management": ["snmp"]}}}

document(rule) := {"services": services, "rules": {"rule:support-1": rule}}

from_globex(service) := {"service": service, "sourceExternals": ["external:globex"]}

test_from_external if {
	found := control_from_externals.findings with input as document(from_globex("udp/161"))
	found == {{"subject": "rule:support-1", "data": {"externals": ["globex"], "services": ["snmp"]}}}
}

test_other_service if {
	count(control_from_externals.findings) == 0 with input as document(from_globex("tcp/443"))
}

test_inside if {
	count(control_from_externals.findings) == 0 with input as document({"service": "udp/161"})
}

test_other_classes if {
	count(control_from_externals.findings) == 0 with input as document(from_globex("udp/161"))
		with data.parameters as {"control-from-externals": {"classes": ["routing"]}}
}
