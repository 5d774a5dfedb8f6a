/** A company of two segments on one hub and a core of two routers: what the examples of relations and design vary. */

/** Places and links; `dx` carries both segments. */
export const PLACES = `
estate acme { asn = 64520 }
segment prod {}
segment pci {}
segment dev {}
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }
router ash { os = junos  loopback = 192.0.2.2 }
router chi { os = junos  loopback = 192.0.2.1 }
link backbone between chi and ash { kind = mpls }
link dx between use1 and chi {
  kind = direct-connect  interface = "xe-0/0/2"
  carries prod { vlan = 101 }
  carries pci { vlan = 102 }
}
`;

/** A LAN of each segment at a router, a network of each at the hub. */
export const NETWORKS = `
network floor in prod at chi { cidr = 10.1.0.0/28  interface = "xe-0/0/1" }
network tills in pci at ash { cidr = 10.2.0.0/28  interface = "xe-0/0/1" }
network shop in prod at use1 { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }
network vault in pci at use1 { cidr = 10.30.0.0/16  subnet cards { cidr = 10.30.1.0/24 } }
`;

/** The estate with a policy of these statements and what stands beside it. */
export function twoSegments(statements: string, beside = ""): string {
  return `${PLACES}${NETWORKS}policy traffic { ${statements} }\n${beside}`;
}
