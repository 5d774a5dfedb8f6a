/**
 * The resource types that the reader models, and of each the attributes: those whose meaning it reads, and those that
 * change nothing about routes and filters. Any other type or attribute is refused.
 *
 * Source: the schema of the Terraform provider hashicorp/aws, 5.100.0 to 6.62.0.
 */

/** Attributes of one type. */
export interface TypeSchema {
  /** Their meaning is read. */
  readonly read: ReadonlySet<string>;
  /** They mean nothing for routes and filters. */
  readonly harmless: ReadonlySet<string>;
}

/** Cryptography and liveness of a tunnel: they decide whether it comes up and how well it hides, not where packets go. */
const TUNNEL_HARMLESS = [
  "dpd_timeout_action",
  "dpd_timeout_seconds",
  "enable_tunnel_lifecycle_control",
  "ike_versions",
  "log_options",
  "phase1_dh_group_numbers",
  "phase1_encryption_algorithms",
  "phase1_integrity_algorithms",
  "phase1_lifetime_seconds",
  "phase2_dh_group_numbers",
  "phase2_encryption_algorithms",
  "phase2_integrity_algorithms",
  "phase2_lifetime_seconds",
  "rekey_fuzz_percentage",
  "rekey_margin_time_seconds",
  "replay_window_size",
  "startup_action",
];

function bothTunnels(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`tunnel1_${name}`, `tunnel2_${name}`]);
}

function of(read: readonly string[], harmless: readonly string[] = []): TypeSchema {
  return { read: new Set(read), harmless: new Set(harmless) };
}

const GROUP_RULE = of(
  ["security_group_id", "ip_protocol", "from_port", "to_port", "cidr_ipv4", "cidr_ipv6", "prefix_list_id"],
  ["description", "tags"],
);

const ATTACHMENT_FLAGS = [
  "transit_gateway_default_route_table_association",
  "transit_gateway_default_route_table_propagation",
];

