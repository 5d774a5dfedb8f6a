/** Which places of an estate a target compiles, and which none does yet. */
import type { Diagnostics } from "../grammar/diagnostic.js";
import { type Span, span } from "../grammar/source.js";
import type { Declaration, SyntaxFile } from "../grammar/syntax/nodes.js";
import type { Target } from "./contract.js";
import type { Design } from "./design/design.js";
import { writingDiagnostics as kinds } from "./diagnostics/writing-catalogue.js";

/** A place that no target compiles. */
export interface UnservedPlace {
  readonly place: string;
  /** The provider, its hub, or the operating system. */
  readonly platform: string;
  /** The property that says so, else the name of the place. */
  readonly span: Span;
}

/** Places of ours that no target serves, sorted by name. `files` are the trees of the package. */
export function unservedPlaces(
  design: Design,
  targets: readonly Target[],
  files: readonly SyntaxFile[],
): readonly UnservedPlace[] {
  const served = new Set(targets.flatMap((target) => target.serves(design)));
  const { clouds, routers } = design.estate;
  const open = [
    ...clouds.map((cloud) => {
      const wan = cloud.provider === "aws" && cloud.hub === "cloud-wan";
      return {
        name: cloud.name,
        platform: wan ? "cloud-wan" : cloud.provider,
        key: wan ? "hub" : "provider",
        at: cloud.span,
      };
    }),
    ...routers
      .filter((router) => router.os !== "unmanaged")
      .map((router) => ({ name: router.name, platform: router.os, key: "os", at: router.span })),
  ];
  return open
    .filter(({ name }) => !served.has(name))
    .map(({ name, platform, key, at }) => ({ place: name, platform, span: propertySpan(files, at, key) ?? at }));
}

/**
 * Reports places that no target serves: an error where everything is to be compiled, else a note, since check judges
 * them all the same and `--target` leaves them out on purpose.
 */
export function reportUnserved(
  unserved: readonly UnservedPlace[],
  everything: boolean,
  diagnostics: Diagnostics,
): void {
  for (const { place, platform, span: at } of unserved) {
    diagnostics.report(everything ? kinds["no-target"] : kinds["no-target-yet"], { place, platform }, at);
  }
}

/** The value of a property of the declaration whose name is at `name`. */
function propertySpan(files: readonly SyntaxFile[], name: Span, key: string): Span | undefined {
  const file = files.find((one) => one.source === name.source);
  const declaration = file?.items.find(
    (item): item is Declaration => item.kind === "Declaration" && item.start <= name.start && name.end <= item.end,
  );
  if (declaration?.body === undefined) return undefined;
  for (const item of declaration.body.items) {
    if (item.kind === "Property" && item.key.text === key) return span(name.source, item.value.start, item.value.end);
  }
  return undefined;
}
