/** What the reader does not model, collected with its places. */
import type { ArtefactPlace, Refusal } from "../../../compiler/validate/readback.js";

/** Refusals of one reading. */
export class Refusals {
  private readonly found: Refusal[] = [];

  add(place: ArtefactPlace, what: string, why: string): void {
    this.found.push({ place, what, why });
  }

  get list(): readonly Refusal[] {
    return this.found;
  }
}

/** A JSON pointer (RFC 6901) from its parts. */
export function pointerOf(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
