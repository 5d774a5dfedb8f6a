/** Findings about packages, files and imports: DMC02xx. */
import { catalogue } from "../../grammar/diagnostic.js";
import { error } from "./entry.js";

/** The catalogue of loading. */
export const packageCatalogue = catalogue({
  "missing-directory": error<{ path: string }>(
    "DMC0201",
    ({ path }) => `there is no directory \`${path}\``,
    () => "name a directory that holds `.demarc` files, or one of the files",
  ),
  "unreadable-directory": error<{ path: string; reason: string }>(
    "DMC0202",
    ({ path, reason }) => `the directory \`${path}\` cannot be read: ${reason}`,
    () => "see to its permissions",
  ),
  "no-sources": error<{ path: string }>(
    "DMC0203",
    ({ path }) => `the directory \`${path}\` holds no \`.demarc\` file`,
    () => "`demarc init` writes a small estate to begin with",
  ),
  "unreadable-file": error<{ path: string; reason: string }>(
    "DMC0204",
    ({ path, reason }) => `the file \`${path}\` cannot be read: ${reason}`,
    () => "see to its permissions; the other files were read",
  ),
  "not-utf-8": error<{ path: string; offset: number; nul: boolean }>(
    "DMC0205",
    ({ path, offset, nul }) =>
      `the file \`${path}\` is not UTF-8 text: byte ${offset} ${nul ? "is NUL" : "belongs to no character"}`,
    () => "save it as UTF-8; a binary file must not end in `.demarc`",
  ),
  "too-large-file": error<{ path: string; limit: string }>(
    "DMC0206",
    ({ path, limit }) => `the file \`${path}\` is larger than ${limit}`,
    () => "split it: all files of a directory form one package",
  ),
  "unknown-edition": error<{ edition: number }>(
    "DMC0207",
    ({ edition }) => `edition ${edition} of the language is not known`,
    () => "this compiler knows edition 1, which is also meant where a file does not say",
  ),
  "not-a-source-file": error<{ path: string }>(
    "DMC0209",
    ({ path }) => `\`${path}\` is not a \`.demarc\` file`,
    () => "name a directory that holds `.demarc` files, or one of the files",
  ),
  "absolute-import": error<{ path: string }>(
    "DMC0210",
    ({ path }) => `\`${path}\` is not a relative directory`,
    () => "an import names a directory relative to the package, with `/`, such as `../common/services`",
  ),
  "missing-import": error<{ path: string; directory: string }>(
    "DMC0211",
    ({ directory }) => `there is no directory \`${directory}\` to import`,
    () => "the path is relative to the directory of the importing package",
  ),
  "unreadable-import": error<{ path: string; reason: string }>(
    "DMC0212",
    ({ path, reason }) => `\`${path}\` cannot be imported: ${reason}`,
    () => "an import names a directory that holds `.demarc` files",
  ),
  "import-cycle": error<{ chain: readonly string[] }>(
    "DMC0213",
    ({ chain }) => `this import comes back to where it began: ${chain.map((each) => `\`${each}\``).join(" imports ")}`,
    () => "move the services that both need into a package of their own",
  ),
  "import-without-name": error<{ path: string; name: string }>(
    "DMC0214",
    ({ name }) => `\`${name}\` cannot be used as a name`,
    () => 'give the import a name of its own: `import "…" as services`',
  ),
  "not-importable": error<{ what: string; directory: string }>(
    "DMC0215",
    ({ what, directory }) => `\`${directory}\` is imported, but holds ${what}`,
    () => "an imported package holds only `service` declarations and imports",
  ),
});
