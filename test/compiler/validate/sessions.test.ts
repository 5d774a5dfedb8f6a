/** Sessions of a real output, changed one at a time. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Readback, ReadChannel, ReadSession } from "../../../compiler/validate/readback.js";
import { judgeSessions } from "../../../compiler/validate/sessions.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { junosTarget } from "../../../targets/junos/index.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const made = pipeline(`
estate acme { asn = 64520 }
segment partners { }
router chi { os = junos  loopback = 192.0.2.1 }
external globex in partners { cidr = 203.0.113.0/26  asn = 65010 }
network orders in partners at chi { cidr = 10.1.0.0/24  interface = "xe-0/0/1" }
link port between chi and globex {
  kind = handoff  interface = "xe-0/0/2"  md5 = secret("globex")
  carries partners { vlan = 900  addresses = [172.31.0.1/30, 172.31.0.2/30]  max-prefixes = 10 }
}
policy p { allow globex -> orders on tcp/443 }
`);

function readback(): Readback {
  const output = junosTarget.compile(made.design, defaultSettings, new Diagnostics());
  const result = junosTarget.read?.(output.artefacts);
  assert.ok(result);
  assert.equal(result.refusals, []);
  return result.readback;
}

const good = readback();

function judge(
  change: (channel: ReadChannel) => readonly ReadChannel[],
  more: Partial<Readback> = {},
): readonly string[] {
  const changed: Readback = {
    ...good,
    ...more,
    channels: good.channels.flatMap((one) => (one.peer.kind === "session" ? change(one) : [one])),
  };
  const read = [{ target: "junos", places: ["chi"], readback: changed }];
  const { relations, design } = made;
  return judgeSessions({ relations, design, settings: defaultSettings, read }).findings.map(
    (one) => `${one.kind}: ${one.what}`,
  );
}

const withSession = (more: Partial<ReadSession>) =>
  judge((channel) => (channel.peer.kind === "session" ? [{ ...channel, peer: { ...channel.peer, ...more } }] : []));

suite("sessions that were read back", (test) => {
  test("agree with their circuit", () => {
    assert.equal(
      judge((one) => [one]),
      [],
    );
  });

  test("must be there, and no others", () => {
    assert.equal(
      judge(() => []),
      ["missing-session: `chi` has no IPv4 session"],
    );
    const other = { family: 4, value: 0xac1f0003n } as const;
    assert.equal(withSession({ remote: other }), [
      "stray-session: its addresses are those of no link: IPv4 from 172.31.0.1 to 172.31.0.3",
      "missing-session: `chi` has no IPv4 session",
    ]);
  });

  test("have the ASN, authentication and prefix limit of the circuit", () => {
    assert.equal(withSession({ remoteAsn: 65_011, authenticated: false, maxPrefixes: 20 }), [
      "session-differs: at `chi` the ASN of the far end is 65011, not 65010",
      "session-differs: at `chi` authentication is false, not true",
      "session-differs: at `chi` the prefix limit is 20, not 10",
    ]);
  });

  test("have the MTU of the circuit at every end, by its interface or by the session itself", () => {
    const small = good.interfaces.map((one) => (one.port === "xe-0/0/2" ? { ...one, mtu: 1400 } : one));
    const wrong = ["session-differs: at `chi` the MTU is 1400, not 1500"];
    assert.equal(
      judge((one) => [one], { interfaces: small }),
      wrong,
    );
    assert.equal(withSession({ mtu: 1400 }), wrong);
  });

  test("announce and accept exactly what is meant", () => {
    const open = judge(({ import: _in, export: _out, ...rest }) => [rest]);
    assert.equal(open, [
      "accept-surplus: `chi` would accept 0.0.0.0/0",
      "announce-surplus: `chi` would announce 0.0.0.0/0",
    ]);
    const closed = (name: string) => ({ name, terms: [], at: { file: "routers/chi/junos.set", at: 1 } });
    assert.equal(
      judge((one) => [{ ...one, import: closed("in"), export: closed("out") }]),
      ["accept-missing: `chi` does not accept 203.0.113.0/26", "announce-missing: `chi` does not announce 10.1.0.0/24"],
    );
  });
});
