# METADATA
# scope: package
# title: Temporary rule without an end
# description: |
#   The reason of a rule or a share says that it is temporary, and it has no end.
# custom:
#   category: expiry
#   severity: warning
#   rationale: |
#     Nothing lasts as long as what was meant for a week. With `until` the compiler remembers what people
#     forget.
#   message: "`{subject}` is temporary by its reason, `{because}`, and has no end"
#   help: "add `until` with the day on which it may go"
#   controls:
#     - "NIST SP 800-53 r5 SC-7(4)"
#     - "PCI DSS 4.0 1.2.7"
#   parameters:
#     words:
#       default: ["interim", "meanwhile", "migration", "temporarily", "temporary", "until", "workaround"]
#       description: "words of a reason that say so, in lower case"
package demarc.rules.expiry.temporary_without_end

import data.demarc.lib

findings contains f if {
	words := {word | some word in lib.parameter("temporary-without-end", "words")}
	some id, statement in lib.explained
	not statement.until
	said := {match[0] | some match in regex.find_all_string_submatch_n(`[a-z]+`, lower(statement.because), -1)}
	count(said & words) > 0
	f := {"subject": id, "data": {"because": statement.because}}
}
