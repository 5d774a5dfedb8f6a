package demarc.rules.exposure.cleartext_administration_test

import data.demarc.rules.exposure.cleartext_administration

document(service) := {
	"services": {
		"tcp": {"widestRange": 65536, "classes": {"cleartext": ["telnet"]}},
		"tcp/23": {"widestRange": 1, "classes": {"cleartext": ["telnet"]}},
		"tcp/80": {"widestRange": 1, "classes": {"cleartext": ["http"]}},
	},
	"rules": {"rule:admin-1": {"service": service}},
}

test_telnet if {
	found := cleartext_administration.findings with input as document("tcp/23")
	found == {{"subject": "rule:admin-1", "data": {"services": ["telnet"]}}}
}

test_web if {
	count(cleartext_administration.findings) == 0 with input as document("tcp/80")
}

test_wide_ranges_are_told_elsewhere if {
	count(cleartext_administration.findings) == 0 with input as document("tcp")
}

test_other_services if {
	count(cleartext_administration.findings) == 1 with input as document("tcp/80")
		with data.parameters as {"cleartext-administration": {"services": ["http"]}}
}
