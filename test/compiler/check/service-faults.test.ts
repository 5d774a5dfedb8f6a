/** Faults in service expressions: the exact findings, one table. */
import { checkStatements } from "../../../compiler/check/statements/statements.js";
import { assert, suite } from "../../support/harness.js";
import { ACME, headlines, packageOf } from "./estate-context.js";

const APPS = "service till = tcp/8443 service both = [till, udp/53]";

/** An expression as the value of a service, and what is reported: code, level, the underlined text, message, help. */
const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ["browze", ["DMC1518 error [browze] no service is called `browze` | did you mean `browse`?"]],
  ["https", ["DMC1518 error [https] no service is called `https` | did you mean `std.https`?"]],
  ["sctp", ["DMC1518 error [sctp] no service is called `sctp` | did you mean `std.sctp`?"]],
  ["isis", ["DMC1518 error [isis] no service is called `isis` | did you mean `ip/124`?"]],
  [
    "std",
    [
      "DMC1505 error [std] `std`, which holds the well-known services, is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  ["std.htps", ["DMC1518 error [std.htps] no service is called `std.htps` | did you mean `std.https`?"]],
  [
    "std.https.x",
    ["DMC1518 error [std.https.x] no service is called `std.https.x` | declare it, or write it out, as in `tcp/443`"],
  ],
  [
    "apps",
    [
      "DMC1505 error [apps] import `apps` is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  ["apps.tll", ["DMC1518 error [apps.tll] no service is called `apps.tll` | did you mean `apps.till`?"]],
  [
    "apps.till.x",
    [
      "DMC1505 error [apps.till.x] `apps.till.x` is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "shop",
    [
      "DMC1505 error [shop] network `shop` is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "shop.web",
    [
      "DMC1505 error [shop.web] `shop.web` is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "frontends",
    [
      "DMC1505 error [frontends] group `frontends` is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "10.0.0.0/8",
    [
      "DMC1505 error [10.0.0.0/8] a prefix, `10.0.0.0/8`, is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "443",
    [
      "DMC1505 error [443] a number, `443`, is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    '"tcp/443"',
    [
      'DMC1505 error ["tcp/443"] a text is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service',
    ],
  ],
  [
    "true",
    [
      "DMC1505 error [true] a truth value is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  [
    "2027-06-30",
    [
      "DMC1505 error [2027-06-30] a date, `2027-06-30`, is not a service | here stands a service such as `tcp/443`, `std.https`, or the name of a declared service",
    ],
  ],
  ["icmp/ech", ["DMC1519 error [icmp/ech] icmp has no message type `ech` | did you mean `echo`?"]],
  ["icmpv6/echo", ["DMC1519 error [icmpv6/echo] icmpv6 has no message type `echo` | did you mean `echo-request`?"]],
  [
    "icmp/packet-too-big",
    [
      "DMC1519 error [icmp/packet-too-big] icmp has no message type `packet-too-big` | write the number of the type, as in `icmp/3`",
    ],
  ],
  [
    "icmp/frobnicate",
    [
      "DMC1519 error [icmp/frobnicate] icmp has no message type `frobnicate` | write the number of the type, as in `icmp/3`",
    ],
  ],
  [
    "[]",
    [
      "DMC1511 error [[]] an empty list denotes no services | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "[tcp/80, []]",
    [
      "DMC1511 error [[]] an empty list denotes no services | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "tcp/80 & tcp/443",
    [
      "DMC1511 error [tcp/80 & tcp/443] `tcp/80` and `tcp/443` have no service in common | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "tcp/80 & (tcp/443 - tcp)",
    [
      "DMC1511 error [(tcp/443 - tcp)] `tcp` leaves nothing of `tcp/443` | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "tcp/80 - tcp",
    [
      "DMC1511 error [tcp/80 - tcp] `tcp` leaves nothing of `tcp/80` | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    "tcp/80 - [udp/1 & tcp/2]",
    [
      "DMC1511 error [udp/1 & tcp/2] `udp/1` and `tcp/2` have no service in common | an expression without services never widens to `any`: correct it or leave it out",
    ],
  ],
  [
    'tcp where tier = "web"',
    [
      'DMC1521 error [tcp where tier = "web"] `where` filters endpoints by their labels; services have none | list the services',
    ],
  ],
  [
    'secret("x")',
    [
      'DMC1520 error [secret("x")] `secret(…)` has no meaning here | `secret("…")` is the only call, and stands only where a secret is wanted',
    ],
  ],
  ["probe", ["DMC1517 error [probe] service `probe` is defined by itself | write out one of them without the others"]],
  ["tpc", ["DMC1518 error [tpc] no service is called `tpc` | did you mean `tcp`?"]],
];

suite("faults in service expressions", (test) => {
  for (const [text, expected] of FAULTS) {
    test(text, () => {
      const made = packageOf(`${ACME}service probe = ${text}`, { imports: { apps: APPS } });
      checkStatements(made, made.context);
      assert.equal(headlines(made.diagnostics), expected);
    });
  }
});
