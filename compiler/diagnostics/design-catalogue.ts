/** Findings of the design: the lock file and what is allocated from it. */
import { catalogue } from "../../grammar/diagnostic.js";

/** Diagnostics of the design, DMC30xx. */
export const designCatalogue = catalogue({
  "lock-malformed": {
    code: "DMC3001",
    severity: "error",
    message: (p: { why: string }) => `the lock file cannot be read: ${p.why}`,
    help: () => "restore it from version control; without it numbers that are deployed already would change",
  },
  "lock-duplicate": {
    code: "DMC3002",
    severity: "error",
    message: (p: { pool: string; first: string; second: string; value: string }) =>
      `\`${p.first}\` and \`${p.second}\` both hold ${p.pool} ${p.value}`,
    help: (p: { second: string }) =>
      `a merge probably joined two branches: remove the line of the one that is not deployed yet (such as \`${p.second}\`) and compile again`,
  },
  "lock-frozen": {
    code: "DMC3003",
    severity: "error",
    message: (p: { changes: string }) => `the lock file would change: ${p.changes}`,
    help: () => "run `demarc compile` without `--frozen-lock` and commit demarc.lock.json",
  },
  "pool-exhausted": {
    code: "DMC3004",
    severity: "error",
    message: (p: { pool: string; key: string }) => `no ${p.pool} is left for \`${p.key}\``,
    help: () => "prune entries that are no longer used with `--prune-lock`, or give the pool more room",
  },
  "link-address-in-prefix": {
    code: "DMC3005",
    severity: "error",
    message: (p: { address: string; circuit: string; prefix: string }) =>
      `the link address ${p.address} allocated for \`${p.circuit}\` lies inside ${p.prefix}`,
    help: () =>
      "set `link-addresses` of the estate to prefixes that no network uses, or write `addresses` on the `carries`",
  },
  "target-clash": {
    code: "DMC3006",
    severity: "error",
    message: (p: { target: string; first: string; second: string }) =>
      `route target ${p.target} stands for both \`${p.first}\` and \`${p.second}\``,
    help: () => "give one of them another `rt` or `id`",
  },
  "no-estate-asn": {
    code: "DMC3007",
    severity: "error",
    message: (p: { what: string }) => `${p.what} needs the estate's ASN for its route target`,
    help: () => "add `asn = 64512` (or your own) to the `estate`",
  },
  "hub-asn-unknown": {
    code: "DMC3008",
    severity: "error",
    message: (p: { cloud: string; link: string }) =>
      `the hub of \`${p.cloud}\` exists already, and link \`${p.link}\` speaks BGP with an ASN that is not written`,
    help: () => "add `asn` to the cloud: the ASN that its hub has",
  },
  "unheard-part": {
    code: "DMC3009",
    severity: "error",
    message: (p: { prefix: string; site: string }) =>
      `${p.prefix} of \`${p.site}\` never comes to where this share meets: a link on the way announces another prefix in its place`,
    help: () =>
      "take the prefix out of what `announce` covers, or let the two segments meet on this side of the link with `at`",
  },
} as const);
