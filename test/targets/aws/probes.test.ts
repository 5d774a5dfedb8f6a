import { defaultSettings } from "../../../compiler/config/settings.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { awsTarget } from "../../../targets/aws/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const estate = (source: string): string => `
  segment prod {}
  cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }
  network shop in prod at use1 {
    cidr = 10.1.0.0/16
    subnet db { cidr = 10.1.0.0/24 }
    subnet web { cidr = 10.1.1.0/24  health-probes = tcp/80 }
  }
  policy probes { allow ${source} -> shop.web on tcp/80 }
`;

function codes(source: string): readonly string[] {
  const diagnostics = new Diagnostics();
  awsTarget.compile(pipeline(estate(source)).design, defaultSettings, diagnostics);
  return diagnostics.sorted().map(({ code }) => code);
}

suite("health probes", (test) => {
  test("what they admit does not cut a rule for a part of a subnet: the rest of it would reach the probed one", () => {
    assert.equal(codes("10.1.0.0/28"), ["DMC4012"]);
  });

  test("a rule for a whole subnet is exact beside them", () => {
    assert.equal(codes("shop.db"), []);
  });
});
