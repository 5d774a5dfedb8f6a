/**
 * The shapes of the emitted resources (those of security group rules are in `rules.ts`): one interface per type, attribute names as in the schema of the provider
 * (hashicorp/aws 5.100.0; the same in 6.47.0).
 */
import type { Text } from "../shared/terraform/values.js";

/** Tags of an object. */
export type Tags = Readonly<Record<string, string>>;

interface Vpc {
  readonly cidr_block: string;
  readonly enable_dns_hostnames: boolean;
  readonly enable_dns_support: boolean;
  readonly tags: Tags;
}

interface VpcIpv4Association {
  readonly vpc_id: Text;
  readonly cidr_block: string;
}

/** One of `ipv6_ipam_pool_id` and `ipv6_pool`, by the kind of the pool. */
interface VpcIpv6Association {
  readonly vpc_id: Text;
  readonly ipv6_cidr_block: string;
  readonly ipv6_ipam_pool_id?: string;
  readonly ipv6_pool?: string;
}

interface Subnet {
  readonly vpc_id: Text;
  readonly cidr_block?: string;
  readonly ipv6_cidr_block?: string;
  readonly ipv6_native?: boolean;
  readonly assign_ipv6_address_on_creation?: boolean;
  readonly availability_zone?: string;
  readonly availability_zone_id?: string;
  readonly map_public_ip_on_launch: boolean;
  readonly tags: Tags;
}

interface RouteTable {
  readonly vpc_id: Text;
  readonly tags: Tags;
}

interface Route {
  readonly route_table_id: Text;
  readonly destination_cidr_block?: string;
  readonly destination_ipv6_cidr_block?: string;
  readonly transit_gateway_id: Text;
}

interface RouteTableAssociation {
  readonly subnet_id: Text;
  readonly route_table_id: Text;
}

interface DefaultRouteTable {
  readonly default_route_table_id: Text;
  readonly route: readonly [];
  readonly tags: Tags;
}

interface DefaultSecurityGroup {
  readonly vpc_id: Text;
  readonly ingress: readonly [];
  readonly egress: readonly [];
  readonly tags: Tags;
}

interface DefaultNetworkAcl {
  readonly default_network_acl_id: Text;
  readonly lifecycle: readonly [{ readonly ignore_changes: readonly string[] }];
  readonly tags: Tags;
}

interface NetworkAcl {
  readonly vpc_id: Text;
  readonly subnet_ids: readonly Text[];
  readonly tags: Tags;
}

interface NetworkAclRule {
  readonly network_acl_id: Text;
  readonly egress: boolean;
  readonly protocol: string;
  readonly rule_action: "allow" | "deny";
  readonly rule_number: number;
  readonly cidr_block?: string;
  readonly ipv6_cidr_block?: string;
}

interface SecurityGroup {
  readonly name: string;
  readonly description: string;
  readonly vpc_id: Text;
  readonly tags: Tags;
}

interface ManagedPrefixList {
  readonly name: string;
  readonly address_family: "IPv4" | "IPv6";
  readonly max_entries: number;
  readonly entry: readonly { readonly cidr: string }[];
}

interface TransitGateway {
  readonly description: string;
  readonly amazon_side_asn?: number;
  readonly auto_accept_shared_attachments: "disable";
  readonly default_route_table_association: "disable";
  readonly default_route_table_propagation: "disable";
  readonly tags: Tags;
}

/** The two booleans cannot be set where the transit gateway is shared by another account, and are then left out. */
interface TransitGatewayVpcAttachment {
  readonly transit_gateway_id: Text;
  readonly vpc_id: Text;
  readonly subnet_ids: readonly Text[];
  readonly ipv6_support: "enable" | "disable";
  readonly transit_gateway_default_route_table_association?: false;
  readonly transit_gateway_default_route_table_propagation?: false;
  readonly tags: Tags;
}

interface TransitGatewayVpcAttachmentAccepter {
  readonly transit_gateway_attachment_id: Text;
  readonly transit_gateway_default_route_table_association: false;
  readonly transit_gateway_default_route_table_propagation: false;
  readonly tags: Tags;
}

interface TransitGatewayRouteTable {
  readonly transit_gateway_id: Text;
  readonly tags: Tags;
}

interface TransitGatewayRouteTableAssociation {
  readonly transit_gateway_attachment_id: Text;
  readonly transit_gateway_route_table_id: Text;
  readonly replace_existing_association?: true;
}

interface TransitGatewayRouteTablePropagation {
  readonly transit_gateway_attachment_id: Text;
  readonly transit_gateway_route_table_id: Text;
}

interface TransitGatewayRoute {
  readonly destination_cidr_block: string;
  readonly transit_gateway_attachment_id: Text;
  readonly transit_gateway_route_table_id: Text;
}

interface DxGateway {
  readonly name: string;
  readonly amazon_side_asn: string;
}

interface DxGatewayAssociation {
  readonly dx_gateway_id: Text;
  readonly associated_gateway_id: Text;
  readonly allowed_prefixes: readonly string[];
}

interface DxTransitVirtualInterface {
  readonly name: string;
  readonly connection_id: Text;
  readonly dx_gateway_id: Text;
  readonly vlan: number;
  readonly mtu: number;
  readonly address_family: "ipv4" | "ipv6";
  readonly bgp_asn: number;
  readonly bgp_auth_key: Text;
  readonly amazon_address?: string;
  readonly customer_address?: string;
  readonly tags: Tags;
}

