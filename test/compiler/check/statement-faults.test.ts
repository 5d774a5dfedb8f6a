/** Faults in rules, shares and invariants, and what is none: the exact findings, one table. */
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

const APPS = "service till = tcp/8443 service both = [till, udp/53]";

/** Items of a file, on 2026-07-01, and what is reported: code, level, the underlined text, message, help. */
const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  [
    "policy shop { allow shop.web -> shop.db on tcp/5432 until 2026-06-30 }",
    [
      "DMC1601 error [2026-06-30] this rule expired at the end of 2026-06-30 (UTC) | take the rule out, or give it a later date",
    ],
  ],
  [
    "policy shop { allow shop.web -> shop.db on tcp/5432 until 2026-07-01 }",
    [
      "DMC1602 warning [2026-07-01] this rule expires today, at the end of 2026-07-01 (UTC) | renew it in time: an expired one is an error",
    ],
  ],
  [
    "policy shop { allow shop.web -> shop.db on tcp/5432 until 2026-07-02 }",
    [
      "DMC1602 warning [2026-07-02] this rule expires tomorrow, at the end of 2026-07-02 (UTC) | renew it in time: an expired one is an error",
    ],
  ],
  [
    "policy shop { allow shop.web -> shop.db on tcp/5432 until 2026-07-31 }",
    [
      "DMC1602 warning [2026-07-31] this rule expires in 30 days, at the end of 2026-07-31 (UTC) | renew it in time: an expired one is an error",
    ],
  ],
  ["policy shop { allow shop.web -> shop.db on tcp/5432 until 2026-08-01 }", []],
  [
    "policy cards { share vault.cards with prod until 2020-02-29 }",
    [
      "DMC1601 error [2020-02-29] this share expired at the end of 2020-02-29 (UTC) | take the share out, or give it a later date",
    ],
  ],
  [
    "policy cards { share vault.cards with prod until 2026-07-15 }",
    [
      "DMC1602 warning [2026-07-15] this share expires in 14 days, at the end of 2026-07-15 (UTC) | renew it in time: an expired one is an error",
    ],
  ],
  [
    'policy shop { allow shop.web -> shop.db on tcp/5432 log log until 2027-01-01 because "a" because "b" until 2027-01-01 }',
    [
      "DMC1606 error [log] `log` stands twice | keep one of them",
      'DMC1606 error [because "b"] `because` stands twice | keep one of them',
      "DMC1606 error [until 2027-01-01] `until` stands twice | keep one of them",
    ],
  ],
  [
    'never pci -> shop because "a" because "b"',
    ['DMC1606 error [because "b"] `because` stands twice | keep one of them'],
  ],
  [
    "policy shop { allow floor -> guests on tcp/443 }",
    [
      "DMC1603 error [allow floor -> guests on tcp/443] no flow can match this rule: its source has only IPv4 and its destination only IPv6 | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "policy shop { allow floor -> shop on icmpv6 }",
    [
      "DMC1603 error [allow floor -> shop on icmpv6] no flow can match this rule: its service is of IPv6 alone, and its sides share only IPv4 | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "policy shop { allow office -> guests on icmp }",
    [
      "DMC1603 error [allow office -> guests on icmp] no flow can match this rule: its service is of IPv4 alone, and its sides share only IPv6 | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "policy shop { allow floor.orders -> floor.orders on tcp/443 }",
    [
      "DMC1603 error [allow floor.orders -> floor.orders on tcp/443] no flow can match this rule: its source and its destination are the same single endpoint | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "policy shop { allow floor.orders <-> 10.1.0.9 on any }",
    [
      "DMC1603 error [allow floor.orders <-> 10.1.0.9 on any] no flow can match this rule: its source and its destination are the same single endpoint | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "never office -> globex on icmpv6",
    [
      "DMC1603 error [never office -> globex on icmpv6] no flow can match this `never`: its service is of IPv6 alone, and its sides share only IPv4 | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "always floor -> guests on tcp/443",
    [
      "DMC1603 error [always floor -> guests on tcp/443] no flow can match this `always`: its source has only IPv4 and its destination only IPv6 | a flow goes between two different endpoints of one address family",
    ],
  ],
  [
    "policy shop { allow dev -> shop on tcp/443 }",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "policy cards { share vault with pci }",
    [
      "DMC1607 error [pci] `vault` has endpoints of `pci` itself, with which it is shared | share what lies in other segments; within `pci` an `allow` is enough",
    ],
  ],
  [
    "policy cards { share [vault, shop] with [pci, dev, prod] }",
    [
      "DMC1607 error [pci] `[shop, vault]` has endpoints of `pci` itself, with which it is shared | share what lies in other segments; within `pci` an `allow` is enough",
      "DMC1607 error [prod] `[shop, vault]` has endpoints of `prod` itself, with which it is shared | share what lies in other segments; within `prod` an `allow` is enough",
    ],
  ],
  ["policy cards { share vault with dev }", []],
  ["policy cards { share vault with dve }", ["DMC1609 error [dve] no segment is called `dve` | did you mean `dev`?"]],
  [
    "policy cards { share vault with shop }",
    [
      "DMC1608 error [shop] `with` takes names of segments, not network `shop` | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    "policy cards { share vault with shop.web }",
    [
      "DMC1608 error [shop.web] `with` takes names of segments, not a member of a network, `shop.web` | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    "policy cards { share vault with any }",
    [
      "DMC1608 error [any] `with` takes names of segments, not `any` | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    "policy cards { share vault with prod - dev }",
    [
      "DMC1608 error [prod - dev] `with` takes names of segments, not an expression with `-` | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    'policy cards { share vault with prod where tier = "web" }',
    [
      'DMC1608 error [prod where tier = "web"] `with` takes names of segments, not a filter by labels | write one segment, or a list of them: `with [prod, dev]`',
    ],
  ],
  ["policy cards { share vault with prod + dev }", []],
  [
    "policy cards { share vault with [] }",
    [
      "DMC1608 error [[]] `with` takes names of segments, not an empty list | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    'policy cards { share vault with "prod" }',
    [
      'DMC1608 error ["prod"] `with` takes names of segments, not a text | write one segment, or a list of them: `with [prod, dev]`',
    ],
  ],
  [
    "policy cards { share vault with 10.0.0.0/8 }",
    [
      "DMC1608 error [10.0.0.0/8] `with` takes names of segments, not a prefix | write one segment, or a list of them: `with [prod, dev]`",
    ],
  ],
  [
    "policy cards { share dev with prod }",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "policy cards { share vault with prod at chy }",
    ["DMC1610 error [chy] no cloud or router is called `chy` | did you mean `chi`?"],
  ],
  [
    "policy cards { share vault with prod at globex }",
    [
      "DMC1611 error [globex] segments cannot meet at external `globex` | they meet at a cloud or at a router of ours; a router stands for its core",
    ],
  ],
  [
    "policy cards { share vault with prod at carrier }",
    [
      "DMC1611 error [carrier] segments cannot meet at `carrier`, an unmanaged router | they meet at a cloud or at a router of ours; a router stands for its core",
    ],
  ],
  [
    "policy cards { share vault with prod at shop.web }",
    [
      "DMC1611 error [shop.web] segments cannot meet at a member of a network, `shop.web` | they meet at a cloud or at a router of ours; a router stands for its core",
    ],
  ],
  [
    "policy cards { share vault with prod at prod }",
    [
      "DMC1611 error [prod] segments cannot meet at segment `prod` | they meet at a cloud or at a router of ours; a router stands for its core",
    ],
  ],
  [
    "policy shop { allow shop.web -> shop.db on tcp/1 allow (shop.web) -> [shop.db] on [tcp/1] log }",
    [
      "DMC1604 error [allow (shop.web) -> [shop.db] on [tcp/1] log] this rule is written twice: `shop.web -> shop.db on tcp/1` | keep one of them; a reason, `log` or a date does not make another",
    ],
  ],
  [
    'policy cards { share vault with prod share vault with [prod, prod] because "again" }',
    [
      'DMC1604 error [share vault with [prod, prod] because "again"] this share is written twice: `vault with prod` | keep one of them; a reason, `log` or a date does not make another',
    ],
  ],
  ["policy cards { share vault with prod share vault with prod at chi }", []],
  [
    // The canonical texts of the two have hashes that begin alike.
    "policy shop { allow floor -> shop.web on tcp/10451 allow floor -> shop.web on tcp/25990 }",
    [
      "DMC1605 error [allow floor -> shop.web on tcp/25990] this rule has the identity of another one, `shop-444e0f7b` | write one of the two differently, or move it to another policy",
    ],
  ],
  [
    "never dev -> pci on tcp/22",
    [
      "DMC1612 warning [dev] this `never` holds because `dev` has no endpoints yet | it begins to count with the first endpoint there",
    ],
  ],
  [
    "never pci -> (dev)",
    [
      "DMC1612 warning [(dev)] this `never` holds because `dev` has no endpoints yet | it begins to count with the first endpoint there",
    ],
  ],
  [
    "never dev -> dev",
    [
      "DMC1612 warning [dev] this `never` holds because `dev` has no endpoints yet | it begins to count with the first endpoint there",
    ],
  ],
  [
    "always dev -> pci on tcp",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "never dev & pci -> prod",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "never [dev] -> prod",
    [
      "DMC1510 error [dev] segment `dev` has no endpoints | an expression without endpoints never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "never pci -> shop.web on tcp/1 never pci -> shop.web on tcp/1-1",
    [
      "DMC1604 error [never pci -> shop.web on tcp/1-1] this `never` is written twice: `pci -> shop.web on tcp/1` | keep one of them; a reason, `log` or a date does not make another",
    ],
  ],
  [
    "never pci -> shop.web never pci -> shop.web on any",
    [
      "DMC1604 error [never pci -> shop.web on any] this `never` is written twice: `pci -> shop.web on any` | keep one of them; a reason, `log` or a date does not make another",
    ],
  ],
  ["never pci -> shop.web always pci -> shop.web on any", []],
  ["policy a { never pci -> shop.web } policy b { never pci -> shop.web } never pci -> shop.web", []],
  [
    "group east = west group west = east group both = [east, shop] policy shop { allow east -> both on tcp/443 }",
    [
      "DMC1517 error [east] these definitions go in a circle: `east` -> `west` -> `east` | write out one of them without the others",
    ],
  ],
  [
    "service one = [two] service two = three service three = [tcp/1, one]",
    [
      "DMC1517 error [one] these definitions go in a circle: `one` -> `two` -> `three` -> `one` | write out one of them without the others",
    ],
  ],
  [
    "policy shop { allow bad -> wrong on worse }",
    [
      "DMC1501 error [bad] nothing is called `bad` | name a segment, cloud, router, external, network, subnet, host or group",
      "DMC1501 error [wrong] nothing is called `wrong` | name a segment, cloud, router, external, network, subnet, host or group",
      "DMC1518 error [worse] no service is called `worse` | declare it, or write it out, as in `tcp/443`",
    ],
  ],
];

suite("faults in rules, shares and invariants", (test) => {
  for (const [text, expected] of FAULTS) {
    test(text, () => {
      const made = packageOf(`${ACME}${text}`, { imports: { apps: APPS } });
      const { omitted } = checkStatements(made, made.context);
      assert.equal(headlines(made.diagnostics), expected);
      assert.is(omitted.any, made.diagnostics.hasErrors, "what is faulty is left out, and nothing else is");
    });
  }
});
