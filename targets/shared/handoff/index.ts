/** Hand-off documents: one folder per link, `links/<link>/`, in Markdown for people and in JSON for programs. */
import type { Artefact } from "../../../compiler/contract.js";
import type { Design } from "../../../compiler/design/design.js";
import { jsonText } from "../../../compiler/json/diagnostics.js";
import { linkDocument, type Made } from "./document.js";
import { linkMarkdown } from "./markdown.js";

/** The documents of all links of a design. `made` is what the targets made of it. */
export function handoffDocuments(design: Design, made: Made): readonly Artefact[] {
  return design.estate.links.flatMap((link) => {
    const document = linkDocument(design, link, made);
    return [
      { path: `links/${link.name}/hand-off.json`, text: jsonText(document) },
      { path: `links/${link.name}/hand-off.md`, text: linkMarkdown(document) },
    ];
  });
}
