/** Places in a document: a file and a JSON pointer, grown part by part. */
import type { ArtefactPlace } from "../../../compiler/validate/readback.js";
import { pointerOf } from "./refusals.js";

/** A value's place in a file. The pointer is written only when it is asked for. */
export class Place {
  private readonly file: string;
  private readonly parts: readonly (string | number)[];

  constructor(file: string, parts: readonly (string | number)[]) {
    this.file = file;
    this.parts = parts;
  }

  /** The place of a member or an item. */
  at(part: string | number): Place {
    return new Place(this.file, [...this.parts, part]);
  }

  /** The last part, for messages. */
  get name(): string {
    return String(this.parts[this.parts.length - 1] ?? "document");
  }

  get place(): ArtefactPlace {
    return { file: this.file, at: pointerOf(this.parts) };
  }
}

/** The place of a whole document. */
export function placeOf(file: string): Place {
  return new Place(file, []);
}
