package demarc.rules.expiry.exception_without_reason_test

import data.demarc.rules.expiry.exception_without_reason

document(rule, policy) := {
	"policies": {"policy:shop": policy},
	"rules": {"rule:shop-1": object.union({"policy": "policy:shop"}, rule)},
	"shares": {"share:shop-1": {"policy": "policy:shop", "until": "2027-06-30", "because": "migration"}},
}

test_without_reason if {
	found := exception_without_reason.findings with input as document({"until": "2027-06-30"}, {})
	found == {{"subject": "rule:shop-1", "data": {"until": "2027-06-30"}}}
}

test_share if {
	found := exception_without_reason.findings with input as {
		"policies": {"policy:shop": {}},
		"rules": {},
		"shares": {"share:shop-1": {"policy": "policy:shop", "until": "2027-06-30"}},
	}
	found == {{"subject": "share:shop-1", "data": {"until": "2027-06-30"}}}
}

test_with_reason if {
	count(exception_without_reason.findings) == 0 with input as document({"until": "2027-06-30", "because": "migration"}, {})
}

test_with_ticket if {
	count(exception_without_reason.findings) == 0 with input as document({"until": "2027-06-30"}, {"ticket": "NET-1"})
}

test_without_end if {
	count(exception_without_reason.findings) == 0 with input as document({}, {})
}