interface DxBgpPeer {
  readonly virtual_interface_id: Text;
  readonly address_family: "ipv4" | "ipv6";
  readonly bgp_asn: number;
  readonly bgp_auth_key: Text;
}

interface DxConnectionConfirmation {
  readonly connection_id: Text;
}

interface DxGatewayAttachmentData {
  readonly transit_gateway_id: Text;
  readonly dx_gateway_id: Text;
}

interface CustomerGateway {
  readonly type: "ipsec.1";
  readonly ip_address: Text;
  readonly bgp_asn?: string;
  readonly bgp_asn_extended?: string;
  readonly tags: Tags;
}

/** The options of one tunnel, without the `tunnelN_` ahead of each name. */
export interface TunnelOptions {
  readonly inside_cidr?: string;
  readonly inside_ipv6_cidr?: string;
  readonly preshared_key: Text;
  readonly ike_versions: readonly string[];
  readonly phase1_encryption_algorithms: readonly string[];
  readonly phase1_integrity_algorithms: readonly string[];
  readonly phase1_dh_group_numbers: readonly number[];
  readonly phase1_lifetime_seconds: number;
  readonly phase2_encryption_algorithms: readonly string[];
  readonly phase2_integrity_algorithms: readonly string[];
  readonly phase2_dh_group_numbers: readonly number[];
  readonly phase2_lifetime_seconds: number;
  readonly dpd_timeout_action: string;
  readonly dpd_timeout_seconds: number;
  readonly startup_action: string;
}

type Numbered<N extends "tunnel1" | "tunnel2"> = {
  readonly [K in keyof TunnelOptions as `${N}_${K}`]: TunnelOptions[K];
};

/** The two tunnels of a connection, each attribute under its own name in the provider's schema. */
export type TunnelPair = Numbered<"tunnel1"> & Numbered<"tunnel2">;

type VpnConnection = TunnelPair & {
  readonly type: "ipsec.1";
  readonly customer_gateway_id: Text;
  readonly transit_gateway_id: Text;
  readonly static_routes_only: boolean;
  readonly tunnel_inside_ip_version: "ipv4" | "ipv6";
  readonly tags: Tags;
};

interface FlowLog {
  readonly log_destination: string;
  readonly log_destination_type: "cloud-watch-logs" | "s3" | "kinesis-data-firehose";
  readonly iam_role_arn?: Text;
  readonly traffic_type?: "ALL";
  readonly vpc_id?: Text;
  readonly transit_gateway_id?: Text;
  readonly max_aggregation_interval: number;
  readonly tags: Tags;
}

interface RamResourceShare {
  readonly name: string;
  readonly allow_external_principals: boolean;
  readonly tags: Tags;
}

interface RamResourceAssociation {
  readonly resource_arn: Text;
  readonly resource_share_arn: Text;
}

interface RamPrincipalAssociation {
  readonly principal: string;
  readonly resource_share_arn: Text;
}

/** The emitted resource types and the shape of each. */
export interface ResourceBodies {
  readonly aws_vpc: Vpc;
  readonly aws_vpc_ipv4_cidr_block_association: VpcIpv4Association;
  readonly aws_vpc_ipv6_cidr_block_association: VpcIpv6Association;
  readonly aws_subnet: Subnet;
  readonly aws_route_table: RouteTable;
  readonly aws_route: Route;
  readonly aws_route_table_association: RouteTableAssociation;
  readonly aws_default_route_table: DefaultRouteTable;
  readonly aws_default_security_group: DefaultSecurityGroup;
  readonly aws_default_network_acl: DefaultNetworkAcl;
  readonly aws_network_acl: NetworkAcl;
  readonly aws_network_acl_rule: NetworkAclRule;
  readonly aws_security_group: SecurityGroup;
  readonly aws_ec2_managed_prefix_list: ManagedPrefixList;
  readonly aws_ec2_transit_gateway: TransitGateway;
  readonly aws_ec2_transit_gateway_vpc_attachment: TransitGatewayVpcAttachment;
  readonly aws_ec2_transit_gateway_vpc_attachment_accepter: TransitGatewayVpcAttachmentAccepter;
  readonly aws_ec2_transit_gateway_route_table: TransitGatewayRouteTable;
  readonly aws_ec2_transit_gateway_route_table_association: TransitGatewayRouteTableAssociation;
  readonly aws_ec2_transit_gateway_route_table_propagation: TransitGatewayRouteTablePropagation;
  readonly aws_ec2_transit_gateway_route: TransitGatewayRoute;
  readonly aws_dx_gateway: DxGateway;
  readonly aws_dx_gateway_association: DxGatewayAssociation;
  readonly aws_dx_transit_virtual_interface: DxTransitVirtualInterface;
  readonly aws_dx_bgp_peer: DxBgpPeer;
  readonly aws_dx_connection_confirmation: DxConnectionConfirmation;
  readonly aws_customer_gateway: CustomerGateway;
  readonly aws_vpn_connection: VpnConnection;
  readonly aws_flow_log: FlowLog;
  readonly aws_ram_resource_share: RamResourceShare;
  readonly aws_ram_resource_association: RamResourceAssociation;
  readonly aws_ram_principal_association: RamPrincipalAssociation;
}

/** The emitted data sources: only ones whose read waits for apply, since another breaks an offline plan. */
export interface DataBodies {
  readonly aws_ec2_transit_gateway_dx_gateway_attachment: DxGatewayAttachmentData;
}
