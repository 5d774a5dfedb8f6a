package demarc.rules.width.any_service_test

import data.demarc.rules.width.any_service

services := {"any": {"any": true}, "tcp/443": {"any": false}}

test_any if {
	found := any_service.findings with input as {"services": services, "rules": {"rule:lab-1": {"service": "any"}}}
	found == {{"subject": "rule:lab-1", "data": {}}}
}

test_one_service if {
	count(any_service.findings) == 0 with input as {"services": services, "rules": {"rule:lab-1": {"service": "tcp/443"}}}
}
