/** Interfaces, preferences and the exchange of routes of a real output, changed one at a time. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import { validate } from "../../../compiler/validate/validate.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";
import { ownedText } from "../../support/junos-owned.js";
import { setPaths } from "../../support/oracle/junos/device.js";

const made = pipeline(`
estate acme { asn = 64520 }
segment corp { }
segment partners { }
router chi { os = junos  loopback = 192.0.2.1 }
external globex in partners { cidr = 203.0.113.0/26  asn = 65010 }
network floor in corp at chi { cidr = 10.1.0.0/24  interface = "xe-0/0/1" }
link port between chi and globex {
  kind = handoff  interface = "xe-0/0/2"  md5 = secret("globex")
  carries partners { vlan = 900  addresses = [172.31.0.1/30, 172.31.0.2/30] }
}
policy p {
  share globex with corp
  allow floor -> globex on tcp/443
}
`);

const output = junosTarget.compile(made.design, defaultSettings, new Diagnostics());
const lines = output.artefacts.find(({ path }) => path === "routers/chi/junos.set")?.text ?? "";

/** What validation says of the router with its lines changed; nothing may be refused. */
function judge(change: (text: string) => string): readonly string[] {
  const changed = change(lines);
  assert.ok(changed !== lines || change === same);
  assert.ok(setPaths(changed).length > 0);
  const result = junosTarget.read?.([
    { path: "routers/chi/junos.set", text: changed },
    { path: "routers/chi/junos.replace.conf", text: ownedText(setPaths(changed)) },
  ]);
  assert.ok(result);
  assert.equal(result.refusals, []);
  const { relations, design } = made;
  const reading = { target: "junos", places: ["chi"], result };
  return validate({ relations, design, settings: defaultSettings }, [reading]).findings.map((one) =>
    "what" in one ? `${one.kind}: ${one.what}` : one.kind,
  );
}

const same = (text: string): string => text;

suite("interfaces and exchange that were read back", (test) => {
  test("agree with the estate", () => assert.equal(judge(same), []));

  test("have the addresses and the MTU that are meant", () => {
    assert.equal(
      judge((text) => text.replace("address 10.1.0.1/24", "address 10.1.0.9/24")),
      ["interface-differs: it has 10.1.0.9/24, not 10.1.0.1/24"],
    );
    assert.equal(
      judge((text) => text.replace(/mtu 1500/, "mtu 9000")),
      ["interface-differs: its MTU is 9000, not 1500", "session-differs: at `chi` the MTU is 9000, not 1500"],
    );
  });

  test("stand at a port with their tags once, whatever a reader lets through", () => {
    const result = junosTarget.read?.([...output.artefacts]);
    const [first] = result?.readback.interfaces ?? [];
    assert.ok(result !== undefined && first !== undefined);
    const readback = { ...result.readback, interfaces: [...result.readback.interfaces, { ...first, id: "again" }] };
    const { relations, design } = made;
    const reading = { target: "junos", places: ["chi"], result: { ...result, readback } };
    const { findings } = validate({ relations, design, settings: defaultSettings }, [reading]);
    assert.equal(
      findings.filter(({ kind }) => kind === "stray-interface").map((one) => ("what" in one ? one.what : "")),
      ["another interface has the same port and tags"],
    );
  });

  test("filter nothing that leaves", () => {
    const [bound = ""] = /set interfaces xe-0\/0\/1 .* filter input .*\n/.exec(lines) ?? [];
    assert.equal(
      judge((text) => text + bound.replace(" input ", " output ")),
      ["stray-filter: what leaves is filtered, where nothing is meant to be"],
    );
  });

  test("accept with the preference of the link", () => {
    assert.equal(
      judge((text) => text.replace("local-preference 100", "local-preference 250")),
      ["session-differs: at `chi` the preference of what it accepts is 250, not 100"],
    );
    assert.equal(
      judge((text) => text.replace(/.*local-preference 100\n/, "")),
      [],
    );
  });

  test("let nobody who announces lead a route elsewhere by a route target", () => {
    const told = judge((text) => text.replace(/.*VRF-partners-EXPORT.* community set .*\n/, ""));
    assert.ok(
      told.includes(
        "route-surplus: whoever announces 203.0.113.0/26 in `routers/chi/vrf/partners` can lead it into `routers/chi/vrf/corp` by a route target",
      ),
      told.join("\n"),
    );
    assert.ok(
      told.includes(
        "route-missing: the route to 203.0.113.0/26 by way of `routers/chi/vrf/partners` is missing in `routers/chi/vrf/corp`",
      ),
      told.join("\n"),
    );
  });
});
