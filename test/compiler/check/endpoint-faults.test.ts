/** Faults in endpoint expressions: the exact findings, one table. */
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

const APPS = "service till = tcp/8443 service both = [till, udp/53]";

/** An expression as the value of a group, and what is reported: code, level, the underlined text, message, help. */
const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ["shpo", ["DMC1501 error [shpo] nothing is called `shpo` | did you mean `shop`?"]],
  [
    "warehouse",
    [
      "DMC1501 error [warehouse] nothing is called `warehouse` | name a segment, cloud, router, external, network, subnet, host or group",
    ],
  ],
  ["web", ["DMC1501 error [web] nothing is called `web` | did you mean `shop.web`?"]],
  ["shop.wbe", ["DMC1502 error [wbe] network `shop` has no subnet or host called `wbe` | did you mean `web`?"]],
  [
    "shop.web.orders",
    ["DMC1502 error [orders] subnet `shop.web` has no host called `orders` | declare it inside `shop.web`"],
  ],
  [
    "floor.order",
    ["DMC1502 error [order] network `floor` has no subnet or host called `order` | did you mean `orders`?"],
  ],
  [
    "prod.shop",
    [
      "DMC1503 error [prod.shop] segment `prod` has no members to reach by a path | paths begin at a network or an external",
    ],
  ],
  [
    "frontends.web",
    [
      "DMC1503 error [frontends.web] group `frontends` has no members to reach by a path | paths begin at a network or an external",
    ],
  ],
  ["shop.web.db", ["DMC1502 error [db] subnet `shop.web` has no host called `db` | declare it inside `shop.web`"]],
  [
    "floor.orders.x",
    [
      "DMC1503 error [floor.orders.x] host `floor.orders` has no members to reach by a path | a host is the last part of a path",
    ],
  ],
  [
    "browse",
    [
      "DMC1504 error [browse] service `browse` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "std.https",
    [
      "DMC1504 error [std.https] service `std.https` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "tcp",
    [
      "DMC1504 error [tcp] service `tcp` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "apps",
    [
      "DMC1504 error [apps] import `apps` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "apps.till",
    [
      "DMC1504 error [apps.till] imported service `apps.till` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "backbone",
    [
      "DMC1504 error [backbone] link `backbone` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "tcp/443",
    [
      "DMC1504 error [tcp/443] service `tcp/443` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    "icmp/echo",
    [
      "DMC1504 error [icmp/echo] service `icmp/echo` does not denote endpoints | services stand after `on`; here name a segment, place, network, subnet, host or group",
    ],
  ],
  [
    '"10.20.1.0/24"',
    [
      'DMC1506 error ["10.20.1.0/24"] a text where endpoints are wanted | names and declared addresses stand here, without quotes',
    ],
  ],
  [
    '"shop"',
    [
      'DMC1506 error ["shop"] a text where endpoints are wanted | names and declared addresses stand here, without quotes',
    ],
  ],
  [
    '"anything"',
    [
      'DMC1506 error ["anything"] a text where endpoints are wanted | names and declared addresses stand here, without quotes',
    ],
  ],
  [
    "true",
    [
      "DMC1506 error [true] a truth value where endpoints are wanted | names and declared addresses stand here, without quotes",
    ],
  ],
  [
    "64512",
    [
      "DMC1506 error [64512] a number where endpoints are wanted | names and declared addresses stand here, without quotes",
    ],
  ],
  [
    "10Gbps",
    [
      "DMC1506 error [10Gbps] a quantity where endpoints are wanted | names and declared addresses stand here, without quotes",
    ],
  ],
  [
    "2027-06-30",
    [
      "DMC1506 error [2027-06-30] a date where endpoints are wanted | names and declared addresses stand here, without quotes",
    ],
  ],
  [
    "10.20.1.0/16",
    [
      "DMC1507 error [10.20.1.0/16] `10.20.1.0/16` has bits set beyond its prefix length | the prefix is `10.20.0.0/16`",
    ],
  ],
  [
    "10.99.0.1",
    [
      "DMC1508 error [10.99.0.1] no network or external declares an endpoint in `10.99.0.1` | a literal denotes declared endpoints only: declare the address, or correct it",
    ],
  ],
  [
    "10.99.0.0/16",
    [
      "DMC1508 error [10.99.0.0/16] no network or external declares an endpoint in `10.99.0.0/16` | a literal denotes declared endpoints only: declare the address, or correct it",
    ],
  ],
  [
    "10.99.0.1..10.99.0.9",
    [
      "DMC1508 error [10.99.0.1..10.99.0.9] no network or external declares an endpoint in `10.99.0.1..10.99.0.9` | a literal denotes declared endpoints only: declare the address, or correct it",
    ],
  ],
  [
    "2001:db8:77::/64",
    [
      "DMC1508 error [2001:db8:77::/64] no network or external declares an endpoint in `2001:db8:77::/64` | a literal denotes declared endpoints only: declare the address, or correct it",
    ],
  ],
  [
    "0.0.0.0/0",
    [
      "DMC1509 error [0.0.0.0/0] `0.0.0.0/0` lies in several segments: `partners`, `pci`, `prod` | say which: `0.0.0.0/0 & partners`",
    ],
  ],
  [
    "10.0.0.0/8 - vault",
    ["DMC1509 error [10.0.0.0/8] `10.0.0.0/8` lies in several segments: `pci`, `prod` | say which: `10.0.0.0/8 & pci`"],
  ],
  [
    "shop + 10.0.0.0/8",
    ["DMC1509 error [10.0.0.0/8] `10.0.0.0/8` lies in several segments: `pci`, `prod` | say which: `10.0.0.0/8 & pci`"],
  ],
  [
    "prod - 10.0.0.0/8",
    ["DMC1509 error [10.0.0.0/8] `10.0.0.0/8` lies in several segments: `pci`, `prod` | say which: `10.0.0.0/8 & pci`"],
  ],
  [
    '(10.0.0.0/8 where tier = "web") - vault',
    ["DMC1509 error [10.0.0.0/8] `10.0.0.0/8` lies in several segments: `pci`, `prod` | say which: `10.0.0.0/8 & pci`"],
  ],
  [
    "dev",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "ue4",
    [
      "DMC1510 error [ue4] cloud `ue4` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "carrier",
    [
      "DMC1510 error [carrier] router `carrier` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "[]",
    [
      "DMC1510 error [[]] an empty list denotes no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "[shop, dev]",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "shop + dev",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "dev & prod",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "shop & vault",
    [
      "DMC1510 error [shop & vault] `shop` and `vault` have no endpoint in common | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "shop - prod",
    [
      "DMC1510 error [shop - prod] `prod` leaves nothing of `shop` | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "shop - [dev]",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "shop & []",
    [
      "DMC1510 error [[]] an empty list denotes no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "([])",
    [
      "DMC1510 error [([])] an empty list denotes no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    'prod where tier = "web" + vault',
    [
      'DMC1512 error [prod where tier = "web"] `where` beside `+` needs parentheses | say what it filters: the one term, or the whole',
    ],
  ],
  [
    'shop + prod where tier = "web"',
    [
      'DMC1512 error [prod where tier = "web"] `where` beside `+` needs parentheses | say what it filters: the one term, or the whole',
    ],
  ],
  [
    'vault & prod where tier = "web"',
    [
      'DMC1512 error [prod where tier = "web"] `where` beside `&` needs parentheses | say what it filters: the one term, or the whole',
    ],
  ],
  ['prod where teir = "web"', ["DMC1513 error [teir] no declaration has a label `teir` | did you mean `tier`?"]],
  ['prod where zone = "a"', ["DMC1513 error [zone] no declaration has a label `zone` | there are `app`, `tier`"]],
  [
    'prod where tier = "wbe"',
    ['DMC1514 error ["wbe"] no declaration has the label `tier` with the value `wbe` | did you mean `web`?'],
  ],
  [
    'prod where app = "bank"',
    ['DMC1514 error ["bank"] no declaration has the label `app` with the value `bank` | there is only `shop`'],
  ],
  [
    'prod where tier in ["web", "dbb", "queue"]',
    [
      'DMC1514 error ["dbb"] no declaration has the label `tier` with the value `dbb` | did you mean `db`?',
      'DMC1514 error ["queue"] no declaration has the label `tier` with the value `queue` | declare it in the `labels` of what it filters',
    ],
  ],
  [
    "prod where tier = web",
    ['DMC1516 error [web] the name `web` where the value of a label, a text, is wanted | write `"web"`'],
  ],
  [
    "prod where tier = api2",
    ['DMC1516 error [api2] the name `api2` where the value of a label, a text, is wanted | write `"api2"`'],
  ],
  ["prod where tier = 3", ['DMC1516 error [3] a number where the value of a label, a text, is wanted | write `"3"`']],
  [
    "prod where tier = true",
    [
      "DMC1516 error [true] a truth value where the value of a label, a text, is wanted | write it as a text, in quotes",
    ],
  ],
  [
    'shop where app != "shop"',
    [
      'DMC1510 error [shop where app != "shop"] no endpoint of `shop` satisfies the condition | an expression without endpoints never widens to `any`: correct it or leave it out',
    ],
  ],
  [
    '[shop, vault] where app = "shop" and tier != "web"',
    [
      'DMC1515 error [tier != "web"] `vault.cards` has no label `tier`, so that a negated test of it decides nothing | to keep the endpoints without the label, write `([shop, vault] where app = "shop") - ([shop, vault] where tier = "web")`',
    ],
  ],
  [
    'prod where not (app = "shop" or tier = "api")',
    [
      'DMC1515 error [not (app = "shop" or tier = "api")] `floor` has no label `app`, so that a negated test of it decides nothing | to keep the endpoints without the label, write `prod - (prod where app = "shop" or tier = "api")`',
    ],
  ],
  [
    'prod where tier = "web" or not app = "shop"',
    [
      'DMC1515 error [not app = "shop"] `floor` has no label `app`, so that a negated test of it decides nothing | give the label to every endpoint, or subtract what should not be there with `-`',
    ],
  ],
  [
    'vault where tier != "web"',
    [
      'DMC1515 error [tier != "web"] `vault.cards` has no label `tier`, so that a negated test of it decides nothing | to keep the endpoints without the label, write `vault - (vault where tier = "web")`',
    ],
  ],
  [
    'vault where tier = "web"',
    [
      'DMC1510 error [vault where tier = "web"] no endpoint of `vault` satisfies the condition | an expression without endpoints never widens to `any`: correct it or leave it out',
    ],
  ],
  [
    'shop where tier = "web" and tier = "db"',
    [
      'DMC1510 error [shop where tier = "web" and tier = "db"] no endpoint of `shop` satisfies the condition | an expression without endpoints never widens to `any`: correct it or leave it out',
    ],
  ],
  [
    'secret("globex-bgp")',
    [
      'DMC1520 error [secret("globex-bgp")] `secret(…)` has no meaning here | `secret("…")` is the only call, and stands only where a secret is wanted',
    ],
  ],
  ["probe", ["DMC1517 error [probe] group `probe` is defined by itself | write out one of them without the others"]],
  [
    "[shop, [probe]]",
    ["DMC1517 error [probe] group `probe` is defined by itself | write out one of them without the others"],
  ],
];

suite("faults in endpoint expressions", (test) => {
  for (const [text, expected] of FAULTS) {
    test(text, () => {
      const made = packageOf(`${ACME}group probe = ${text}`, { imports: { apps: APPS } });
      checkStatements(made, made.context);
      assert.equal(headlines(made.diagnostics), expected);
    });
  }
});
