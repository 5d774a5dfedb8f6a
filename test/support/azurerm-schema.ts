/**
 * A compact extract of the provider's schema for the resource types that the Azure target writes, and a checker over it: the
 * stand-in for `terraform validate` where the provider is absent. It says nothing about the provider's own validators.
 *
 * Source: `terraform providers schema` of hashicorp/azurerm 5.2.0, attributes that matter here; the same in 4.62.0 but for
 * `target_resource_id`, which is optional there. Types: s text, n number, b boolean; `[s]` a list or set of texts.
 */

type Kind = "s" | "n" | "b" | "[s]";

/** The inside of a block: attributes by name, `*` behind required ones, and nested blocks with how many there may be. */
interface BlockSchema {
  readonly attributes: Readonly<Record<string, Kind | `${Kind}*`>>;
  readonly blocks?: Readonly<Record<string, BlockSchema & { readonly least: number; readonly most: number }>>;
}

const named = { name: "s*", resource_group_name: "s*" } as const;
const located = { ...named, location: "s*", tags: "[s]" } as const;
const many = Number.POSITIVE_INFINITY;

const propagation = { least: 0, most: 1, attributes: { labels: "[s]", route_table_ids: "[s]" } } as const;
const routing = {
  least: 0,
  most: 1,
  attributes: { associated_route_table_id: "s", inbound_route_map_id: "s", outbound_route_map_id: "s" },
  blocks: { propagated_route_table: propagation },
} as const;
const peering = { least: 0, most: 1, attributes: { custom_ips: "[s]*" } } as const;

const schemas: Readonly<Record<string, BlockSchema>> = {
  azurerm_resource_group: { attributes: { name: "s*", location: "s*", managed_by: "s", tags: "[s]" } },
  azurerm_virtual_wan: {
    attributes: {
      ...located,
      allow_branch_to_branch_traffic: "b",
      disable_vpn_encryption: "b",
      office365_local_breakout_category: "s",
      type: "s",
    },
  },
  azurerm_virtual_hub: {
    attributes: {
      ...located,
      address_prefix: "s",
      branch_to_branch_traffic_enabled: "b",
      hub_routing_preference: "s",
      sku: "s",
      virtual_router_auto_scale_min_capacity: "n",
      virtual_wan_id: "s",
    },
  },
  azurerm_virtual_hub_connection: {
    attributes: {
      name: "s*",
      remote_virtual_network_id: "s*",
      virtual_hub_id: "s*",
      internet_security_enabled: "b",
    },
    blocks: { routing },
  },
  azurerm_virtual_network: {
    attributes: { ...located, address_space: "[s]", dns_servers: "[s]", private_endpoint_vnet_policies: "s" },
  },
  azurerm_subnet: {
    attributes: {
      ...named,
      virtual_network_name: "s*",
      address_prefixes: "[s]",
      default_outbound_access_enabled: "b",
      private_endpoint_network_policies: "s",
      private_link_service_network_policies_enabled: "b",
    },
  },
  azurerm_route_table: { attributes: { ...located, bgp_route_propagation_enabled: "b" } },
  azurerm_route: {
    attributes: {
      ...named,
      address_prefix: "s*",
      next_hop_type: "s*",
      route_table_name: "s*",
      next_hop_in_ip_address: "s",
    },
  },
  azurerm_subnet_route_table_association: { attributes: { route_table_id: "s*", subnet_id: "s*" } },
  azurerm_network_security_group: { attributes: located },
  azurerm_subnet_network_security_group_association: {
    attributes: { network_security_group_id: "s*", subnet_id: "s*" },
  },
  azurerm_network_security_rule: {
    attributes: {
      ...named,
      access: "s*",
      direction: "s*",
      network_security_group_name: "s*",
      priority: "n*",
      protocol: "s*",
      description: "s",
      source_port_range: "s",
      source_port_ranges: "[s]",
      destination_port_range: "s",
      destination_port_ranges: "[s]",
      source_address_prefix: "s",
      source_address_prefixes: "[s]",
      destination_address_prefix: "s",
      destination_address_prefixes: "[s]",
    },
  },
  azurerm_virtual_network_peering: {
    attributes: {
      ...named,
      remote_virtual_network_id: "s*",
      virtual_network_name: "s*",
      allow_forwarded_traffic: "b",
      allow_gateway_transit: "b",
      allow_virtual_network_access: "b",
      use_remote_gateways: "b",
    },
  },
  azurerm_network_watcher_flow_log: {
    attributes: {
      ...named,
      enabled: "b*",
      network_watcher_name: "s*",
      storage_account_id: "s*",
      target_resource_id: "s*",
      location: "s",
      version: "n",
      tags: "[s]",
    },
    blocks: { retention_policy: { least: 1, most: 1, attributes: { days: "n*", enabled: "b*" } } },
  },
  azurerm_express_route_gateway: {
    attributes: { ...located, scale_units: "n*", virtual_hub_id: "s*", allow_non_virtual_wan_traffic: "b" },
  },
  azurerm_express_route_connection: {
    attributes: {
      name: "s*",
      express_route_circuit_peering_id: "s*",
      express_route_gateway_id: "s*",
      authorization_key: "s",
      internet_security_enabled: "b",
      routing_weight: "n",
    },
    blocks: { routing },
  },
  azurerm_vpn_gateway: {
    attributes: { ...located, virtual_hub_id: "s*", routing_preference: "s", scale_unit: "n" },
    blocks: {
      bgp_settings: {
        least: 0,
        most: 1,
        attributes: { asn: "n*", peer_weight: "n*" },
        blocks: { instance_0_bgp_peering_address: peering, instance_1_bgp_peering_address: peering },
      },
    },
  },
  azurerm_vpn_site: {
    attributes: { ...located, virtual_wan_id: "s*", address_cidrs: "[s]", device_model: "s", device_vendor: "s" },
    blocks: {
      link: {
        least: 0,
        most: many,
        attributes: { name: "s*", fqdn: "s", ip_address: "s", provider_name: "s", speed_in_mbps: "n" },
        blocks: { bgp: { least: 0, most: 1, attributes: { asn: "n*", peering_address: "s*" } } },
      },
    },
  },
  azurerm_vpn_gateway_connection: {
    attributes: {
      name: "s*",
      remote_vpn_site_id: "s*",
      vpn_gateway_id: "s*",
      internet_security_enabled: "b",
    },
    blocks: {
      routing: {
        least: 0,
        most: 1,
        attributes: { associated_route_table: "s*", inbound_route_map_id: "s", outbound_route_map_id: "s" },
        blocks: {
          propagated_route_table: { least: 0, most: 1, attributes: { route_table_ids: "[s]*", labels: "[s]" } },
        },
      },
      vpn_link: {
        least: 1,
        most: many,
        attributes: {
          name: "s*",
          vpn_site_link_id: "s*",
          bandwidth_mbps: "n",
          bgp_enabled: "b",
          connection_mode: "s",
          dpd_timeout_seconds: "n",
          protocol: "s",
          ratelimit_enabled: "b",
          route_weight: "n",
          shared_key: "s",
        },
        blocks: {
          custom_bgp_address: {
            least: 0,
            most: many,
            attributes: { ip_address: "s*", ip_configuration_id: "s*" },
          },
          ipsec_policy: {
            least: 0,
            most: many,
            attributes: {
              dh_group: "s*",
              encryption_algorithm: "s*",
              ike_encryption_algorithm: "s*",
              ike_integrity_algorithm: "s*",
              integrity_algorithm: "s*",
              pfs_group: "s*",
              sa_data_size_kb: "n*",
              sa_lifetime_sec: "n*",
            },
          },
        },
      },
    },
  },
};

