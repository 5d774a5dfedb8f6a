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
