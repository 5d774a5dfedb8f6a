/** Explanations of DMC60xx: output and its writing. */
import type { writingDiagnostics } from "../writing-catalogue.js";
import type { Explanations } from "./explanation.js";

/** By the name of the entry. */
export const writingExplanations: Explanations<typeof writingDiagnostics> = {
  "edited-artefact": `A file that demarc wrote has another content than the manifest says: somebody edited it. Writing would throw
that edit away.

Artefacts are made from the sources. Say the same thing there, compile to another directory and compare, or give up the
edit with \`--force\`. \`demarc compile --diff\` shows the difference.`,
  "foreign-output": `The output directory is not empty and holds no \`manifest.json\` of demarc, so its files are somebody
else's. Demarc writes only where it can tell its own files from others.

Choose another directory with \`-o\`. With \`--force\` demarc writes into this one: files at other paths stay, files at a
path that demarc writes are replaced.`,
  "foreign-file": `A file that is not in the manifest lies where demarc wants to write. Only files of the manifest are ever
replaced or removed.

Move the file away, or replace it with \`--force\`.`,
  "broken-manifest": `The manifest of the output directory is damaged, is of a version that demarc does not know, or lists a path
that leads out of the directory. It is what tells demarc's files from others, so nothing is written.

Restore the directory from version control, or write everything anew with \`--force\`. Files that only the broken
manifest knew then stay behind.`,
  "write-failed": `A file could not be written: the disk is full, a permission is missing, or a directory stands where a file
should be. All files are staged before any is replaced, and what was replaced is put back, so the output is as it was.

Mend the cause and compile again.`,
  "output-unreadable": `Demarc reads each file before it replaces it, to see whether somebody edited it. This one cannot be read, or
something other than a file stands there.`,
  "path-clash": `Two files of the output have paths that differ only in upper and lower case. On macOS and Windows they would be
one file, and one of the two would be lost.

Rename one of the objects that they are made for.`,
  "restore-failed": `Writing failed, and then a file that had been replaced could not be put back. Its former content is kept in
the file that the help line names. Move it back by hand, or compile again once the cause is mended.`,
  "no-target": `The estate has a place that no target of this version compiles: a cloud of that provider, or a router of that
operating system. What the place needs would silently be missing from the output, so a compile of everything fails.

Everything about the place is checked and proved all the same. To compile the others, name them:

    demarc compile --target aws --target junos`,
  "no-target-yet": `\`demarc check\` judges the whole estate, also the places that no target of this version compiles yet. It says
so, because \`demarc compile\` will need \`--target\`.`,
  "nothing-to-compile": `Not one place of the estate is compiled by the targets in question, so the output would be empty. An empty
output that looks like success is never written.`,
  "already-there": `\`demarc init\` writes a small estate to begin with, and never over a file that is there. Nothing was written.

Name an empty directory, or a new one: \`demarc init acme\`.`,
  "not-formatted": `\`demarc fmt --check\` found a file that \`demarc fmt\` would write differently. The layout has no meaning; one
layout for all makes changes easy to read.

Run \`demarc fmt\`, or let your editor format on saving.`,
  "output-in-package": `The output directory is the directory of the sources, or holds it. Files of the output and of the package
would mix.

Choose a directory of its own; without \`-o\` it is \`out\` beside the sources.`,
  "foreign-staging": `The output directory has a \`.demarc-staging\`, in which a compile that was killed leaves what the next
one needs to put the old output back. This one cannot come from demarc: it is a file or a link, or its journal names a
place outside the output directory. Following it could replace or delete files that have nothing to do with the output,
so it was not followed and nothing was changed.

It may have come with the sources, from somebody who wants that. See where it is from, and remove it by hand.`,
  "linked-directory": `A directory inside the output directory is a symbolic link. Writing through it would change files that lie
elsewhere, so nothing was written.

Remove the link. The output directory itself may be a link, when you name it with \`-o\`.`,
  "output-not-directory": `The output directory is a file or a device, or its path leads through one. Nothing was written.

Name a directory with \`-o\`, or with \`out\` in \`demarc.json\`. One that does not exist is made.`,
  "output-busy": `Two compiles write into the same directory at once. The later one writes nothing, or the output would be made
of two.

The process is named by a file in \`.demarc-staging\` of the output directory. Where that process has ended on this
machine, demarc sees it and puts the old output back by itself. A process of another machine cannot be seen from here:
make sure that no compile is running, and remove \`.demarc-staging\` by hand. Then compare the output with version
control, because that compile may have written a part of it.`,
  "lock-overtaken": `The lock file is not what it was when this compile read it: another compile of the same package has ended
meanwhile, or the lock of one that was killed has just been put back. Numbers would be lost, so nothing was written.

Compile again: the new numbers are kept.`,
  "hidden-errors": `\`--changed-since\` shows what is about changed lines. What is judged is always the whole package: there are
errors about other lines too, and they stop a compile like any other.

A change can break what stands elsewhere: an \`always\` fails where it is written when the \`allow\` that it needs was
taken out. Leave \`--changed-since\` out to see everything.`,
  "hidden-findings": `\`--changed-since\` shows what is about changed lines. There are warnings or notes about other lines too,
which are only counted here.

Leave \`--changed-since\` out to see everything.`,
};
