/** What keeps an estate from being lowered to Azure: each finding at the words that ask for it. */
import { defaultSettings, type Settings } from "../../../compiler/config/settings.js";
import { azureDiagnostics } from "../../../targets/azure/catalogue.js";
import { azureExplanations } from "../../../targets/azure/explain.js";
import { assert, suite } from "../../support/harness.js";
import { SUBSCRIPTION } from "./estates.js";
import { compileAzure, linesOf } from "./judge.js";

const OTHER = "00000000-0000-4000-8000-000000000002";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-net/providers/Microsoft.Network`;

interface Parts {
  readonly estate?: string;
  readonly cloud?: string;
  readonly subscription?: string;
  readonly hubs?: string;
  readonly network?: string;
  readonly web?: string;
  readonly db?: string;
  readonly more?: string;
  readonly service?: string;
}

/** The shop with something changed. */
function shop(parts: Parts = {}): string {
  return `
    edition 1
    estate acme { asn = 64520  ${parts.estate ?? ""} }
    segment prod { }
    segment pci { }
    cloud weu {
      provider = azure  region = "westeurope"  hub-cidr = ${parts.hubs ?? "10.255.0.0/22"}
      ${parts.subscription ?? `subscription = "${SUBSCRIPTION}"`}  ${parts.cloud ?? ""}
    }
    network shop in prod at weu {
      cidr = 10.20.0.0/16  ${parts.network ?? ""}
      subnet web { cidr = 10.20.1.0/24  ${parts.web ?? ""} }
      subnet db { cidr = 10.20.2.0/24  ${parts.db ?? ""} }
    }
    policy shop { allow shop.web -> shop.db on ${parts.service ?? "tcp/5432"} }
    ${parts.more ?? ""}
  `;
}

const vault = "network vault in pci at weu { cidr = 10.30.0.0/16  subnet cards { cidr = 10.30.1.0/24 } }";

function found(source: string, settings: Settings = defaultSettings): readonly string[] {
  return linesOf(compileAzure(source, settings).findings);
}

function limits(limit: string, value: number): Settings {
  return { ...defaultSettings, limits: [{ target: "azure", limit, value }] };
}

suite("what Azure refuses", (test) => {
  test("a sound estate has no finding", () => {
    assert.equal(found(shop({ more: vault })), []);
  });

  test("two names that differ in case only", () => {
    const more = "network Shop in pci at weu { cidr = 10.40.0.0/16  subnet web { cidr = 10.40.1.0/24 } }";
    const lines = found(shop({ more }));
    assert.ok(
      lines.some((line) => line.startsWith("DMC4201 `shop`")),
      lines.join("\n"),
    );
  });

  test("clouds without a subscription have folders of their own names", () => {
    const more = `cloud neu { provider = azure  region = "northeurope"  hub-cidr = 10.254.0.0/24 }
      network lab in pci at neu { cidr = 10.50.0.0/16  subnet bench { cidr = 10.50.1.0/24 } }`;
    assert.equal(found(shop({ more })), []);
  });

  test("ids that are none", () => {
    assert.equal(found(shop({ cloud: 'flow-logs = "meridian"' })), [
      'DMC4204 `"meridian"`: `meridian` is no id of a storage account',
    ]);
    // The provider takes its own letters only.
    const lower = `${GROUP}/virtualnetworks/vnet-shop`;
    assert.equal(found(shop({ network: `existing = "${lower}"` })), [
      `DMC4204 \`"${lower}"\`: \`${lower}\` is no id of a virtual network`,
    ]);
  });

  test("more segments than `hub-cidr` has room for", () => {
    assert.equal(found(shop({ hubs: "10.255.0.0/24", more: vault })), [
      "DMC4205 `10.255.0.0/24`: `10.255.0.0/24` has room for 1 virtual hub, and `weu` carries 2 segments",
    ]);
    assert.equal(found(shop({ hubs: "10.255.0.0/23", more: vault })), []);
  });

  test("an existing hub for two segments", () => {
    const id = `${GROUP}/virtualHubs/hub-prod`;
    assert.equal(found(shop({ cloud: `existing = "${id}"` })), []);
    assert.equal(found(shop({ cloud: `existing = "${id}"`, more: vault })), [
      `DMC4206 \`"${id}"\`: \`existing\` names one virtual hub, and \`weu\` carries 2 segments`,
    ]);
  });

  test("a subnet of two prefixes", () => {
    const more =
      "network lake in prod at weu { cidr = 10.40.0.0/16  subnet raw { cidr = [10.40.1.0/24, 10.40.3.0/24] } }";
    assert.equal(found(shop({ more })), [
      "DMC4207 `10.40.3.0/24`: `lake.raw` has 2 prefixes, and a subnet at Azure has one",
    ]);
  });

  test("names that Azure does not take", () => {
    const gateway = "network lake in prod at weu { cidr = 10.40.0.0/16  subnet GatewaySubnet { cidr = 10.40.1.0/24 } }";
    assert.equal(found(shop({ more: gateway })), [
      "DMC4208 `GatewaySubnet`: the subnet `GatewaySubnet` is one that Azure gives a meaning",
    ]);
    const long = `lake-${"a".repeat(60)}`;
    const more = `network ${long} in prod at weu { cidr = 10.40.0.0/16  subnet raw { cidr = 10.40.1.0/24 } }`;
    const lines = found(shop({ more }));
    assert.equal(lines, [`DMC4208 \`${long}\`: the virtual network \`demarc-${long}\` is longer than 64 characters`]);
    const odd = "network lake in prod at weu { cidr = 10.40.0.0/16  subnet _raw { cidr = 10.40.1.0/24 } }";
    assert.equal(found(shop({ more: odd })), ["DMC4208 `_raw`: the subnet `_raw` must begin with a letter or a digit"]);
  });

  test("a host on an address that Azure keeps", () => {
    assert.equal(found(shop({ web: "host gate { address = 10.20.1.3 }" })), [
      "DMC4209 `10.20.1.3`: Azure keeps `10.20.1.3` of `shop.web` for itself",
    ]);
    assert.equal(found(shop({ web: "host first { address = 10.20.1.4 }" })), []);
  });

  test("an existing subnet in a network that does not exist, or in another", () => {
    const subnet = `${GROUP}/virtualNetworks/vnet-shop/subnets/web`;
    assert.equal(found(shop({ web: `existing = "${subnet}"` })), [
      `DMC4210 \`"${subnet}"\`: \`shop.web\` is to exist, and \`shop\` would be made`,
    ]);
    const network = `existing = "${GROUP}/virtualNetworks/vnet-lake"`;
    assert.equal(found(shop({ network, web: `existing = "${subnet}"` })), [
      `DMC4210 \`"${subnet}"\`: \`shop.web\` is to exist, and \`shop\` is another than the one in its id`,
    ]);
  });

  test("objects of another subscription", () => {
    const id = `/subscriptions/${OTHER}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-shop`;
    assert.equal(found(shop({ network: `existing = "${id}"` })), [
      `DMC4211 \`"${id}"\`: \`shop\` lies in subscription \`${OTHER}\`, and its module in \`${SUBSCRIPTION}\``,
    ]);
    assert.equal(found(shop({ subscription: "", network: `subscription = "${OTHER}"` })), [
      `DMC4211 \`"${OTHER}"\`: \`shop\` lies in subscription \`${OTHER}\`, and \`weu\`, to whose hub it is connected, names none`,
    ]);
  });

  test("services that two groups of Azure cannot say between them", () => {
    assert.equal(found(shop({ service: "icmp/echo-request" })), [
      "DMC4212 `allow shop.web -> shop.db on icmp/echo-request`: `shop-816b243e` would open all of ICMP at Azure, and no other filter on the way cuts the rest",
    ]);
    assert.ok(found(shop({ service: "gre" }))[0]?.includes("would open every protocol at Azure"));
    assert.equal(found(shop({ service: "[icmp, esp, ip/51, udp, tcp/22]" })), []);
    assert.equal(found(shop({ service: "any" })), []);
    const settings: Settings = { ...defaultSettings, accept: [{ gap: "coarse-service", target: "azure" }] };
    assert.equal(found(shop({ service: "gre" }), settings), []);
  });

  test("probes of a protocol that a group cannot tell apart", () => {
    assert.equal(found(shop({ web: "health-probes = icmp/echo-request" })), [
      "DMC4213 `icmp/echo-request`: the health probes of `shop.web` are of a protocol that a security group cannot tell apart",
    ]);
  });

  test("tags that Azure does not take", () => {
    assert.equal(found(shop({ estate: 'tags = { "cost/centre" = "4100" }' })), [
      'DMC4214 `"4100"`: the tag `cost/centre` holds a character that Azure does not take',
    ]);
    assert.equal(found(shop({ estate: 'tags = { Team = "shop", team = "web" }' })).length, 1);
    const tags = new Map([["azure-owner", "shop"]]);
    const settings: Settings = { ...defaultSettings, targets: new Map([["azure", { tags }]]) };
    assert.equal(found(shop(), settings), [
      "DMC4214 ``: the tag `azure-owner` begins with a word that Azure keeps for itself",
    ]);
  });

  test("a lock in which two rules have one priority, as a bad merge leaves it", () => {
    const source = shop({ service: "[tcp/5432, udp/5432]" });
    const { lock } = compileAzure(source);
    const pool = "nsg-priority/shop.db/in";
    const held = Object.keys(lock.pools[pool] ?? {});
    assert.equal(held.length, 2);
    const pools = { ...lock.pools, [pool]: Object.fromEntries(held.map((key) => [key, 1500])) };
    assert.equal(
      linesOf(compileAzure(source, defaultSettings, { ...lock, pools }).findings).map((one) => one.slice(0, 7)),
      ["DMC4215"],
    );
  });

  const globex = "external globex in prod { cidr = 203.0.113.0/26  asn = 65010 }";
  const rule = "policy orders { allow globex -> shop.web on tcp/443 }";

  /** The shop with a link to Globex. */
  const linked = (link: string, external = globex): string =>
    shop({ more: `${external}  ${rule}  link globex-line between weu and globex { ${link} }` });

  const er = (id: string, more = ""): string =>
    `kind = express-route  ${more}  carries prod { vlan = 900  circuit = "${GROUP}/${id}"  path = primary }`;
  const vpn = (more: string, carries = ""): string =>
    `kind = ipsec  peer-public = 198.51.100.7  ${more}  carries prod { ${carries} }`;

  test("sound links have no finding but that of a circuit with one path", () => {
    assert.equal(found(linked(er("expressRouteCircuits/er-7"))), []);
    assert.equal(found(linked(vpn(""))), []);
  });

  test("circuits by their whole id", () => {
    const lines = found(linked(er("expressroutecircuits/er-7")));
    assert.equal(
      lines.map((line) => line.slice(0, 7)),
      ["DMC4204"],
    );
  });

  test("links that end at Azure in no way", () => {
    assert.equal(found(linked(er("expressRouteCircuits/er-7"), "external globex in prod { cidr = 203.0.113.0/26 }")), [
      "DMC4216 `globex-line`: `express-route` cannot end here: ExpressRoute routes by BGP only, and `globex` has no `asn`",
    ]);
    const more = `cloud neu { provider = azure  region = "northeurope"  hub-cidr = 10.254.0.0/23 }
      network lab in prod at neu { cidr = 10.50.0.0/16  subnet bench { cidr = 10.50.1.0/24 } }
      link between-clouds between weu and neu { kind = ipsec  carries prod { } }`;
    const lines = found(shop({ more }));
    assert.equal([...new Set(lines.map((line) => line.slice(0, line.indexOf(":"))))], ["DMC4216 `between-clouds`"]);
  });

  test("options that Azure does not serve", () => {
    const codes = (source: string) => found(source).map((line) => line.slice(0, line.indexOf(": `")));
    assert.equal(codes(linked(vpn("bfd = 300ms"))), ["DMC4217 `300ms`"]);
    assert.equal(codes(linked(vpn('md5 = secret("globex-bgp")'))), ['DMC4217 `secret("globex-bgp")`']);
    assert.equal(codes(linked(vpn("", "max-prefixes = 10"))), ["DMC4217 `10`"]);
    assert.equal(codes(linked(vpn("", "announce = { weu = 10.0.0.0/8 }"))), ["DMC4217 `10.0.0.0/8`"]);
  });

  test("sizes of packets", () => {
    assert.equal(found(linked(vpn("mtu = 1446"))), ["DMC4218 `1446`: `ipsec` at Azure has no MTU of 1446"]);
  });

  test("autonomous systems that are Azure's or nobody's", () => {
    const external = "external globex in prod { cidr = 203.0.113.0/26  asn = 65518 }";
    assert.equal(found(linked(vpn(""), external)), [
      "DMC4219 `globex-line`: `globex` cannot speak to Azure as 65518, which is reserved",
    ]);
    assert.equal(found(linked(vpn(""), external.replace("65518", "64496"))).length, 1);
    assert.equal(found(linked(vpn(""), external.replace("65518", "65521"))), []);
  });

  test("addresses inside and outside of tunnels", () => {
    assert.equal(found(linked(vpn("", "addresses = [169.254.30.2/30, 169.254.30.1/30]"))), [
      "DMC4220 `169.254.30.2/30, 169.254.30.1/30`: `169.254.30.2` cannot be an address of a tunnel of Azure: Azure takes addresses of 169.254.21.0/24 and 169.254.22.0/24",
    ]);
    assert.equal(found(linked(vpn("", "addresses = [169.254.22.6/30, 169.254.22.5/30]"))), []);
    // Two tunnels of one gateway whose addresses are each other's with 21 and 22 exchanged.
    const more = `${globex}  ${rule}  external initech in prod { cidr = 198.18.0.0/24  asn = 65011 }
      link one between weu and globex { ${vpn("", "addresses = [169.254.21.6/30, 169.254.21.5/30]")} }
      link two between weu and initech { ${vpn("", "addresses = [169.254.22.6/30, 169.254.22.5/30]")} }`;
    assert.ok(found(shop({ more })).every((line) => line.startsWith("DMC4220")));
    assert.equal(found(shop({ more })).length, 2);
  });

  test("algorithms that Azure does not have", () => {
    assert.equal(found(linked(vpn('ike = { encryption = "chacha20", dh-group = 21 }'))), [
      'DMC4221 `"chacha20"`: Azure takes no `chacha20` as `encryption`',
      "DMC4221 `21`: Azure takes no `21` as `dh-group`",
    ]);
    assert.equal(found(linked(vpn('ike = { encryption = "aes128-gcm", pfs-group = 24, version = 2 }'))), []);
  });

  test("preferences that a hub cannot carry out", () => {
    assert.equal(found(linked(er("expressRouteCircuits/er-7", "preference = 40000"))), [
      "DMC4222 `globex-line`: a virtual hub cannot give `globex-line` the preference 40000: a connection weighs 32000 at most",
    ]);
    const more = `external branch in prod { cidr = 172.30.8.0/24 }  ${globex}  ${rule}
      link globex-line between weu and globex { ${er("expressRouteCircuits/er-7", "preference = 200")} }
      link branch-vpn between weu and branch { ${vpn("")} }`;
    assert.equal(found(shop({ more })), [
      "DMC4222 `branch-vpn`: a virtual hub cannot give `branch-vpn` the preference 100: its routes are static, and a hub takes those ahead of longer paths",
    ]);
  });

  test("limits: more than a group takes, and limits that are none", () => {
    const hosts = Array.from({ length: 32 }, (_, i) => `host h${i} { address = 10.20.1.${10 + i} }`).join("\n");
    const peers = Array.from({ length: 32 }, (_, i) => `host h${i} { address = 10.20.2.${10 + i} }`).join("\n");
    const rules = Array.from({ length: 32 * 32 }, (_, i) => {
      const [from, to] = [i % 32, Math.floor(i / 32)];
      return `allow shop.web.h${from} -> shop.db.h${to} on tcp/${1000 + i}`;
    });
    const more = `policy many { ${rules.join("\n")} }`;
    const lines = found(shop({ web: hosts, db: peers, more }));
    assert.equal(
      lines.map((line) => line.slice(line.indexOf("`: ") + 3)),
      [
        "`shop.db` needs 1027 rules of both directions, Azure allows 1000",
        "`shop.web` needs 1027 rules of both directions, Azure allows 1000",
      ],
    );
    assert.ok(lines.every((line) => line.startsWith("DMC4202 `allow ")));
    assert.equal(found(shop(), limits("rules-per-security-group", 2000)), [
      "DMC4203 ``: the limit `rules-per-security-group` in `demarc.json` is 1000 at Azure and is not raised",
    ]);
    assert.equal(found(shop(), limits("networks-per-regions", 2000)), [
      "DMC4203 ``: the limit `networks-per-regions` in `demarc.json` is no limit of Azure; did you mean `networks-per-region`?",
    ]);
    assert.equal(found(shop(), limits("networks-per-region", 2000)), []);
  });

  test("every code has a text of its own and they are numbered without a gap", () => {
    const codes = Object.values(azureDiagnostics).map(({ code }) => code);
    assert.equal(
      codes,
      codes.map((_, index) => `DMC42${String(index + 1).padStart(2, "0")}`),
    );
    assert.equal(Object.keys(azureExplanations).sort(), Object.keys(azureDiagnostics).sort());
  });
});
