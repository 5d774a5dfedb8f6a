package demarc.rules.exposure.admin_from_many_test

import data.demarc.rules.exposure.admin_from_many

document(rule) := {
	"services": {
		"tcp/22": {"classes": {"remote-administration": ["ssh"]}},
		"tcp/443": {"classes": {}},
	},
	"rules": {"rule:admin-1": rule},
}

test_many if {
	found := admin_from_many.findings with input as document({"service": "tcp/22", "crossing": true, "sourceAddresses": 1024})
	found == {{"subject": "rule:admin-1", "data": {"addresses": 1024, "services": ["ssh"]}}}
}

test_few if {
	count(admin_from_many.findings) == 0 with input as document({"service": "tcp/22", "crossing": true, "sourceAddresses": 16})
}

test_other_limit if {
	count(admin_from_many.findings) == 1 with input as document({"service": "tcp/22", "crossing": true, "sourceAddresses": 2})
		with data.parameters as {"admin-from-many": {"most": 1}}
}

test_inside if {
	count(admin_from_many.findings) == 0 with input as document({"service": "tcp/22", "crossing": false, "sourceAddresses": 99})
}

test_other_service if {
	count(admin_from_many.findings) == 0 with input as document({"service": "tcp/443", "crossing": true, "sourceAddresses": 99})
}
