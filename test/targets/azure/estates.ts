/** The estates that several tests of the Azure target look at, as program text. */

/** The subscription of the estates. */
export const SUBSCRIPTION = "00000000-0000-4000-8000-000000000001";

/** One network with a web and a database subnet in one segment at one cloud, an order host of its own, nothing else. */
export const shopEstate = `
edition 1
estate acme { asn = 64520 }
segment prod { owner = "platform@acme.example" }
cloud weu { provider = azure  region = "westeurope"  subscription = "${SUBSCRIPTION}"  hub-cidr = 10.255.0.0/22 }
/// The shop.
network shop in prod at weu {
  cidr = 10.20.0.0/16
  subnet db  { cidr = 10.20.2.0/24 }
  subnet web {
    cidr = 10.20.1.0/24
    health-probes = tcp/8080
    host orders { address = 10.20.1.9 }
  }
}
policy shop {
  /// Orders are kept there.
  allow shop.web -> shop.db on tcp/5432
  allow shop.db -> shop.web.orders on [tcp/443, tcp/8000-8099, udp/514]
  allow shop.db -> shop.web on icmp
}
`;

const CIRCUITS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-er/providers/Microsoft.Network/expressRouteCircuits`;

/** Two segments at one cloud, each on its own ExpressRoute circuit to a router, a partner and a branch by VPN. */
export const linkedEstate = `
edition 1
estate acme { asn = 64520 }
segment prod { }
segment pci { }
segment partners { }
cloud weu { provider = azure  region = "westeurope"  subscription = "${SUBSCRIPTION}"  hub-cidr = 10.255.0.0/21 }
router ams { os = junos  loopback = 192.0.2.1 }
router rtm { os = junos  loopback = 192.0.2.2 }
link core between ams and rtm { kind = mpls }
external globex in partners { cidr = 203.0.113.0/26  asn = 65010 }
external branch in prod { cidr = 172.30.8.0/24 }

/// Amsterdam to Azure, the way that is used.
link er-a between weu and ams {
  kind = express-route  interface = "xe-0/0/1"  bandwidth = 3Gbps  preference = 200
  carries prod { vlan = 101  circuit = "${CIRCUITS}/er-prod"  path = primary }
  carries pci { vlan = 102  circuit = "${CIRCUITS}/er-pci"  path = primary }
}
link er-b between weu and rtm {
  kind = express-route  interface = "xe-0/0/1"  bandwidth = 3Gbps  preference = 200
  carries prod { vlan = 101  circuit = "${CIRCUITS}/er-prod"  path = secondary }
  carries pci { vlan = 102  circuit = "${CIRCUITS}/er-pci"  path = secondary }
}
link globex-vpn between weu and globex {
  kind = ipsec  peer-public = 198.51.100.7  psk = secret("globex-psk")
  ike = { encryption = "aes256", dh-group = 20, esp-encryption = "aes256-gcm" }
  carries partners { }
}
link branch-vpn between weu and branch {
  kind = ipsec  peer-public = 198.51.100.20  preference = 200
  carries prod { }
}
network shop in prod at weu { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }
network vault in pci at weu { cidr = 10.30.0.0/16  subnet cards { cidr = 10.30.1.0/24 } }
network relay in partners at weu { cidr = 10.40.0.0/24  subnet orders { cidr = 10.40.0.0/26 } }
network floor in prod at ams { cidr = 10.1.0.0/24  interface = "xe-0/0/2"  vlan = 110 }
network tills in pci at rtm { cidr = 10.31.0.0/24  interface = "xe-0/0/2"  vlan = 310 }
policy shop {
  allow floor -> shop.web on [tcp/443, icmp/echo-request]
  allow branch -> shop.web on tcp/443
  allow tills -> vault.cards on tcp/8443
  allow globex -> relay.orders on tcp/443
}
`;
