# METADATA
# scope: package
# title: Sensitive segment in a cloud without flow logs
# description: |
#   A network of a sensitive segment lies at an AWS or Azure cloud that has no `flow-logs`. Which segments are
#   sensitive is said by the parameter `words` of `sensitive-without-never`.
# custom:
#   category: logging
#   severity: warning
#   rationale: |
#     Security groups do not log. Flow logs are the only record of who spoke to a workload, and of who tried.
#   message: "`{cloud}` holds `{network}` of a sensitive segment and writes no flow logs"
#   help: "add `flow-logs` to the cloud: the ARN of a bucket, a log group, or a storage account"
#   controls:
#     - "PCI DSS 4.0 10.2.1"
#     - "NIST SP 800-53 r5 AU-12"
#     - "CIS Controls v8 13.6"
#   parameters: {}
package demarc.rules.logging.sensitive_flow_logs

import data.demarc.lib

findings contains f if {
	some network in input.networks
	network.domain in lib.sensitive
	input.places[network.place].flowLogs == false
	f := {"subject": network.place, "data": {"cloud": lib.name(network.place), "network": network.name}}
}
