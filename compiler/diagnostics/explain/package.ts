/** Explanations of DMC02xx: packages, files and imports. */
import type { packageCatalogue } from "../package-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const packageExplanations: Explanations<typeof packageCatalogue> = {
  "missing-directory": `The path names nothing. Demarc works on a package: all \`.demarc\` files of one directory.

Name that directory, or any one of its files: both mean the whole package.`,
  "unreadable-directory": `The directory is there and cannot be listed, so it is not known what belongs to the package. Nothing is
compiled from a part of a package.`,
  "no-sources": `The directory holds no file that ends in \`.demarc\`. Files in directories below it belong to packages of their
own, and files whose name begins with a dot are left to the editors that make them.`,
  "unreadable-file": `A file of the package cannot be read. The others are read and judged, but nothing that depends on the
whole, such as a proof, is claimed without it.`,
  "not-utf-8": `Source files are text in UTF-8. This one holds a byte that belongs to no character, or a NUL byte: it is
saved in another encoding, or is no text at all. The byte is counted from 0.`,
  "too-large-file": `The file is far larger than any estate is written in, and is not read into memory. All files of a
directory form one package, so it can be split at any declaration.`,
  "unknown-edition": `A file says which edition of the language it is written in, so that a later compiler can keep its meaning.
This compiler knows edition 1 only, and will not guess what another edition means.

    edition 1`,
  "not-a-source-file": `The path names a file that does not end in \`.demarc\`. A source file on the command line stands for its
whole package.`,
  "absolute-import": `An import names a directory relative to the directory of the package that imports, so that a checkout
means the same on every machine. Absolute paths, drive letters, \`~\` and backslashes are refused.

    import "../common/services" as common`,
  "missing-import": `The import leads to no directory. The path counts from the directory of the package in which the import
stands, also where that package is itself imported.`,
  "unreadable-import": `The import leads to something that is no readable directory with \`.demarc\` files in it.`,
  "import-cycle": `A package imports itself by way of others. Services that both sides need belong into a third package, which
both import.`,
  "import-without-name": `Without \`as\` an import is known by the last part of its path. That part is no name of the language here
(it has a dot, say), so that nothing could refer to it.

    import "../services.d" as services`,
  "not-importable": `An imported package shares definitions of services and nothing else: it may hold \`service\` declarations and
imports. Segments, networks and policies belong to one estate and are not imported.`,
};
