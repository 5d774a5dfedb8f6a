package demarc.rules.logging.admin_unlogged_test

import data.demarc.rules.logging.admin_unlogged

document(rule) := {
	"services": {"tcp/22": {"classes": {"remote-administration": ["ssh"]}}, "tcp/443": {"classes": {}}},
	"rules": {"rule:admin-1": rule},
}

test_unlogged if {
	found := admin_unlogged.findings with input as document({"service": "tcp/22", "crossing": true, "log": false})
	found == {{"subject": "rule:admin-1", "data": {"services": ["ssh"]}}}
}

test_logged if {
	count(admin_unlogged.findings) == 0 with input as document({"service": "tcp/22", "crossing": true, "log": true})
}

test_inside if {
	count(admin_unlogged.findings) == 0 with input as document({"service": "tcp/22", "crossing": false, "log": false})
}

test_other_service if {
	count(admin_unlogged.findings) == 0 with input as document({"service": "tcp/443", "crossing": true, "log": false})
}
