/** The text of the modules: golden files, escaping, determinism and provenance. */
import { defaultSettings } from "../../../compiler/config/settings.js";
import type { Design } from "../../../compiler/design/design.js";
import type { Network } from "../../../compiler/model/estate.js";
import { Diagnostics } from "../../../grammar/diagnostic.js";
import { awsTarget } from "../../../targets/aws/index.js";
import type { Module } from "../../../targets/aws/model.js";
import { printModule } from "../../../targets/aws/print.js";
import { escapeText } from "../../../targets/shared/terraform/json.js";
import { assert, matchFile, suite } from "../../support/harness.js";
import { acmeDesign, shopDesign } from "./estates.js";

function compile(design: Design) {
  const diagnostics = new Diagnostics();
  const output = awsTarget.compile(design, defaultSettings, diagnostics);
  assert.equal(diagnostics.sorted(), []);
  return output;
}

/** What a JSON pointer names in a parsed document. */
function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
}

suite("the AWS modules as text", (test) => {
  for (const [name, design] of [
    ["shop", shopDesign()],
    ["acme", acmeDesign()],
  ] as const) {
    test(`are the golden files of ${name}`, () => {
      for (const { path, text } of compile(design).artefacts) matchFile(`fixtures/goldens/${name}/${path}`, text);
    });
  }

  test("do not depend on the order of parts of the design", () => {
    const design = acmeDesign();
    const turned: Design = {
      ...design,
      attachments: [...design.attachments].reverse(),
      circuits: [...design.circuits].reverse(),
      points: [...design.points].reverse(),
    };
    const byPath = (one: Design) => new Map(compile(one).artefacts.map(({ path, text }) => [path, text] as const));
    for (const [path, text] of byPath(design)) assert.is(byPath(turned).get(path), text);
  });

  test("name the source of every rule, and every pointer leads to a block", () => {
    const { artefacts, provenance } = compile(acmeDesign());
    const documents = new Map(artefacts.map(({ path, text }) => [path, JSON.parse(text)] as const));
    for (const { file, at: pointer } of provenance) {
      assert.ok(typeof pointer === "string");
      assert.ok(at(documents.get(file), pointer) !== undefined, pointer);
    }
    const rules = documents.get("aws/111122223333/security-groups.tf.json").resource;
    const told = new Set(provenance.map(({ at: pointer }) => pointer));
    for (const type of ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]) {
      for (const key of Object.keys(rules[type])) assert.ok(told.has(`/resource/${type}/${key}`), key);
    }
    const entry = provenance.find(({ id }) => id === "cards-1a2b3c4d");
    assert.is(entry?.source.source.text, "allow cards-1a2b3c4d");
  });

  test("carry what the source says of an object, in the alphabet of AWS", () => {
    const doc = 'Orders -> stock,\nkept über "night" & day';
    const plain = shopDesign();
    const long = `${doc} ${"long ".repeat(80)}`;
    const described = (one: Network): Network => ({
      ...one,
      doc,
      subnets: one.subnets.map((subnet) => ({ ...subnet, doc: long })),
    });
    const estate = {
      ...plain.estate,
      segments: plain.estate.segments.map((one) => ({ ...one, doc })),
      clouds: plain.estate.clouds.map((one) => ({ ...one, doc })),
      networks: plain.estate.networks.map(described),
    };
    const attachments = plain.attachments.map((one) =>
      one.kind === "cloud-network" ? { ...one, network: described(one.network) } : one,
    );
    const rules = new Map([...plain.rules].map(([id, rule]) => [id, { ...rule, doc }] as const));
    const blocks: Record<string, Record<string, { description: string; tags: Record<string, string> }>> = {};
    for (const { text } of compile({ ...plain, estate, attachments, rules }).artefacts) {
      Object.assign(blocks, JSON.parse(text).resource ?? {});
    }
    const tag = (type: string, key: string) => blocks[type]?.[key]?.tags["demarc:description"];
    const tagged = "Orders to stock_ kept \u00fcber night _ day";
    assert.is(tag("aws_vpc", "shop"), tagged);
    assert.is(tag("aws_ec2_transit_gateway_route_table", "use1--prod"), tagged);
    const ofSubnet = tag("aws_subnet", "shop--web") ?? "";
    assert.ok(ofSubnet.startsWith(`${tagged} long long`));
    assert.ok(ofSubnet.endsWith("..."));
    assert.ok(ofSubnet.length <= 256);
    const inWords = "Orders to stock, kept _ber night & day";
    assert.is(blocks.aws_ec2_transit_gateway?.use1?.description, inWords);
    const group = blocks.aws_security_group?.["shop--web"]?.description ?? "";
    assert.ok(group.startsWith(`subnet shop.web: ${inWords} long`) && group.length <= 255);
    const ingress = Object.values(blocks.aws_vpc_security_group_ingress_rule ?? {});
    const told = ingress.map(({ description }) => description);
    assert.ok(told.includes(`shop-5c0d9f31: shop.web to shop.db on tcp/5432 - ${inWords}`), told.join("\n"));
  });

  test("print no text of a source as something to evaluate", () => {
    const trap = `$${"{path.root}"} %${"{if true}"}`;
    const plain = acmeDesign();
    const { estate } = plain;
    const mark = <T extends object>(one: T): T => ({ ...one, doc: trap });
    const trapped = {
      ...estate,
      segments: estate.segments.map(mark),
      clouds: estate.clouds.map(mark),
      networks: estate.networks.map((one) => ({ ...mark(one), subnets: one.subnets.map(mark) })),
      links: estate.links.map(mark),
    };
    const rules = new Map([...plain.rules].map(([id, one]) => [id, { ...one, text: trap, doc: trap }] as const));
    const { artefacts } = compile({ ...plain, estate: trapped, rules });
    for (const { path, text } of artefacts) {
      assert.is(text.match(/(?<![$])[$][{]path|(?<![%])%[{]if/), null, path);
    }
    assert.ok(artefacts.some(({ text }) => text.includes(`$$${"{path.root}"}`)));
  });

  test("escape tags in their keys and values", () => {
    const trap = `$${"{path.root}"}`;
    const module: Module = {
      folder: "use1",
      regions: ["us-east-1"],
      providerVersion: ">= 5.100.0",
      estate: "acme",
      defaultTags: { [trap]: trap },
      blocks: [],
      rules: [],
      variables: [],
      outputs: [],
    };
    const file = printModule(module).artefacts.find(({ path }) => path.endsWith("providers.tf.json"));
    const { provider } = JSON.parse(file?.text ?? "");
    assert.equal(provider.aws[0].default_tags, [{ tags: { [`$${trap}`]: `$${trap}` } }]);
  });

  test("escape what Terraform would evaluate", () => {
    const opener = "$" + "{";
    assert.is(escapeText(`100%{of} ${opener}it}`), `100%%{of} $${opener}it}`);
    assert.is(escapeText("a plain $ and % stay"), "a plain $ and % stay");
  });
});
