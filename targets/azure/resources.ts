/**
 * The shapes of the emitted resources: one interface per type, attribute names as in the schema of the provider
 * (hashicorp/azurerm 5.2.0; all of them exist in 4.62.0).
 */
import type { Text } from "../shared/terraform/values.js";

/** Tags of an object. */
export type Tags = Readonly<Record<string, string>>;

interface Located {
  readonly name: string;
  readonly resource_group_name: Text;
  readonly location: string;
  readonly tags: Tags;
}

interface ResourceGroup {
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
}

interface VirtualWan extends Located {
  readonly type: "Standard";
  readonly allow_branch_to_branch_traffic: false;
  readonly disable_vpn_encryption: false;
}

interface VirtualHub extends Located {
  readonly virtual_wan_id: Text;
  readonly address_prefix: string;
  readonly sku: "Standard";
  readonly branch_to_branch_traffic_enabled: false;
  readonly hub_routing_preference: "ExpressRoute" | "ASPath";
}

/** To whom a connection tells its routes: the label `default` names the default tables of all hubs of one virtual WAN. */
interface Propagation {
  readonly labels: readonly ["default"];
  readonly route_table_ids: readonly Text[];
}

/** Association and propagation of a VNet or ExpressRoute connection. */
export interface Routing {
  readonly associated_route_table_id: Text;
  readonly propagated_route_table: readonly [Propagation];
}

interface VirtualHubConnection {
  readonly name: string;
  readonly virtual_hub_id: Text;
  readonly remote_virtual_network_id: Text;
  readonly internet_security_enabled: false;
  readonly routing: readonly [Routing];
}

interface VirtualNetwork extends Located {
  readonly address_space: readonly string[];
}

interface Subnet {
  readonly name: string;
  readonly resource_group_name: Text;
  readonly virtual_network_name: Text;
  readonly address_prefixes: readonly string[];
  readonly default_outbound_access_enabled: false;
  readonly private_endpoint_network_policies: "Enabled";
}

interface RouteTable extends Located {
  readonly bgp_route_propagation_enabled: true;
}

interface Route {
  readonly name: string;
  readonly resource_group_name: Text;
  readonly route_table_name: Text;
  readonly address_prefix: string;
  readonly next_hop_type: "None";
}

interface SubnetRouteTableAssociation {
  readonly subnet_id: Text;
  readonly route_table_id: Text;
}

type NetworkSecurityGroup = Located;

interface SubnetNsgAssociation {
  readonly subnet_id: Text;
  readonly network_security_group_id: Text;
}

/** Of each address and port position exactly one form stands. */
interface NetworkSecurityRule {
  readonly name: string;
  readonly description: string;
  readonly resource_group_name: Text;
  readonly network_security_group_name: Text;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Esp" | "Ah" | "*";
  readonly source_port_range: "*";
  readonly destination_port_range?: string;
  readonly destination_port_ranges?: readonly string[];
  readonly source_address_prefix?: string;
  readonly source_address_prefixes?: readonly string[];
  readonly destination_address_prefix?: string;
  readonly destination_address_prefixes?: readonly string[];
}

interface VirtualNetworkPeering {
  readonly name: string;
  readonly resource_group_name: Text;
  readonly virtual_network_name: Text;
  readonly remote_virtual_network_id: Text;
  readonly allow_virtual_network_access: true;
  readonly allow_forwarded_traffic: false;
  readonly allow_gateway_transit: false;
  readonly use_remote_gateways: false;
}

interface NetworkWatcherFlowLog {
  readonly name: string;
  readonly network_watcher_name: string;
  readonly resource_group_name: string;
  readonly location: string;
  readonly target_resource_id: Text;
  readonly storage_account_id: string;
  readonly enabled: true;
  readonly version: 2;
  readonly retention_policy: readonly [{ readonly enabled: false; readonly days: 0 }];
  readonly tags: Tags;
}

