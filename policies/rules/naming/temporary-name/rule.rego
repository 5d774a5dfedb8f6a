# METADATA
# scope: package
# title: Name of something temporary
# description: |
#   A segment, network, link, group or policy has a name with a word in it that one gives to things that should
#   have gone long ago.
# custom:
#   category: naming
#   severity: info
#   rationale: |
#     Names go into VRFs, security groups and filters, and are read at night by people who did not choose them.
#   message: "`{name}` has a name for something temporary"
#   help: "name it for what it is; set the words with the parameter `words`"
#   controls: []
#   parameters:
#     words:
#       default: ["bar", "copy", "foo", "new", "old", "temp", "tmp", "wip"]
#       description: "words that no name should hold, in lower case"
package demarc.rules.naming.temporary_name

import data.demarc.lib

words := {word | some word in lib.parameter("temporary-name", "words")}

findings contains f if {
	some kind in ["segments", "networks", "links", "groups", "policies"]
	some id, object in input[kind]
	some part in split(replace(lower(object.name), "_", "-"), "-")
	part in words
	f := {"subject": id, "data": {"name": object.name}}
}
