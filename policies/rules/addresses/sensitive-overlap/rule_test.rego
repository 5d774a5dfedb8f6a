package demarc.rules.addresses.sensitive_overlap_test

import data.demarc.rules.addresses.sensitive_overlap

document(domains) := {
	"segments": {"segment:dev": {"name": "dev"}, "segment:pci": {"name": "pci"}, "segment:prod": {"name": "prod"}},
	"overlaps": {"overlap:vault/lab": {
		"domains": domains,
		"owners": ["network:vault", "network:lab"],
		"prefix": "10.30.0.0/16",
	}},
}

test_sensitive if {
	found := sensitive_overlap.findings with input as document(["segment:pci", "segment:dev"])
	found == {{"subject": "overlap:vault/lab", "data": {"owners": ["lab", "vault"], "prefix": "10.30.0.0/16"}}}
}

test_others if {
	count(sensitive_overlap.findings) == 0 with input as document(["segment:prod", "segment:dev"])
}