interface ExpressRouteGateway extends Located {
  readonly virtual_hub_id: Text;
  readonly scale_units: number;
  readonly allow_non_virtual_wan_traffic: false;
}

interface ExpressRouteConnection {
  readonly name: string;
  readonly express_route_gateway_id: Text;
  readonly express_route_circuit_peering_id: string;
  readonly authorization_key: Text;
  readonly internet_security_enabled: false;
  readonly routing_weight: number;
  readonly routing: readonly [Routing];
}

interface BgpAddresses {
  readonly custom_ips: readonly string[];
}

interface VpnGateway extends Located {
  readonly virtual_hub_id: Text;
  readonly scale_unit: number;
  readonly bgp_settings: readonly [
    {
      readonly asn: number;
      readonly peer_weight: 0;
      readonly instance_0_bgp_peering_address?: readonly [BgpAddresses];
      readonly instance_1_bgp_peering_address?: readonly [BgpAddresses];
    },
  ];
}

interface SiteLink {
  readonly name: string;
  readonly ip_address: Text;
  readonly speed_in_mbps: number;
  readonly bgp?: readonly [{ readonly asn: number; readonly peering_address: string }];
}

interface VpnSite extends Located {
  readonly virtual_wan_id: Text;
  readonly address_cidrs?: readonly string[];
  readonly link: readonly SiteLink[];
}

/** The algorithms of both phases. */
export interface IpsecPolicy {
  readonly ike_encryption_algorithm: string;
  readonly ike_integrity_algorithm: string;
  readonly dh_group: string;
  readonly encryption_algorithm: string;
  readonly integrity_algorithm: string;
  readonly pfs_group: string;
  readonly sa_lifetime_sec: number;
  readonly sa_data_size_kb: number;
}

interface VpnLink {
  readonly name: string;
  readonly vpn_site_link_id: Text;
  readonly bgp_enabled: boolean;
  readonly protocol: "IKEv2";
  readonly bandwidth_mbps: number;
  readonly shared_key: Text;
  readonly dpd_timeout_seconds: number;
  readonly custom_bgp_address?: readonly { readonly ip_address: string; readonly ip_configuration_id: Text }[];
  readonly ipsec_policy: readonly [IpsecPolicy];
}

interface VpnGatewayConnection {
  readonly name: string;
  readonly vpn_gateway_id: Text;
  readonly remote_vpn_site_id: Text;
  readonly internet_security_enabled: false;
  readonly routing: readonly [
    { readonly associated_route_table: Text; readonly propagated_route_table: readonly [Propagation] },
  ];
  readonly vpn_link: readonly VpnLink[];
}

/** The emitted resource types and the shape of each. */
export interface ResourceBodies {
  readonly azurerm_resource_group: ResourceGroup;
  readonly azurerm_virtual_wan: VirtualWan;
  readonly azurerm_virtual_hub: VirtualHub;
  readonly azurerm_virtual_hub_connection: VirtualHubConnection;
  readonly azurerm_virtual_network: VirtualNetwork;
  readonly azurerm_subnet: Subnet;
  readonly azurerm_route_table: RouteTable;
  readonly azurerm_route: Route;
  readonly azurerm_subnet_route_table_association: SubnetRouteTableAssociation;
  readonly azurerm_network_security_group: NetworkSecurityGroup;
  readonly azurerm_subnet_network_security_group_association: SubnetNsgAssociation;
  readonly azurerm_network_security_rule: NetworkSecurityRule;
  readonly azurerm_virtual_network_peering: VirtualNetworkPeering;
  readonly azurerm_network_watcher_flow_log: NetworkWatcherFlowLog;
  readonly azurerm_express_route_gateway: ExpressRouteGateway;
  readonly azurerm_express_route_connection: ExpressRouteConnection;
  readonly azurerm_vpn_gateway: VpnGateway;
  readonly azurerm_vpn_site: VpnSite;
  readonly azurerm_vpn_gateway_connection: VpnGatewayConnection;
}
