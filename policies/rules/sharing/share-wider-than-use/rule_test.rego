package demarc.rules.sharing.share_wider_than_use_test

import data.demarc.rules.sharing.share_wider_than_use

share(addresses, used) := {"shares": {"share:dns-1": {"needed": used > 0, "addresses": addresses, "used": used}}}

test_wide if {
	found := share_wider_than_use.findings with input as share(256, 1)
	found == {{"subject": "share:dns-1", "data": {"shared": 256, "used": 1}}}
}

test_used if {
	count(share_wider_than_use.findings) == 0 with input as share(256, 64)
}

test_small if {
	count(share_wider_than_use.findings) == 0 with input as share(16, 1)
}

# The compiler itself warns of a share that no flow needs.
test_unneeded if {
	count(share_wider_than_use.findings) == 0 with input as share(256, 0)
}

test_parameters if {
	count(share_wider_than_use.findings) == 1 with input as share(16, 8)
		with data.parameters as {"share-wider-than-use": {"percent": 60, "smallest": 8}}
}
