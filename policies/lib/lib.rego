# METADATA
# scope: package
# title: What rules have in common
# description: Names of objects, parameters, and which segments are sensitive or hold other people's addresses only.
package demarc.lib

import data.demarc.defaults

# What `demarc.json` sets, by rule and parameter.
default configured := {}

configured := data.parameters

# METADATA
# description: The value of a parameter, from `demarc.json`, else the default in the annotations of the rule.
parameter(rule, name) := object.get(configured, [rule, name], defaults.parameters[rule][name])

# METADATA
# description: The name of an object as the source has it, without the kind that its id begins with.
name(id) := substring(id, indexof(id, ":") + 1, -1)

# METADATA
# description: The names of several objects, sorted.
names(ids) := sort([name(id) | some id in ids])

# METADATA
# description: Segments whose names hold one of the words that stand for sensitive data or systems.
sensitive contains id if {
	words := {word | some word in parameter("sensitive-without-never", "words")}
	some id, segment in input.segments
	some part in split(replace(lower(segment.name), "_", "-"), "-")
	part in words
}

# METADATA
# description: Segments in which only other organisations' addresses lie.
foreign contains id if {
	some id, segment in input.segments
	segment.externals > 0
	segment.networks == 0
}

# METADATA
# description: Segments of the sources of a rule.
source_segments(rule) := {input.endpoints[key].domain | some flow in rule.flows; some key in flow.source}

# METADATA
# description: Segments of the destinations of a rule.
destination_segments(rule) := {input.endpoints[key].domain | some flow in rule.flows; some key in flow.destination}

# METADATA
# description: Rules with flows from one segment to another. There is no index over rules, so what several ask for stands here.
crossing[id] := rule if {
	some id, rule in input.rules
	rule.crossing
}

# METADATA
# description: Rules and shares that end on a day.
ending[id] := rule if {
	some id, rule in input.rules
	rule.until
}

ending[id] := share if {
	some id, share in input.shares
	share.until
}

# METADATA
# description: Rules and shares that say a reason.
explained[id] := rule if {
	some id, rule in input.rules
	rule.because
}

explained[id] := share if {
	some id, share in input.shares
	share.because
}

# METADATA
# description: |
#   Rules that open something into a sensitive segment from another one, with the pairs of segments. Both sides of a
#   rule are small sets, so that this is one pass over the rules.
into_sensitive[id] contains {"from": from, "to": to} if {
	some id, rule in crossing
	some flow in rule.flows
	some destination in flow.destination
	to := input.endpoints[destination].domain
	to in sensitive
	some source in flow.source
	from := input.endpoints[source].domain
	from != to
}

# METADATA
# description: Rules that let an external open something in a segment of ours, with the externals.
from_externals[id] := rule.sourceExternals if {
	some id, rule in input.rules
	rule.sourceExternals
}

# METADATA
# description: Services of a class, by the key of a service set; sets without one are left out.
of_class(class) := {key: profile.classes[class] | some key, profile in input.services; profile.classes[class]}
