/**
 * Security groups against the rules of the program, packet by packet: Azure as the tests know it on one side, who may open
 * what on the other, which is written down here anew.
 */
import fc from "fast-check";
import { assert, suite } from "../../support/harness.js";
import { nsgAdmits, numberOf, type OpeningPacket } from "../../support/oracle/nsg.js";
import { SUBSCRIPTION } from "./estates.js";
import { compileAzure, linesOf, readEmitted } from "./judge.js";

/** Names of endpoints of the estate with the addresses that they stand for, first and last. */
const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  "shop.web": ["10.20.1.0", "10.20.1.255"],
  "shop.web.orders": ["10.20.1.9", "10.20.1.9"],
  "shop.db": ["10.20.2.0", "10.20.2.127"],
  "vault.cards": ["10.30.1.0", "10.30.1.255"],
  "vault.cards.hsm": ["10.30.1.77", "10.30.1.77"],
};
const SUBNETS = ["shop.web", "shop.db", "vault.cards"];
const WHERE = Object.keys(PLACES);

interface Service {
  readonly text: string;
  readonly protocol: number;
  readonly ports: readonly [number, number];
}

const SERVICES: readonly Service[] = [
  { text: "tcp/443", protocol: 6, ports: [443, 443] },
  { text: "tcp/8000-8099", protocol: 6, ports: [8000, 8099] },
  { text: "tcp", protocol: 6, ports: [0, 65535] },
  { text: "udp/53", protocol: 17, ports: [53, 53] },
  { text: "icmp", protocol: 1, ports: [0, 0] },
  { text: "esp", protocol: 50, ports: [0, 0] },
];

interface Rule {
  readonly from: string;
  readonly to: string;
  readonly services: readonly Service[];
}

const rule: fc.Arbitrary<Rule> = fc.record({
  from: fc.constantFrom(...WHERE),
  to: fc.constantFrom(...WHERE),
  services: fc.uniqueArray(fc.constantFrom(...SERVICES), { minLength: 1, maxLength: 3 }),
});

function sameHost({ from, to }: Rule): boolean {
  return from === to && PLACES[from]?.[0] === PLACES[from]?.[1];
}

/** The program of some rules: shares are written for what crosses the two segments. */
function programOf(rules: readonly Rule[]): string {
  const crossing = (to: "shop" | "vault") =>
    rules.some((one) => one.to.startsWith(to) && !one.from.startsWith(to)) ? to : undefined;
  const lines = rules.map(
    ({ from, to, services }) => `allow ${from} -> ${to} on [${services.map(({ text }) => text)}]`,
  );
  return `
    edition 1
    estate acme { asn = 64520 }
    segment prod { }
    segment pci { }
    cloud weu { provider = azure  region = "westeurope"  subscription = "${SUBSCRIPTION}"  hub-cidr = 10.255.0.0/22 }
    network shop in prod at weu {
      cidr = 10.20.0.0/16
      subnet web { cidr = 10.20.1.0/24  host orders { address = 10.20.1.9 } }
      subnet db { cidr = 10.20.2.0/25 }
    }
    network vault in pci at weu {
      cidr = 10.30.0.0/16
      subnet cards { cidr = 10.30.1.0/24  host hsm { address = 10.30.1.77 } }
    }
    policy all {
      ${crossing("vault") === undefined ? "" : "share vault with prod"}
      ${crossing("shop") === undefined ? "" : "share shop with pci"}
      ${[...new Set(lines)].join("\n")}
    }
  `;
}

function holds(place: string, address: string): boolean {
  const [first = "", last = ""] = PLACES[place] ?? [];
  return numberOf(first) <= numberOf(address) && numberOf(address) <= numberOf(last);
}

function permitted(rules: readonly Rule[], packet: OpeningPacket): boolean {
  return rules.some(
    ({ from, to, services }) =>
      holds(from, packet.source) &&
      holds(to, packet.destination) &&
      services.some(
        ({ protocol, ports: [first, last] }) =>
          protocol === packet.protocol && (packet.port === undefined || (first <= packet.port && packet.port <= last)),
      ),
  );
}

const ADDRESSES = [
  ...["10.20.1.0", "10.20.1.8", "10.20.1.9", "10.20.1.10", "10.20.1.255", "10.20.2.0", "10.20.2.127", "10.20.2.128"],
  ...[
    "10.30.1.0",
    "10.30.1.76",
    "10.30.1.77",
    "10.30.1.78",
    "10.30.1.255",
    "10.30.2.0",
    "203.0.113.7",
    "168.63.129.16",
  ],
];
const TRANSPORTS: readonly Pick<OpeningPacket, "protocol" | "port">[] = [
  ...[0, 442, 443, 444, 7999, 8000, 8099, 8100, 65535].map((port) => ({ protocol: 6, port })),
  ...[52, 53, 54, 443].map((port) => ({ protocol: 17, port })),
  ...[1, 47, 50, 51].map((protocol) => ({ protocol })),
];

suite("security groups of Azure, packet by packet", (test) => {
  test("admit at both ends exactly what some rule permits", () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), (drawn) => {
        const rules = drawn.filter((one) => !sameHost(one));
        if (rules.length === 0) return;
        const { output, findings } = compileAzure(programOf(rules));
        assert.equal(linesOf(findings), []);
        const emitted = readEmitted(output);
        for (const source of ADDRESSES) {
          for (const destination of ADDRESSES) {
            if (source === destination) continue;
            for (const transport of TRANSPORTS) {
              const packet = { source, destination, ...transport };
              const expected = permitted(rules, packet);
              const at = (address: string) => SUBNETS.find((one) => holds(one, address))?.replace(".", "--");
              const [from, to] = [at(source), at(destination)];
              const text = JSON.stringify(packet);
              if (from !== undefined) assert.is(nsgAdmits(emitted, from, "Outbound", packet), expected, `out ${text}`);
              if (to !== undefined) assert.is(nsgAdmits(emitted, to, "Inbound", packet), expected, `in ${text}`);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
