package demarc.rules.invariants.sensitive_without_never_test

import data.demarc.rules.invariants.sensitive_without_never

document(name, to) := {
	"segments": {"segment:it": {"name": name}},
	"invariants": {
		"never:1": {"kind": "never", "to": to},
		"always:1": {"kind": "always", "to": ["segment:it"]},
	},
}

test_unprotected if {
	found := sensitive_without_never.findings with input as document("eu-pci", ["segment:prod"])
	found == {{"subject": "segment:it", "data": {"segment": "it"}}}
}

test_protected if {
	count(sensitive_without_never.findings) == 0 with input as document("eu-pci", ["segment:it"])
}

test_other_names if {
	count(sensitive_without_never.findings) == 0 with input as document("robot-lab", ["segment:prod"])
}

test_parameter if {
	count(sensitive_without_never.findings) == 1 with input as document("payroll", [])
		with data.parameters as {"sensitive-without-never": {"words": ["payroll"]}}
}
