/** The exported estate: its text for the sample program, and its JSON Schema. */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Estate } from "../../../compiler/model/estate.js";
import { exportEstate } from "../../../compiler/model/export.js";
import { estateJsonSchema } from "../../../compiler/schema/estate-schema.js";
import { checkTexts, readCases } from "../../support/cases.js";
import { assert, matchFile, suite } from "../../support/harness.js";

const ESTATES = "fixtures/estates";

function estateOf(files: Readonly<Record<string, string | Uint8Array>>): Estate {
  const { checked } = checkTexts(files);
  assert.ok(checked);
  return checked.estate;
}

function filesOf(name: string): Readonly<Record<string, Uint8Array>> {
  const paths = readdirSync(`${ESTATES}/${name}`).filter((path) => path.endsWith(".demarc"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(`${ESTATES}/${name}/${path}`)] as const));
}

const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

suite("the exported estate", (test) => {
  const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(estateJsonSchema());
  const judge = (value: unknown): void => {
    assert.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 3)));
  };

  test("of the sample program is as expected", () => {
    const exported = exportEstate(estateOf(filesOf("acme-sample")));
    matchFile("fixtures/goldens/model/acme-sample.json", pretty(exported));
    judge(exported);
  });

  test("of every estate and case fits its JSON Schema", () => {
    for (const { name } of readdirSync(ESTATES, { withFileTypes: true })) judge(exportEstate(estateOf(filesOf(name))));
    for (const { files } of readCases()) judge(exportEstate(estateOf(files)));
  });

  test("does not depend on order and file layout", () => {
    const { "main.demarc": bytes } = filesOf("acme-sample");
    const text = new TextDecoder().decode(bytes);
    const parts = text.split(/\n\n(?=\S)/);
    const shuffled = [...parts.slice(1)].reverse();
    const half = Math.floor(shuffled.length / 2);
    const split = {
      "b.demarc": `edition 1\n\n${shuffled.slice(0, half).join("\n\n")}\n`,
      "a.demarc": `${shuffled.slice(half).join("\n\n")}\n`,
    };
    const bare = (files: Readonly<Record<string, string | Uint8Array>>): string =>
      pretty(exportEstate(estateOf(files))).replace(/"source": \{\s+"file": [^}]+\}/g, "");
    assert.is(bare(split), bare({ "main.demarc": text }));
  });

  test("has the schema that ships", () => {
    matchFile("docs/schema/estate.schema.json", pretty(estateJsonSchema()));
  });

  test("is refused by the schema where something is missing or unknown", () => {
    const exported = exportEstate(estateOf(filesOf("acme-sample"))) as Readonly<Record<string, unknown>>;
    assert.not(validate({ ...exported, segments: undefined, omitted: undefined }));
    assert.not(validate({ ...exported, colour: "red" }));
  });
});
