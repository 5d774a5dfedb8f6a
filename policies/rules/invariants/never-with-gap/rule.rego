# METADATA
# scope: package
# title: Never that holds but for an accepted gap
# description: |
#   A `never` is proved only because `demarc.json` accepts `residual-reply`: replies that its flows leave open.
# custom:
#   category: invariants
#   severity: info
#   rationale: |
#     Whoever reads `proved` should know what was left out of the proof, and for which of the invariants.
#   message: "`{invariant}` holds but for what the accepted gap `residual-reply` leaves open ({accepted} in number)"
#   help: "let the flows that leave them open end in a cloud subnet, where a stateful filter stands, and take the gap out of `accept`"
#   controls:
#     - "NIST SP 800-53 r5 SC-7"
#   parameters: {}
package demarc.rules.invariants.never_with_gap

findings contains f if {
	some id, invariant in input.invariants
	invariant.kind == "never"
	invariant.accepted > 0
	f := {"subject": id, "data": {"accepted": invariant.accepted, "invariant": invariant.text}}
}
