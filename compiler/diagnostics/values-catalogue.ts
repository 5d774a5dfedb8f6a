/** Findings about the values of properties: DMC12xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { didYouMean, error, listed } from "./entry.js";

/** The catalogue of values. */
export const valuesCatalogue = catalogue({
  "wrong-type": error<{ property: string; wanted: string; found: string; example: string }>(
    "DMC1201",
    ({ property, wanted, found }) => `\`${property}\` takes ${wanted}, not ${found}`,
    ({ property, example }) => `write it like \`${property} = ${example}\``,
  ),
  "not-a-list": error<{ property: string; wanted: string }>(
    "DMC1202",
    ({ property, wanted }) => `\`${property}\` takes ${wanted}, not a list`,
    () => "keep one value, without brackets",
  ),
  "empty-list": error<{ property: string }>(
    "DMC1203",
    ({ property }) => `\`${property}\` is an empty list`,
    () => "give it a value, or take the property away",
  ),
  "value-out-of-range": error<{ property: string; value: number | string; range: string }>(
    "DMC1204",
    ({ property, value }) => `${value} is no value of \`${property}\``,
    ({ range }) => `it is ${range}`,
  ),
  "unknown-word": error<{ property: string; value: string; near: string | undefined; words: readonly string[] }>(
    "DMC1205",
    ({ property, value }) => `\`${value}\` is no value of \`${property}\``,
    ({ near, words }) => didYouMean(near) ?? `it is ${listed(words)}`,
  ),
  "wrong-unit": error<{ property: string; value: string; wanted: string; units: string }>(
    "DMC1206",
    ({ property, value, wanted }) => `\`${property}\` takes ${wanted}, and \`${value}\` is of another dimension`,
    ({ units }) => `its units are ${units}`,
  ),
  "missing-unit": error<{ property: string; value: string; example: string; units: string }>(
    "DMC1207",
    ({ property, value }) => `\`${property} = ${value}\` lacks a unit`,
    ({ units, example }) => `its units are ${units}: \`${example}\``,
  ),
  "host-bits": error<{ written: string; corrected: string }>(
    "DMC1208",
    ({ written }) => `the prefix \`${written}\` has host bits set`,
    ({ corrected }) => `the prefix around that address is \`${corrected}\``,
  ),
  "quoted-word": error<{ property: string; value: string }>(
    "DMC1209",
    ({ property }) => `\`${property}\` takes a bare word`,
    ({ value }) => `write \`${value}\` without quotes`,
  ),
  "written-secret": error<{ property: string }>(
    "DMC1210",
    ({ property }) => `\`${property}\` takes the name of a secret, never its value`,
    ({ property }) => `write \`${property} = secret("name")\`; the value is handed over when the output is applied`,
  ),
  "repeated-key": error<{ key: string }>(
    "DMC1211",
    ({ key }) => `the key \`${key}\` stands twice`,
    () => "keep one of them",
  ),
  "unknown-region": error<{ region: string; provider: string; near: string | undefined }>(
    "DMC1212",
    ({ region, provider }) => `\`${region}\` is no region of ${provider}`,
    ({ near, provider }) => didYouMean(near) ?? `write the name that ${provider} gives the region`,
  ),
  "not-a-route-target": error<{ value: string }>(
    "DMC1213",
    ({ value }) => `\`${value}\` is no route target`,
    () => "it is `ASN:number` (`64520:101`) or `address:number` (`192.0.2.1:101`)",
  ),
  "one-per-family": error<{ property: string; family: string }>(
    "DMC1214",
    ({ property, family }) => `\`${property}\` has a second ${family} value`,
    () => "it has one of each family at most",
  ),
  "empty-text": error<{ property: string }>(
    "DMC1215",
    ({ property }) => `\`${property}\` is empty`,
    () => "give it a text, or take the property away",
  ),
  "ill-formed-text": error<{ property: string; value: string; words: string }>(
    "DMC1216",
    ({ property, value }) => `\`${value}\` is no value of \`${property}\``,
    ({ words }) => `it is ${words}`,
  ),
  "unknown-key": error<{ property: string; key: string; near: string | undefined; keys: readonly string[] }>(
    "DMC1217",
    ({ property, key }) => `\`${property}\` has no key \`${key}\``,
    ({ near, keys }) => didYouMean(near) ?? `its keys are ${listed(keys, "and")}`,
  ),
  "repeated-value": error<{ property: string; value: string }>(
    "DMC1218",
    ({ property, value }) => `\`${value}\` stands twice in \`${property}\``,
    () => "keep one of them",
  ),
  "covered-value": error<{ property: string; value: string; other: string }>(
    "DMC1220",
    ({ property, value, other }) => `\`${value}\` overlaps \`${other}\`, which \`${property}\` holds too`,
    () => "keep the wider one; prefixes of one list lie side by side",
  ),
  "control-character": error<{ property: string }>(
    "DMC1219",
    ({ property }) => `\`${property}\` holds a control character`,
    () => "texts reach the output: write them in one line of visible characters",
  ),
});
