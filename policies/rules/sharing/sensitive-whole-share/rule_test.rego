package demarc.rules.sharing.sensitive_whole_share_test

import data.demarc.rules.sharing.sensitive_whole_share

document(what) := {
	"segments": {"segment:pci": {"name": "pci"}, "segment:prod": {"name": "prod"}},
	"endpoints": {
		"pci": {"domain": "segment:pci", "whole": true},
		"pci: vault.cards": {"domain": "segment:pci", "whole": false},
		"prod": {"domain": "segment:prod", "whole": true},
	},
	"shares": {"share:cards-1": {"what": [what], "with": ["segment:office"]}},
}

test_whole if {
	found := sensitive_whole_share.findings with input as document("pci")
	found == {{"subject": "share:cards-1", "data": {"segment": "pci", "with": ["office"]}}}
}

test_part if {
	count(sensitive_whole_share.findings) == 0 with input as document("pci: vault.cards")
}

test_other_segment if {
	count(sensitive_whole_share.findings) == 0 with input as document("prod")
}
