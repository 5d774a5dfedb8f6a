/** The estate that `demarc init` writes: a copy of `fixtures/estates/quickstart`, which a test keeps equal. */

/** Texts by path. */
export const QUICKSTART: Readonly<Record<string, string>> = {
  "main.demarc": `edition 1

// A small estate: a shop on AWS and an office with a router, joined by a Direct Connect.
// \`demarc check\` judges it, \`demarc compile\` writes configuration for both ends into out/.

estate acme {
  asn   = 64520
  owner = "network@acme.example"
}

// Endpoints of different segments have no route to each other unless a policy shares one.
segment prod { owner = "platform@acme.example" }
segment office { owner = "workplace@acme.example" }

cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }

router chi { os = junos  loopback = 192.0.2.1  site = "Chicago" }

link dx between use1 and chi {
  kind       = direct-connect
  connection = "dxcon-0a1b2c3d"
  bandwidth  = 1Gbps
  interface  = "xe-0/0/2"
  carries prod { vlan = 101 }
}

/// The shop: web servers in front of a database.
network shop in prod at use1 {
  cidr = 10.20.0.0/16
  subnet web { cidr = 10.20.1.0/24  zone = "a"  labels = { tier = "web" } }
  subnet db { cidr = 10.20.2.0/24  zone = "b"  labels = { tier = "db" } }
}

/// Desks in Chicago.
network desks in office at chi {
  cidr      = 10.1.0.0/24
  interface = "ge-0/0/3"
  vlan      = 110
}

// A flow that nobody allows is denied, inside a segment too.
policy shop {
  owner = "shop@acme.example"
  share shop.web with office
  allow desks -> shop.web on std.https log
  allow shop.web -> shop.db on tcp/5432 because "orders"
}

// Proved over every packet, at every check.
never desks -> shop.db
never any -> shop on [std.ssh, std.rdp]
always shop.web -> shop.db on tcp/5432
`,
};
