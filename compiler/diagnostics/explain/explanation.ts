/** What the texts of `demarc explain` are: one per entry of a catalogue, so that a missing one does not compile. */

/**
 * The explanations of a catalogue, by the name of the entry. Each is plain text: what is wrong and why it matters, an
 * example where that helps, and how to mend it. Lines break where the text has a line end; a paragraph ends with an empty
 * line.
 */
export type Explanations<Catalogue> = { readonly [Name in keyof Catalogue]: string };
