/** Things in a real output that nothing of the design asks for, put in one at a time. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Artefact } from "../../../compiler/contract.js";
import { type TargetReading, validate } from "../../../compiler/validate/validate.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { registry } from "../../../targets/registry.js";
import { pipeline } from "../../support/estate-from.js";
import { assert, suite } from "../../support/harness.js";

const made = pipeline(`
estate acme { asn = 64520 owner = "n@a.example" }
segment prod { }
segment pci { }
cloud use1 { provider = aws  region = "us-east-1"  account = "111122223333"  asn = 64601 }
router chi { os = junos  loopback = 192.0.2.1 }
router ash { os = junos  loopback = 192.0.2.2 }
link backbone between chi and ash { kind = mpls }
link dx between use1 and chi {
  kind = direct-connect  connection = "dxcon-0a1b2c3d"  bandwidth = 10Gbps  interface = "xe-0/0/2"
  carries prod { vlan = 101 }
  carries pci { vlan = 102 }
}
network shop in prod at use1 { cidr = 10.20.0.0/16  subnet web { cidr = 10.20.1.0/24 } }
network vault in pci at use1 { cidr = 10.30.0.0/16  subnet cards { cidr = 10.30.1.0/24 } }
network tills in pci at chi { cidr = 10.31.0.0/24  interface = "xe-0/0/3"  vlan = 310 }
network floor in prod at ash {
  cidr = 10.1.0.0/24  interface = "xe-0/0/1"  vlan = 110
  host orders { address = 10.1.0.9 }
}
policy cards {
  allow tills -> vault.cards on tcp/8443
  share floor.orders with pci
  allow tills -> floor.orders on tcp/443
  allow floor -> shop.web on tcp/443
}
`);

const outputs = registry.targets.map(
  (target) => [target, target.compile(made.design, defaultSettings, new Diagnostics()).artefacts] as const,
);

/** What is found and what is refused in the output after a change of one file. */
function judge(path: string, change: (text: string) => string): readonly string[] {
  const readings = outputs.flatMap(([target, artefacts]): readonly TargetReading[] => {
    const changed = artefacts.map((one): Artefact => {
      if (one.path !== path && !(path.endsWith("/") && one.path.startsWith(path))) return one;
      return { ...one, text: change(one.text) };
    });
    const result = target.read?.(changed);
    return result === undefined ? [] : [{ target: target.name, places: target.serves(made.design), result }];
  });
  const { relations, design } = made;
  const { findings, refusals } = validate({ relations, design, settings: defaultSettings }, readings);
  return [
    ...refusals.map(({ what, why }) => `refused ${what}: ${why}`),
    ...findings.flatMap((one) => ("what" in one ? [`${one.kind}: ${one.what}`] : [one.kind])),
  ];
}

type Json = Record<string, unknown>;

/** Changes a JSON file at a path of members. */
function json(path: string, members: readonly string[], change: (held: Json) => void): readonly string[] {
  return judge(path, (text) => {
    const document = JSON.parse(text) as Json;
    change(members.reduce((held, member) => held[member] as Json, document));
    return JSON.stringify(document);
  });
}

/** Adds a line to a router, in both forms: ahead of the lines that begin alike, and behind a place of the structured text. */
function line(router: string, ahead: string, text: string, after: RegExp, inside: string): readonly string[] {
  return judge(`routers/${router}/`, (file) => {
    if (file.startsWith("set ")) return file.replace(ahead, `${ahead}${text}\n${ahead}`);
    return file.replace(after, (found) => `${found}\n${inside}`);
  });
}

const AWS = "aws/111122223333";

