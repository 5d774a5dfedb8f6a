package demarc.rules.naming.temporary_name_test

import data.demarc.rules.naming.temporary_name

policy(name) := {"policies": {"policy:it": {"name": name}}}

test_temporary if {
	found := temporary_name.findings with input as policy("shop_New")
	found == {{"subject": "policy:it", "data": {"name": "shop_New"}}}
}

test_part_of_a_word if {
	count(temporary_name.findings) == 0 with input as policy("newcastle-folder")
}

test_parameter if {
	count(temporary_name.findings) == 1 with input as policy("shop-v2")
		with data.parameters as {"temporary-name": {"words": ["v2"]}}
}