/** Arguments that every resource takes. */
const META = new Set(["depends_on"]);

type Body = Readonly<Record<string, unknown>>;

/** What the schema does not take of one resource, as lines; none where it takes it. References between blocks are not followed. */
export function schemaFaults(type: string, body: Body): readonly string[] {
  const schema = schemas[type];
  return schema === undefined ? [`${type} is no type of the extract`] : blockFaults(type, schema, body);
}

function blockFaults(at: string, schema: BlockSchema, body: Body): readonly string[] {
  const faults: string[] = [];
  for (const [name, kind] of Object.entries(schema.attributes)) {
    if (kind.endsWith("*") && body[name] === undefined) faults.push(`${at}: ${name} is missing`);
  }
  for (const [name, block] of Object.entries(schema.blocks ?? {})) {
    const items = body[name] === undefined ? [] : body[name];
    if (!Array.isArray(items)) faults.push(`${at}: ${name} is no list of blocks`);
    else {
      if (items.length < block.least || items.length > block.most) faults.push(`${at}: ${items.length} of ${name}`);
      for (const [index, item] of items.entries()) faults.push(...blockFaults(`${at}.${name}[${index}]`, block, item));
    }
  }
  for (const [name, value] of Object.entries(body)) {
    const kind = schema.attributes[name];
    if (kind !== undefined) {
      if (!fits(kind.replace("*", ""), name, value)) faults.push(`${at}: ${name} is no ${kind}`);
    } else if (schema.blocks?.[name] === undefined && !META.has(name)) faults.push(`${at}: ${name} is unknown`);
  }
  return faults;
}

function fits(kind: string, name: string, value: unknown): boolean {
  if (name === "tags") return typeof value === "object" && value !== null && Object.values(value).every(isText);
  if (kind === "[s]") return Array.isArray(value) && value.every(isText);
  if (kind === "n") return typeof value === "number";
  return kind === "b" ? typeof value === "boolean" : isText(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** References in a module's texts that lead to no block and no variable of it, as `address in file`. */
export function danglingReferences(files: ReadonlyMap<string, string>): readonly string[] {
  const known = new Set<string>();
  for (const text of files.values()) {
    const file: { resource?: Record<string, object>; variable?: object } = JSON.parse(text);
    for (const [type, blocks] of Object.entries(file.resource ?? {})) {
      for (const key of Object.keys(blocks)) known.add(`${type}.${key}`);
    }
    for (const name of Object.keys(file.variable ?? {})) known.add(`var.${name}`);
  }
  return [...files].flatMap(([name, text]) =>
    [...text.matchAll(/\b(azurerm_[a-z_0-9]+|var)\.([A-Za-z_][A-Za-z0-9_-]*)/g)]
      .map(([, type, key]) => `${type}.${key}`)
      .filter((address) => !known.has(address))
      .map((address) => `${address} in ${name}`),
  );
}
