/** Whatever a link may write as `ike` changes what AWS is told and what the other party is told. */
import { ikeKeys } from "../../../compiler/schema/kinds/links.js";
import { proposalOf as awsProposal, ikeOptions } from "../../../targets/aws/ipsec.js";
import { proposalOf as handedOff } from "../../../targets/shared/handoff/proposal.js";
import { located } from "../../support/designs.js";
import { assert, suite } from "../../support/harness.js";

/** For each key a value that stands nowhere by default. */
const OTHER: Readonly<Record<(typeof ikeKeys)[number], string | number>> = {
  version: 1,
  encryption: "aes128",
  integrity: "sha512",
  "dh-group": 20,
  lifetime: 14_400,
  "esp-encryption": "aes128",
  "esp-integrity": "sha384",
  "pfs-group": 19,
  "esp-lifetime": 1_800,
  "dpd-timeout": 60,
};

const written = (ike: Readonly<Record<string, string | number>>) => ({
  public: [],
  peerPublic: [],
  psk: [],
  ike: new Map(Object.entries(ike).map(([key, value]) => [key, located(value)])),
});

suite("the keys of `ike`", (test) => {
  test("are the same for the schema and for AWS", () => {
    assert.equal([...ikeOptions.keys()].sort(), [...ikeKeys].sort());
  });

  for (const key of ikeKeys) {
    test(`have an effect at AWS and in the hand-off: ${key}`, () => {
      // A cipher that does not authenticate by itself, so that `esp-integrity` has something to say.
      const base = key === "esp-integrity" ? { "esp-encryption": "aes256" } : {};
      const changed = { ...base, [key]: OTHER[key] };
      assert.equal(awsProposal(written(changed)).faults, []);
      const differ = (of: (options: ReturnType<typeof written>) => unknown): boolean =>
        JSON.stringify(of(written(changed))) !== JSON.stringify(of(written(base)));
      assert.ok(differ((options) => awsProposal(options).proposal));
      assert.ok(differ(handedOff));
    });
  }

  test("of the second phase leave the first alone", () => {
    const { ike, esp } = handedOff(written({ "pfs-group": 19 }));
    assert.equal([ike.dhGroup, esp.dhGroup], [14, 19]);
    const { proposal } = awsProposal(written({ "pfs-group": 19 }));
    assert.equal([proposal.phase1_dh_group_numbers, proposal.phase2_dh_group_numbers], [[14], [19]]);
  });

  test("ask for no GCM with IKE of version 1", () => {
    const { faults } = awsProposal(written({ version: 1, encryption: "aes256-gcm" }));
    assert.equal(
      faults.map(({ key, value }) => `${key} ${value}`),
      ["version 1"],
    );
  });
});
