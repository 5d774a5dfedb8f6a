package demarc.rules.exposure.data_store_from_externals_test

import data.demarc.rules.exposure.data_store_from_externals

services := {"tcp/443": {"classes": {}}, "tcp/5432": {"classes": {"database": ["postgresql"]}}}

document(rule) := {"services": services, "rules": {"rule:support-1": rule}}

from_globex(service) := {"service": service, "sourceExternals": ["external:globex"]}

test_from_external if {
	found := data_store_from_externals.findings with input as document(from_globex("tcp/5432"))
	found == {{"subject": "rule:support-1", "data": {"externals": ["globex"], "services": ["postgresql"]}}}
}

test_other_service if {
	count(data_store_from_externals.findings) == 0 with input as document(from_globex("tcp/443"))
}

test_inside if {
	count(data_store_from_externals.findings) == 0 with input as document({"service": "tcp/5432"})
}

test_other_classes if {
	count(data_store_from_externals.findings) == 0 with input as document(from_globex("tcp/5432"))
		with data.parameters as {"data-store-from-externals": {"classes": []}}
}
