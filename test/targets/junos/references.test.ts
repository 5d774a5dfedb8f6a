/** The check of our own output: each kind of dangling or empty reference is found, and stops the output. */
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { lowerRouter } from "../../../targets/junos/lower.js";
import type { JunosConfig } from "../../../targets/junos/model.js";
import { referenceFaults, reportReferenceFaults } from "../../../targets/junos/references.js";
import { sliceRouter } from "../../../targets/shared/routers/slice.js";
import { assert, suite } from "../../support/harness.js";
import { cloudLink, smallDesigns } from "./small-designs.js";

function lowered(make = cloudLink, name = "chi"): JunosConfig {
  const design = make();
  const router = design.estate.routers.find((one) => one.name === name);
  assert.ok(router);
  return lowerRouter(design, sliceRouter(design, router), new Diagnostics());
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error("the list is empty");
  return one;
}

/** A configuration with one change, and what must be found in it. */
const broken: ReadonlyMap<string, readonly [(config: JunosConfig) => JunosConfig, string]> = new Map([
  [
    "a policy that is gone",
    [
      (config) => ({ ...config, policies: config.policies.slice(1) }),
      "refers to the policy DEMARC-LINK-dx--prod-IN, which does not exist",
    ],
  ],
  [
    "a community that is gone",
    [(config) => ({ ...config, communities: [] }), "refers to the community DEMARC-RT-64520-10, which does not exist"],
  ],
  [
    "a filter that is gone",
    [
      (config) => ({ ...config, filters: config.filters.slice(1) }),
      "refers to the filter DEMARC-LAN-floor-V4, which does not exist",
    ],
  ],
  [
    "a prefix list that is gone",
    [
      (config) => ({
        ...config,
        filters: config.filters.map((filter) => ({
          ...filter,
          terms: filter.terms.map((term) => ({
            ...term,
            match: { ...term.match, destination: { kind: "list", list: "DEMARC-SET-0" } as const },
          })),
        })),
      }),
      "refers to the prefix list DEMARC-SET-0, which does not exist",
    ],
  ],
  [
    "an empty prefix list",
    [(config) => ({ ...config, prefixLists: [{ name: "X", prefixes: [], origins: [] }] }), "prefix list X is empty"],
  ],
  [
    "a policy without its reject",
    [
      (config) => ({
        ...config,
        policies: config.policies.map((policy) => ({ ...policy, terms: policy.terms.slice(0, -1) })),
      }),
      "does not end in a reject of everything",
    ],
  ],
  [
    "a policy term that accepts every route",
    [
      (config) => ({
        ...config,
        policies: config.policies.map((policy) => ({
          ...policy,
          terms: policy.terms.map((term) => ({ ...term, routeFilters: [] })),
        })),
      }),
      "accepts every route",
    ],
  ],
  [
    "a filter without its discard",
    [
      (config) => ({
        ...config,
        filters: config.filters.map((filter) => ({ ...filter, terms: filter.terms.slice(0, -1) })),
      }),
      "does not end in a discard of everything",
    ],
  ],
  [
    "ports without a protocol",
    [
      (config) => ({
        ...config,
        filters: config.filters.map((filter) => ({
          ...filter,
          terms: filter.terms.map((term) => ({ ...term, match: { ...term.match, protocols: [] } })),
        })),
      }),
      "matches ports, types or flags without its protocol",
    ],
  ],
  [
    "a term that accepts towards everywhere",
    [
      (config) => ({
        ...config,
        filters: config.filters.map((filter) => ({
          ...filter,
          terms: filter.terms.map((term) => ({
            ...term,
            match: { ...term.match, destination: { kind: "inline", prefixes: [] } as const },
          })),
        })),
      }),
      "has an empty address side",
    ],
  ],
  [
    "two units of one number",
    [(config) => ({ ...config, units: [...config.units, first(config.units)] }), "unit xe-0/0/1.110 is made twice"],
  ],
  [
    "a VLAN out of range",
    [
      (config) => ({ ...config, units: config.units.map((unit) => ({ ...unit, vlan: 4095 })) }),
      "has a VLAN out of range",
    ],
  ],
  [
    "a unit in no instance",
    [(config) => ({ ...config, instances: [] }), "unit xe-0/0/1.110 is in no routing instance"],
  ],
  [
    "a name with a dot",
    [
      (config) => ({ ...config, communities: [{ ...first(config.communities), name: "a.b" }] }),
      "has other characters than letters, digits and hyphens",
    ],
  ],
  [
    "a name that is too long",
    [
      (config) => ({ ...config, filters: config.filters.map((filter) => ({ ...filter, name: "x".repeat(53) })) }),
      "has more than 52 characters",
    ],
  ],
  [
    "host bits",
    [
      (config) => ({
        ...config,
        prefixLists: [{ name: "X", origins: [], prefixes: [{ family: 4, value: 1n, length: 24 }] }],
      }),
      "has host bits set",
    ],
  ],
]);

suite("the check of references in Junos output", (test) => {
  test("finds nothing in what is made", () => {
    for (const make of smallDesigns.values()) {
      for (const { name } of make().estate.routers) assert.equal(referenceFaults(lowered(make, name)), []);
    }
  });

  test("reports what it finds at the router", () => {
    const router = first(cloudLink().estate.routers);
    const diagnostics = new Diagnostics();
    const [change] = broken.get("a community that is gone") ?? assert.unreachable("the case is gone");
    reportReferenceFaults(change(lowered()), router, diagnostics);
    const found = diagnostics.sorted().map(({ code, message, help, span }) => ({ code, message, help, span }));
    assert.equal(found[0], {
      code: "DMC4190",
      message:
        "the configuration that was made refers to itself wrongly: policy DEMARC-LINK-dx--prod-OUT refers to the community DEMARC-RT-64520-10, which does not exist",
      help: "this is a fault of the compiler, nothing was written; please report it with the sources",
      span: router.span,
    });
  });

  for (const [what, [change, fault]] of broken) {
    test(`finds ${what}`, () => {
      assert.match(referenceFaults(change(lowered())).join("\n"), fault);
    });
  }
});