/** Resource types by name. */
export const resourceSchemas: ReadonlyMap<string, TypeSchema> = new Map([
  ["aws_vpc", of(["cidr_block"], ["enable_dns_hostnames", "enable_dns_support", "tags"])],
  ["aws_vpc_ipv4_cidr_block_association", of(["vpc_id", "cidr_block"])],
  ["aws_vpc_ipv6_cidr_block_association", of(["vpc_id", "ipv6_cidr_block"], ["ipv6_ipam_pool_id", "ipv6_pool"])],
  [
    "aws_subnet",
    of(
      [
        "vpc_id",
        "cidr_block",
        "ipv6_cidr_block",
        "ipv6_native",
        "availability_zone",
        "availability_zone_id",
        "map_public_ip_on_launch",
      ],
      ["assign_ipv6_address_on_creation", "tags"],
    ),
  ],
  ["aws_route_table", of(["vpc_id"], ["tags"])],
  ["aws_route", of(["route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block", "transit_gateway_id"])],
  ["aws_route_table_association", of(["subnet_id", "route_table_id"])],
  ["aws_default_route_table", of(["default_route_table_id", "route"], ["tags"])],
  ["aws_default_security_group", of(["vpc_id", "ingress", "egress"], ["revoke_rules_on_delete", "tags"])],
  ["aws_default_network_acl", of(["default_network_acl_id", "ingress", "egress", "subnet_ids"], ["tags"])],
  ["aws_network_acl", of(["vpc_id", "subnet_ids"], ["tags"])],
  [
    "aws_network_acl_rule",
    of([
      "network_acl_id",
      "egress",
      "protocol",
      "rule_action",
      "rule_number",
      "cidr_block",
      "ipv6_cidr_block",
      "from_port",
      "to_port",
      "icmp_type",
      "icmp_code",
    ]),
  ],
  ["aws_network_acl_association", of(["network_acl_id", "subnet_id"])],
  ["aws_security_group", of(["vpc_id"], ["name", "name_prefix", "description", "revoke_rules_on_delete", "tags"])],
  ["aws_vpc_security_group_ingress_rule", GROUP_RULE],
  ["aws_vpc_security_group_egress_rule", GROUP_RULE],
  ["aws_ec2_managed_prefix_list", of(["address_family", "max_entries", "entry"], ["name", "tags"])],
  [
    "aws_ec2_transit_gateway",
    of(
      [
        "amazon_side_asn",
        "auto_accept_shared_attachments",
        "default_route_table_association",
        "default_route_table_propagation",
      ],
      ["description", "dns_support", "vpn_ecmp_support", "tags"],
    ),
  ],
  [
    "aws_ec2_transit_gateway_vpc_attachment",
    of(
      ["transit_gateway_id", "vpc_id", "subnet_ids", "ipv6_support", ...ATTACHMENT_FLAGS],
      ["appliance_mode_support", "dns_support", "tags"],
    ),
  ],
  [
    "aws_ec2_transit_gateway_vpc_attachment_accepter",
    of(["transit_gateway_attachment_id", ...ATTACHMENT_FLAGS], ["tags"]),
  ],
  ["aws_ec2_transit_gateway_route_table", of(["transit_gateway_id"], ["tags"])],
  [
    "aws_ec2_transit_gateway_route_table_association",
    of(["transit_gateway_attachment_id", "transit_gateway_route_table_id", "replace_existing_association"]),
  ],
  [
    "aws_ec2_transit_gateway_route_table_propagation",
    of(["transit_gateway_attachment_id", "transit_gateway_route_table_id"]),
  ],
  [
    "aws_ec2_transit_gateway_route",
    of(["destination_cidr_block", "transit_gateway_attachment_id", "transit_gateway_route_table_id", "blackhole"]),
  ],
  ["aws_dx_gateway", of(["amazon_side_asn"], ["name"])],
  ["aws_dx_gateway_association", of(["dx_gateway_id", "associated_gateway_id", "allowed_prefixes"])],
  [
    "aws_dx_transit_virtual_interface",
    of(
      [
        "connection_id",
        "dx_gateway_id",
        "vlan",
        "address_family",
        "bgp_asn",
        "bgp_auth_key",
        "amazon_address",
        "customer_address",
        "sitelink_enabled",
        "mtu",
      ],
      ["name", "tags"],
    ),
  ],
  [
    "aws_dx_bgp_peer",
    of(["virtual_interface_id", "address_family", "bgp_asn", "bgp_auth_key", "amazon_address", "customer_address"]),
  ],
  ["aws_dx_connection_confirmation", of(["connection_id"])],
  ["aws_customer_gateway", of(["type", "bgp_asn", "bgp_asn_extended", "ip_address"], ["device_name", "tags"])],
  [
    "aws_vpn_connection",
    of(
      [
        "type",
        "customer_gateway_id",
        "transit_gateway_id",
        "static_routes_only",
        "tunnel_inside_ip_version",
        ...bothTunnels(["inside_cidr", "inside_ipv6_cidr", "preshared_key"]),
      ],
      ["tags", ...bothTunnels(TUNNEL_HARMLESS)],
    ),
  ],
  [
    "aws_flow_log",
    of(
      [],
      [
        "destination_options",
        "iam_role_arn",
        "log_destination",
        "log_destination_type",
        "log_format",
        "max_aggregation_interval",
        "subnet_id",
        "tags",
        "traffic_type",
        "transit_gateway_attachment_id",
        "transit_gateway_id",
        "vpc_id",
      ],
    ),
  ],
  ["aws_ram_resource_share", of([], ["name", "allow_external_principals", "tags"])],
  ["aws_ram_resource_association", of(["resource_arn", "resource_share_arn"])],
  ["aws_ram_principal_association", of(["principal", "resource_share_arn"])],
]);

/** Data sources by name. */
export const dataSchemas: ReadonlyMap<string, TypeSchema> = new Map([
  ["aws_ec2_transit_gateway_dx_gateway_attachment", of(["transit_gateway_id", "dx_gateway_id"])],
]);
