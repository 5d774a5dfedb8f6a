/** The Junos target: routers with `os = junos`. */

import type { Settings } from "../../compiler/config/settings.js";
import type { Artefact, Headroom, ProvenanceEntry, Remark, Target, TargetOutput } from "../../compiler/contract.js";
import type { Design, Leak } from "../../compiler/design/design.js";
import type { Router } from "../../compiler/model/estate.js";
import { sha256 } from "../../compiler/sha256.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { type Printed as PrintedOutput, printedLater } from "../shared/printed-later.js";
import { type RouterSlice, sliceRouter } from "../shared/routers/slice.js";
import { leakRemarks } from "../shared/surplus-leaks.js";
import { deliveryNotes } from "./delivery.js";
import { limits } from "./limit-data.js";
import { checkLimits } from "./limits.js";
import { lowerRouter } from "./lower.js";
import type { JunosConfig } from "./model.js";
import { type OwnedBlock, ownedBlocks, type Printed, printReplace, printRollback, printSet } from "./print.js";
import { readOutput } from "./read.js";
import { reportReferenceFaults } from "./references.js";
import { remarksOf } from "./remarks.js";
import { statementsOf } from "./tree.js";

const NAME = "junos";

/** Emits VRFs, interfaces, BGP and filters of Junos routers as `set` lines and as text for `load replace`. */
export const junosTarget: Target = {
  name: NAME,
  summary: "Juniper routers: routing instances, interfaces, BGP with explicit policies, input filters",
  serves: (design) => served(design).map(({ name }) => name),
  // The other limits are lengths and numbers that Junos fixes.
  limits: [limits.filterTerms.key],
  compile: compileJunos,
  read: readOutput,
};

function served(design: Design): readonly Router[] {
  return design.estate.routers.filter(({ os }) => os === "junos");
}

function compileJunos(design: Design, settings: Settings, diagnostics: Diagnostics): TargetOutput {
  const routers: (readonly [RouterSlice, JunosConfig])[] = [];
  const headroom: Headroom[] = [];
  const remarks: Remark[] = [];
  for (const router of served(design)) {
    const slice = sliceRouter(design, router);
    const own = new Diagnostics();
    const config = lowerRouter(design, slice, own);
    if (!own.hasErrors) reportReferenceFaults(config, router, own);
    headroom.push(...checkLimits(config, settings, own));
    diagnostics.addAll(own.sorted());
    if (own.hasErrors) continue;
    routers.push([slice, config]);
    remarks.push(...remarksOf(slice, config));
  }
  const ours = new Set(served(design).map(({ name }) => name));
  const meets = ({ meeting }: Leak): boolean =>
    (meeting.kind === "core" || meeting.kind === "router") && ours.has(meeting.id);
  return printedLater(() => printRouters(routers), {
    headroom,
    remarks: [...remarks, ...leakRemarks(design, NAME, meets)],
  });
}

function printRouters(routers: readonly (readonly [RouterSlice, JunosConfig])[]): PrintedOutput {
  const printed = routers.map(([slice, config]) => printRouter(slice, config));
  return {
    artefacts: printed.flatMap(({ artefacts }) => artefacts),
    provenance: printed.flatMap(({ provenance }) => provenance),
  };
}

function printRouter(slice: RouterSlice, config: JunosConfig): PrintedOutput {
  const folder = `routers/${slice.router.name}`;
  const statements = statementsOf(config);
  const set = printSet(statements);
  const replace = printReplace(statements);
  const blocks = ownedBlocks(statements);
  const file = (name: string, text: string): Artefact => ({ path: `${folder}/${name}`, text });
  return {
    artefacts: [
      file("delivery.md", deliveryNotes(slice, config)),
      file("junos.replace.conf", replace.text),
      file("junos.set", set.text),
      file("ownership.json", ownership(slice.router.name, blocks)),
      file("rollback.set", printRollback(blocks)),
    ],
    provenance: [...rangesOf(`${folder}/junos.replace.conf`, replace), ...rangesOf(`${folder}/junos.set`, set)],
  };
}

function rangesOf(file: string, { ranges }: Printed): readonly ProvenanceEntry[] {
  return ranges.flatMap(({ firstLine, lastLine, origins }) =>
    origins.map(({ id, span }) => ({ file, at: { firstLine, lastLine }, id, source: span })),
  );
}

/** Every object that is ours: its path in the configuration, the SHA-256 of its text, and what it stands for. */
function ownership(router: string, blocks: readonly OwnedBlock[]): string {
  const objects = blocks.map(({ path, text, origins }) => ({
    path,
    sha256: sha256(text),
    for: [...new Set(origins.map(({ id }) => id))].sort(),
  }));
  return `${JSON.stringify({ formatVersion: 1, router, system: NAME, objects }, null, 2)}\n`;
}
