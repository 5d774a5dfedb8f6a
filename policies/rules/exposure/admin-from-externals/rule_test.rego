package demarc.rules.exposure.admin_from_externals_test

import data.demarc.rules.exposure.admin_from_externals

services := {"tcp/443": {"classes": {}}, "tcp/22": {"classes": {"remote-administration": ["ssh"]}}}

document(rule) := {"services": services, "rules": {"rule:support-1": rule}}

from_globex(service) := {"service": service, "sourceExternals": ["external:globex"]}

test_from_external if {
	found := admin_from_externals.findings with input as document(from_globex("tcp/22"))
	found == {{"subject": "rule:support-1", "data": {"externals": ["globex"], "services": ["ssh"]}}}
}

test_other_service if {
	count(admin_from_externals.findings) == 0 with input as document(from_globex("tcp/443"))
}

test_inside if {
	count(admin_from_externals.findings) == 0 with input as document({"service": "tcp/22"})
}
