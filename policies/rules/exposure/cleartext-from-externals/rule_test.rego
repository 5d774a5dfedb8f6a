package demarc.rules.exposure.cleartext_from_externals_test

import data.demarc.rules.exposure.cleartext_from_externals

document(rule) := {
	"services": {
		"any": {"any": true, "classes": {"cleartext": ["http"]}},
		"tcp/443": {"any": false, "classes": {}},
		"tcp/80": {"any": false, "classes": {"cleartext": ["http"]}},
	},
	"rules": {"rule:feed-1": rule},
}

test_from_external if {
	found := cleartext_from_externals.findings with input as document({"service": "tcp/80", "sourceExternals": ["external:globex"]})
	found == {{"subject": "rule:feed-1", "data": {"externals": ["globex"], "services": ["http"]}}}
}

test_to_external if {
	count(cleartext_from_externals.findings) == 1 with input as document({"service": "tcp/80", "destinationExternals": ["external:globex"]})
}

test_encrypted if {
	count(cleartext_from_externals.findings) == 0 with input as document({"service": "tcp/443", "sourceExternals": ["external:globex"]})
}

test_any_is_told_elsewhere if {
	count(cleartext_from_externals.findings) == 0 with input as document({"service": "any", "sourceExternals": ["external:globex"]})
}

test_inside if {
	count(cleartext_from_externals.findings) == 0 with input as document({"service": "tcp/80"})
}
