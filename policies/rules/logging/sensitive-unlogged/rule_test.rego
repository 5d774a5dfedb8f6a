package demarc.rules.logging.sensitive_unlogged_test

import data.demarc.rules.logging.sensitive_unlogged

document(destination, log) := {
	"segments": {"segment:pci": {"name": "pci"}, "segment:prod": {"name": "prod"}},
	"endpoints": {
		"office": {"domain": "segment:office"},
		"pci: vault": {"domain": "segment:pci"},
		"prod: shop": {"domain": "segment:prod"},
	},
	"rules": {"rule:cards-1": {
		"crossing": true,
		"log": log,
		"flows": [{"source": ["office"], "destination": [destination]}],
	}},
}

test_unlogged if {
	found := sensitive_unlogged.findings with input as document("pci: vault", false)
	found == {{"subject": "rule:cards-1", "data": {"from": "office", "to": "pci"}}}
}

test_logged if {
	count(sensitive_unlogged.findings) == 0 with input as document("pci: vault", true)
}

test_other_segment if {
	count(sensitive_unlogged.findings) == 0 with input as document("prod: shop", false)
}
