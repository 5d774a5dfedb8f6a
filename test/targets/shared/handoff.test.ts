/** Hand-off documents: what the other party has to know, exactly, and no secret. */
import type { Addressing, Announcement, Circuit, Design } from "../../../compiler/design/design.js";
import type {
  AwsCloud,
  Carries,
  Estate,
  External,
  IpsecOptions,
  Link,
  Located,
  PlaceRef,
  Router,
} from "../../../compiler/model/estate.js";
import { type Family, type Prefix, parseAddress, prefixOf } from "../../../grammar/address.js";
import { SourceFile, type Span, span } from "../../../grammar/source.js";
import { linkDocument } from "../../../targets/shared/handoff/document.js";
import { handoffDocuments } from "../../../targets/shared/handoff/index.js";
import { linkMarkdown } from "../../../targets/shared/handoff/markdown.js";
import { proposalOf } from "../../../targets/shared/handoff/proposal.js";
import { assert, suite } from "../../support/harness.js";

const at: Span = span(new SourceFile("main.demarc", ""), 0, 0);
const located = <T>(value: T): Located<T> => ({ value, span: at });
const named = (name: string) => ({ path: name, name, span: at });

function address(text: string) {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

function prefix(text: string): Prefix {
  const [base = "", length = ""] = text.split("/");
  return prefixOf(address(base), Number(length));
}

const use1: AwsCloud = {
  ...named("use1"),
  provider: "aws",
  region: located("us-east-1"),
  account: located("111122223333"),
  hub: "transit-gateway",
  gatewayAsns: new Map(),
};
const chi: Router = {
  ...named("chi"),
  os: "junos",
  loopbacks: [],
  site: located("Chicago"),
  routeReflector: false,
  vpnSessions: "managed",
  management: [],
};
const globex: External = {
  ...named("globex"),
  domain: "partners",
  cidrs: [],
  summary: false,
  nextHops: [],
  labels: new Map(),
  description: located("Globex | parts supplier"),
  hosts: [],
};

const carries = (domain: string): Carries => ({ domain, span: at, addresses: [], announce: new Map() });

function link(
  name: string,
  kind: Link["kind"],
  ends: readonly [Link["ends"][0], Link["ends"][1]],
  more: Partial<Link> = {},
): Link {
  return { ...named(name), kind, ends, hosted: false, partner: false, preference: 100, carries: [], ...more };
}

const dx = link(
  "dx",
  "direct-connect",
  [
    { place: { kind: "cloud", name: "use1" }, span: at },
    { place: { kind: "router", name: "chi" }, span: at, interface: located("xe-0/0/2") },
  ],
  { connection: located("dxcon-0a1b2c3d"), bandwidth: located(10_000_000_000), doc: "The main way." },
);

const port = link("globex-port", "ipsec", [
  { place: { kind: "external", name: "globex" }, span: at },
  { place: { kind: "router", name: "chi" }, span: at },
]);

const route = (text: string, site: string, more: Partial<Announcement> = {}): Announcement => ({
  prefix: prefix(text),
  cause: { kind: "own" },
  site,
  sources: [at],
  ...more,
});

const pair = (family: Family, first: string, second: string, length: number): Addressing => ({
  family,
  kind: "allocated",
  ends: [
    { address: address(first), length },
    { address: address(second), length },
  ],
});

const plain: Circuit = {
  id: "globex-port/partners",
  link: port,
  carries: carries("partners"),
  kind: "ipsec",
  domain: "partners",
  ends: [
    { place: port.ends[0].place, announces: [route("203.0.113.0/26", "globex")] },
    { place: port.ends[1].place, announces: [] },
  ],
  addressing: [],
  tunnels: [{ index: 0, addressing: [pair(4, "169.254.10.1", "169.254.10.2", 30)], psk: { name: "globex-1" } }],
  routing: "static",
  nextHops: [address("169.254.10.1")],
  mtu: 1400,
  preference: 100,
  sources: [at],
};

const circuits: readonly Circuit[] = [
  {
    id: "dx/prod",
    link: dx,
    carries: carries("prod"),
    kind: "direct-connect",
    domain: "prod",
    ends: [
      { place: dx.ends[0].place, asn: 64601, announces: [route("10.20.0.0/16", "shop")] },
      {
        place: dx.ends[1].place,
        interface: "xe-0/0/2",
        asn: 64520,
        announces: [
          route("10.1.0.0/24", "floor"),
          route("10.40.0.0/16", "branch", { upTo: 24 }),
          route("10.30.1.0/24", "vault.cards", { cause: { kind: "share", share: "cards-12345678", domain: "pci" } }),
        ],
      },
    ],
    vlan: 101,
    addressing: [pair(4, "169.254.0.1", "169.254.0.2", 30), { family: 6, kind: "provider" }],
    tunnels: [],
    routing: "bgp",
    nextHops: [],
    mtu: 8500,
    bfd: 300,
    md5: { name: "dx-prod" },
    maxPrefixes: 100,
    preference: 200,
    sources: [at],
  },
  plain,
];

const estate = {
  name: "acme",
  clouds: [use1],
  routers: [chi],
  externals: [globex],
  links: [dx, port],
} as unknown as Estate;
const design = { estate, circuits } as unknown as Design;

const made = {
  artefacts: [
    "aws/111122223333/direct-connect.tf.json",
    "aws/111122223333/network.tf.json",
    "aws/999900001111/direct-connect.tf.json",
    "routers/chi/delivery.md",
    "routers/chi/junos.set",
  ].map((path) => ({ path })),
  provenance: [
    { file: "aws/111122223333/direct-connect.tf.json", id: "dx/prod" },
    { file: "aws/111122223333/network.tf.json", id: "shop" },
    { file: "aws/999900001111/direct-connect.tf.json", id: "dx-2/prod" },
    { file: "routers/chi/junos.set", id: "dx" },
  ],
};

/** A design whose only link is an IPsec link, with tunnels of both families. */
function vpn(ends: readonly [PlaceRef, PlaceRef], options: Partial<IpsecOptions>, tunnels: number): [Design, Link] {
  const [first, second] = ends;
  const one = link(
    "line",
    "ipsec",
    [
      { place: first, span: at },
      { place: second, span: at },
    ],
    { ipsec: { public: [], peerPublic: [], psk: [], ike: new Map(), ...options } },
  );
  const circuit: Circuit = {
    ...plain,
    id: "line/partners",
    link: one,
    ends: [
      { place: first, announces: [] },
      { place: second, announces: [] },
    ],
    tunnels: Array.from({ length: tunnels }, (_, index) => ({
      index,
      addressing: [
        pair(4, `169.254.9.${index * 4 + 1}`, `169.254.9.${index * 4 + 2}`, 30),
        pair(6, `fd00::${index}:1`, `fd00::${index}:2`, 126),
      ],
      psk: { name: `line-${index + 1}` },
    })),
  };
  return [{ estate: { ...estate, links: [one] }, circuits: [circuit] } as unknown as Design, one];
}

suite("hand-off documents", (test) => {
  test("tell the far party how to rank several Direct Connect links", () => {
    const [first] = circuits;
    assert.ok(first);
    const spare: Circuit = { ...first, id: "dx-b/prod", link: { ...dx, name: "dx-b" }, preference: 100 };
    const two = { ...design, circuits: [first, spare], cores: [] } as unknown as Design;
    const ranks = [dx, spare.link].map((one) => linkDocument(two, one, made).circuits[0]?.towardsAws);
    assert.equal(ranks, [
      { community: "7224:7300", prepends: 0 },
      { community: "7224:7200", prepends: 1 },
    ]);
    const text = linkMarkdown(linkDocument(two, spare.link, made));
    assert.match(
      text,
      "community `7224:7200` and no other of `7224:7100` to `7224:7300`, and the own ASN prepended once",
    );
  });

  test("hold what both parties must agree on", () => {
    assert.equal(JSON.parse(JSON.stringify(linkDocument(design, dx, made))), {
      formatVersion: 1,
      link: "dx",
      description: "The main way.",
      kind: "direct-connect",
      connection: "dxcon-0a1b2c3d",
      bandwidthBitsPerSecond: 10_000_000_000,
      parties: [
        {
          name: "use1",
          kind: "cloud",
          platform: "aws",
          region: "us-east-1",
          account: "111122223333",
          ours: true,
          compiled: true,
          artefacts: ["aws/111122223333/direct-connect.tf.json"],
        },
        {
          name: "chi",
          kind: "router",
          platform: "junos",
          site: "Chicago",
          interface: "xe-0/0/2",
          ours: true,
          compiled: true,
          artefacts: ["routers/chi/junos.set"],
        },
      ],
      circuits: [
        {
          id: "dx/prod",
          segment: "prod",
          vlan: 101,
          mtu: 8500,
          addresses: [
            { family: "ipv4", kind: "allocated", ends: { use1: "169.254.0.1/30", chi: "169.254.0.2/30" } },
            { family: "ipv6", kind: "provider", ends: {} },
          ],
          tunnels: [],
          routing: "bgp",
          asns: { use1: 64601, chi: 64520 },
          nextHops: [],
          bfdMilliseconds: 300,
          md5: "dx-prod",
          maxPrefixes: 100,
          preference: 200,
          announces: {
            use1: [{ prefix: "10.20.0.0/16", owner: "shop", cause: "own" }],
            chi: [
              { prefix: "10.1.0.0/24", owner: "floor", cause: "own" },
              { prefix: "10.40.0.0/16", upTo: 24, owner: "branch", cause: "own" },
              { prefix: "10.30.1.0/24", owner: "vault.cards", cause: "share" },
            ],
          },
        },
      ],
    });
  });

  test("read as text for people", () => {
    const text = linkMarkdown(linkDocument(design, dx, made));
    for (const line of [
      "# Link `dx`: `use1` and `chi`",
      "The main way.",
      "- bandwidth: 10 Gbps",
      "| `chi` | router, junos | Chicago | `xe-0/0/2` | `routers/chi/junos.set` |",
      "- VLAN: 101",
      "| IPv4 | `169.254.0.1/30` | `169.254.0.2/30` |",
      "| IPv6 | chosen by the provider | chosen by the provider |",
      "- ASNs: `use1` 64601, `chi` 64520",
      "- MD5: reference `dx-prod`",
      "| `10.40.0.0/16` and longer, up to /24 | `branch` | it lies in this segment |",
    ]) {
      assert.ok(text.split("\n").includes(line), `${line}\nis not in\n${text}`);
    }
  });

  test("tell the owner of the other side what to build, with the cryptography", () => {
    const text = linkMarkdown(linkDocument(design, port, made));
    assert.match(text, "| `globex` | external |  |  | by its owner, from this document |");
    assert.match(text, "| IKEv2 | `aes256` | `sha256` | 14 | 28800 s |");
    assert.match(text, "| ESP | `aes256-gcm` | by the cipher | 14 | 3600 s |");
    assert.match(text, "### Tunnel 1");
    assert.match(text, "- pre-shared key: reference `globex-1`");
    assert.match(text, "- far next hops: `169.254.10.1`");
    assert.match(text, "`chi` is reached for nothing.");
  });

  test("give the address of the other end to the other end, and leave a cloud's to its provider", () => {
    const ref = { cloud: use1, external: globex, router: chi } as const;
    const place = (kind: keyof typeof ref): PlaceRef => ({ kind, name: ref[kind].name });
    const outer = (ends: readonly [PlaceRef, PlaceRef], options: Partial<IpsecOptions>) => {
      const [ipsec, line] = vpn(ends, options, 2);
      return linkMarkdown(linkDocument(ipsec, line, made))
        .split("\n")
        .filter((text) => text.startsWith("- public addresses of"));
    };
    const peer = [located(address("198.51.100.7"))];
    const own = [located(address("192.0.2.7"))];
    const cloud =
      "- public addresses of `use1`: chosen by the provider, after apply in output `vpn_tunnels` of module `aws/111122223333`";
    assert.equal(outer([place("cloud"), place("external")], { peerPublic: peer }), [
      cloud,
      "- public addresses of `globex`: `198.51.100.7`",
    ]);
    assert.equal(outer([place("router"), place("cloud")], { public: own }), [
      "- public addresses of `chi`: `192.0.2.7`",
      cloud,
    ]);
    assert.equal(outer([place("external"), place("router")], { public: own, peerPublic: peer }), [
      "- public addresses of `globex`: `198.51.100.7`",
      "- public addresses of `chi`: `192.0.2.7`",
    ]);
    assert.equal(outer([place("cloud"), place("external")], {}), [
      cloud,
      "- public addresses of `globex`: to be told by its owner",
    ]);
    const south = { ...chi, name: "south" };
    const [routers, line] = vpn(
      [place("router"), { kind: "router", name: "south" }],
      { public: own, peerPublic: peer },
      1,
    );
    const both = { ...routers, estate: { ...routers.estate, routers: [south, chi] } } as unknown as Design;
    assert.equal(
      linkDocument(both, line, made).ipsec?.outer.map(({ party, addresses }) => [party, ...addresses]),
      [
        ["chi", "192.0.2.7"],
        ["south", "198.51.100.7"],
      ],
    );
  });

  test("describe the tunnels of a cloud by connection and family, as AWS builds them", () => {
    const [ipsec, line] = vpn(
      [
        { kind: "cloud", name: "use1" },
        { kind: "external", name: "globex" },
      ],
      {},
      2,
    );
    const document = linkDocument(ipsec, line, made);
    assert.equal(
      document.circuits[0]?.tunnels.map(({ connection, number, psk, addresses }) => [
        `${connection} ${number} ${psk}`,
        ...addresses.map((one) => one.ends.use1),
      ]),
      [
        ["line--partners--ipv4-1 1 line-1", "169.254.9.1/30"],
        ["line--partners--ipv4-1 2 line-2", "169.254.9.5/30"],
        ["line--partners--ipv6-1 1 line-1", "fd00::1/126"],
        ["line--partners--ipv6-1 2 line-2", "fd00::1:1/126"],
      ],
    );
    const text = linkMarkdown(document);
    assert.match(text, "### Connection `line--partners--ipv6-1`, tunnel 2");
    assert.match(
      text,
      "- outer address of the provider: output `vpn_tunnels`, entry `line/partners/ipv6/1`, `tunnel2_outside_address`",
    );
  });

  test("name only the files that configure the link", () => {
    const [ipsec, line] = vpn(
      [
        { kind: "cloud", name: "use1" },
        { kind: "router", name: "chi" },
      ],
      {},
      2,
    );
    const text = linkMarkdown(linkDocument(ipsec, line, made));
    assert.match(text, "| `use1` | cloud, aws | `111122223333`, `us-east-1` |  | nothing of its own for this link |");
  });

  test("take what the link writes of `ike`, for both phases unless it says `esp-`", () => {
    const written = (ike: Readonly<Record<string, string | number>>) =>
      proposalOf({
        public: [],
        peerPublic: [],
        psk: [],
        ike: new Map(Object.entries(ike).map(([key, value]) => [key, located(value)])),
      });
    const { ike, esp } = written({ encryption: "aes128", "dh-group": 20, "esp-lifetime": 1800 });
    assert.equal(ike, { encryption: "aes128", integrity: "sha256", dhGroup: 20, lifetimeSeconds: 28_800 });
    assert.equal(esp, { encryption: "aes128", integrity: "sha256", dhGroup: 20, lifetimeSeconds: 1_800 });
    assert.is(written({ "esp-encryption": "aes256-gcm" }).esp.integrity, undefined);
  });

  test("are two files per link, and the same bytes each time", () => {
    const files = handoffDocuments(design, made);
    assert.equal(
      files.map((file) => file.path),
      [
        "links/dx/hand-off.json",
        "links/dx/hand-off.md",
        "links/globex-port/hand-off.json",
        "links/globex-port/hand-off.md",
      ],
    );
    assert.equal(
      handoffDocuments(design, {
        artefacts: [...made.artefacts].reverse(),
        provenance: [...made.provenance].reverse(),
      }),
      files,
    );
  });
});
