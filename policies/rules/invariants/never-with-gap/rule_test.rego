package demarc.rules.invariants.never_with_gap_test

import data.demarc.rules.invariants.never_with_gap

never(accepted) := {"invariants": {"never:1": {"kind": "never", "text": "never office -> pci", "accepted": accepted}}}

test_gap if {
	found := never_with_gap.findings with input as never(2)
	found == {{"subject": "never:1", "data": {"accepted": 2, "invariant": "never office -> pci"}}}
}

test_no_gap if {
	count(never_with_gap.findings) == 0 with input as never(0)
}
