/** Routers of tests as texts: from lines to both forms, and what the reader says of them. */
import type { Artefact } from "../../../compiler/contract.js";
import { checkProject } from "../../../compiler/driver.js";
import { memoryHost } from "../../../compiler/host/memory.js";
import type { Readback, ReadResult, RoutePolicy } from "../../../compiler/validate/readback.js";
import { readJunos } from "../../../targets/junos/read.js";
import { registry } from "../../../targets/registry.js";
import { CASE_DAY, readCase, readCases } from "../../support/cases.js";
import { assert } from "../../support/harness.js";
import { words } from "../../support/oracle/junos/device.js";

/** Structured text that says the same as `set` lines, everything replaced: one statement in one block a line. */
export function structuredOf(lines: string): string {
  const top = new Map<string, string[]>();
  for (const line of lines.split("\n").filter((one) => one !== "")) {
    const [, first = "", ...rest] = words(line);
    top.set(first, [...(top.get(first) ?? []), rest.map((word) => JSON.stringify(word)).join(" ")]);
  }
  return [...top].map(([first, rest]) => `replace: ${first} {\n${rest.map((one) => `${one};\n`).join("")}}\n`).join("");
}

/** The two files of the router `chi` that say these lines. */
export function routerFiles(lines: string): readonly Artefact[] {
  return [
    { path: "routers/chi/junos.set", text: lines },
    { path: "routers/chi/junos.replace.conf", text: structuredOf(lines) },
  ];
}

/** Reads the router `chi` with these lines. */
export function readLines(lines: string): ReadResult {
  return readJunos(routerFiles(lines));
}

/** The readback of lines that nothing is refused of. */
export function readbackOf(lines: string): Readback {
  const { readback, refusals } = readLines(lines);
  assert.equal(refusals, []);
  return readback;
}

/** The refusals of lines as `line: what | why`. */
export function refusalsOf(lines: string): readonly string[] {
  return readLines(lines).refusals.map(({ place, what, why }) => `${place.at}: ${what} | ${why}`);
}

/** The Junos files of every case and every estate among the fixtures that compiles to some. */
export async function fixtureRouters(): Promise<readonly (readonly [string, readonly Artefact[]])[]> {
  const out: (readonly [string, readonly Artefact[]])[] = [];
  const estates = ["quickstart", "acme-sample", "two-sites"].map((name) => readCase(`fixtures/estates/${name}`, name));
  for (const { name, files } of [...readCases(), ...estates]) {
    const host = memoryHost(files);
    const project = await checkProject({
      host,
      path: ".",
      directory: ".",
      today: CASE_DAY,
      registry,
      purpose: "check",
    });
    const output = project.outputs.get("junos");
    if (output !== undefined && output.artefacts.length > 0) out.push([name, output.artefacts]);
  }
  return out;
}

/** A router with one LAN in one routing instance that exports and imports nothing: the least that nothing is refused of. */
export const PLAIN = `set interfaces xe-0/0/1 unit 100 vlan-id 100
set interfaces xe-0/0/1 unit 100 family inet address 10.11.0.1/24
set policy-options policy-statement NOTHING term last then reject
set routing-instances corp instance-type vrf
set routing-instances corp interface xe-0/0/1.100
set routing-instances corp route-distinguisher 192.0.2.1:10
set routing-instances corp vrf-import NOTHING
set routing-instances corp vrf-export NOTHING
set routing-instances corp vrf-table-label
`;

/** The number of lines of {@link PLAIN}: what a test adds begins on the next one. */
export const PLAIN_LINES = PLAIN.split("\n").length - 1;

/** The plain router and more lines, each without its `set`. */
export function plainWith(...more: readonly string[]): string {
  return PLAIN + more.map((line) => `set ${line}\n`).join("");
}

/** The plain router with a filter `LAN` of these term lines (`web from protocol tcp`), and more lines. */
export function filterLines(family: "inet" | "inet6", terms: readonly string[], ...more: readonly string[]): string {
  return plainWith(...terms.map((term) => `firewall family ${family} filter LAN term ${term}`), ...more);
}

/** The plain router with a policy `P` of these term lines, and more lines. */
export function policyLines(terms: readonly string[], ...more: readonly string[]): string {
  const bound = "routing-instances corp vrf-import P";
  const lines = terms.map((term) => `policy-options policy-statement P term ${term}`);
  return plainWith(...lines, "policy-options policy-statement P term last then reject", ...more).replace(
    "routing-instances corp vrf-import NOTHING",
    bound,
  );
}

/** A policy as lines: what each term matches and does, without prefixes and places. */
export function policyText(policy: RoutePolicy | undefined): readonly string[] {
  return (policy?.terms ?? []).map(({ match: { prefixes, ...match }, at: _, ...term }) => {
    const lengths = prefixes?.layers.map(({ length }) => `/${length}`).join(" ");
    return JSON.stringify({ ...(lengths === undefined ? {} : { lengths }), ...match, ...term }).replaceAll('"', "");
  });
}