suite("strays of an output", (test) => {
  test("are none in what was compiled", () => {
    assert.equal(
      judge("nowhere", (text) => text),
      [],
    );
  });

  for (const path of ["vault.cards.ghost", "nowhere.at.all", "vault.CARDS", "vault"])
    test(`are groups that workloads of \`${path}\` would take`, () => {
      const found = judge(`${AWS}/`, (text) => {
        const document = JSON.parse(text) as { resource?: Json; output?: Json };
        const groups = document.resource?.aws_security_group as Json | undefined;
        const ids = document.output?.security_group_ids as { value: Json } | undefined;
        if (groups !== undefined) groups.ghost = groups["vault--cards"];
        if (ids !== undefined) ids.value[path] = `\${aws_security_group.ghost.id}`;
        return JSON.stringify(document);
      });
      assert.ok(
        found.includes(
          "stray-path: workloads may take a group there, but no subnet and no host of the estate is there",
        ),
        found.join("\n"),
      );
    });

  test("are second interfaces of one circuit, and other connections", () => {
    const at = [`${AWS}/direct-connect.tf.json`, ["resource", "aws_dx_transit_virtual_interface"]] as const;
    const second = json(...at, (held) => {
      held.other = { ...(held["dx--pci"] as Json), connection_id: "dxcon-0badbadb" };
    });
    assert.equal(second, [
      "stray-session: another session stands for the same end of `dx/pci` already",
      "session-differs: at `use1` the connection is dxcon-0badbadb, not dxcon-0a1b2c3d",
    ]);
    const moved = json(...at, (held) => {
      held["dx--pci"] = { ...(held["dx--pci"] as Json), connection_id: "dxcon-0badbadb" };
    });
    assert.equal(moved, ["session-differs: at `use1` the connection is dxcon-0badbadb, not dxcon-0a1b2c3d"]);
  });

  test("are core sessions with routers that are not of the core, and reflection", () => {
    const stranger = line(
      "chi",
      "set protocols bgp group DEMARC-CORE ",
      "neighbor 192.0.2.66 description evil",
      /replace: group DEMARC-CORE \{/,
      "neighbor 192.0.2.66 { description evil; }",
    );
    assert.equal(stranger, ["stray-session: it joins no two routers of one core"]);
    const cluster = line(
      "chi",
      "set protocols bgp group DEMARC-CORE ",
      "cluster 192.0.2.1",
      /replace: group DEMARC-CORE \{/,
      "cluster 192.0.2.1;",
    );
    assert.equal(cluster, ["stray-session: it reflects routes, which its router should not"]);
  });

  test("are route targets, routing instances and communities that nothing asks for", () => {
    const own = "policy-options policy-statement DEMARC-VRF-pci-IMPORT term own from community";
    const statement = /replace: policy-statement DEMARC-VRF-pci-IMPORT \{\s*term own \{\s*from \{/;
    const taken = judge("routers/chi/", (text) =>
      text.startsWith("set ")
        ? text
            .replace(`set ${own}`, `set ${own} DEMARC-X\nset ${own}`)
            .replace(
              "set policy-options",
              "set policy-options community DEMARC-X members target:65000:9\nset policy-options",
            )
        : text
            .replace("policy-options {", "policy-options {\nreplace: community DEMARC-X { members target:65000:9; }")
            .replace(statement, (found) => `${found}\ncommunity DEMARC-X;`),
    );
    assert.equal(taken, ["stray-route-target: it takes routes with target:65000:9"]);
    const instance = judge("routers/chi/", (text) =>
      text.startsWith("set ")
        ? text.replaceAll("set routing-instances pci", "set routing-instances pcx")
        : text.replace("replace: pci {", "replace: pcx {"),
    );
    assert.ok(instance.includes("stray-table: the design has no such routing instance there"), instance.join("\n"));
  });

  test("are addresses of interfaces", () => {
    const second = line(
      "chi",
      "set interfaces xe-0/0/3 unit 310 family inet ",
      "address 10.31.0.9/24",
      /replace: unit 310 \{[^}]*?family inet \{/,
      "address 10.31.0.9/24;",
    );
    assert.ok(
      second.some((one) => one.includes("10.31.0.9")),
      second.join("\n"),
    );
  });

  test("are static routes to another neighbour", () => {
    const other = judge("routers/ash/", (text) =>
      text
        .replace("10.1.0.9/32 next-hop 10.1.0.9", "10.1.0.9/32 next-hop 10.1.0.66")
        .replace(/next-hop 10\.1\.0\.9;/, "next-hop 10.1.0.66;"),
    );
    assert.ok(other.includes("stray-table: packets to 10.1.0.9/32 go to 10.1.0.66, not to 10.1.0.9"), other.join("\n"));
  });

  test("are tags above and below what is ours", () => {
    const why = "a `replace:` tag stands only at what is ours as a whole, neither above nor below";
    const structured = "routers/chi/junos.replace.conf";
    assert.equal(
      judge(structured, (text) => text.replace("policy-options {", "replace: policy-options {"))[0],
      `refused policy-options: ${why}`,
    );
    assert.equal(
      judge(structured, (text) => text.replace("term last {", "replace: term last {"))[0]?.endsWith(why),
      true,
    );
  });

  test("are settings of modules that let others in or show secrets", () => {
    const hub = [`${AWS}/transit-gateway.tf.json`, ["resource", "aws_ec2_transit_gateway", "use1"]] as const;
    const accepts = json(...hub, (held) => {
      held.auto_accept_shared_attachments = "enable";
    });
    const why = "attachments would come in unasked: `disable` is meant";
    assert.ok(accepts.includes(`refused auto_accept_shared_attachments: ${why}`), accepts.join("\n"));
    const shown = json(...hub, (held) => {
      held.tags = { key: `\${var.secret_dx-pci}` };
    });
    assert.ok(shown.includes("refused key: a secret would be shown here"), shown.join("\n"));
    const variable = [`${AWS}/variables.tf.json`, ["variable", "secret_dx-pci"]] as const;
    const open = json(...variable, (held) => {
      held.sensitive = false;
    });
    assert.ok(open.includes("refused bgp_auth_key: the variable of a secret must be `sensitive`"), open.join("\n"));
    const given = json(...variable, (held) => {
      held.default = "swordfish";
    });
    assert.ok(given[0]?.startsWith("refused default: "), given.join("\n"));
    const kept = judge(`${AWS}/variables.tf.json`, (text) =>
      JSON.stringify({ ...(JSON.parse(text) as Json), terraform: { backend: [{ s3: { bucket: "elsewhere" } }] } }),
    );
    assert.ok(kept[0]?.startsWith("refused backend: "), kept.join("\n"));
    const anywhere = judge(`${AWS}/providers.tf.json`, (text) => text.replaceAll("allowed_account_ids", "//"));
    assert.ok(
      anywhere.some((one) => one.includes("it would change any account")),
      anywhere.join("\n"),
    );
  });

  test("are existing subnets in the place of created ones", () => {
    const found = json(`${AWS}/outputs.tf.json`, ["output", "subnet_ids", "value"], (held) => {
      held["vault.cards"] = "subnet-0badbadb";
    });
    assert.ok(
      found.some((one) => one.includes("an existing subnet stands in the place") || one.startsWith("refused")),
      found.join("\n"),
    );
  });
});
