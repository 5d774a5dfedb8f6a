/** The report for people. */
import type { Report } from "../../compiler/report.js";
import { reportMarkdown } from "../../compiler/report-markdown.js";
import type { Validation } from "../../compiler/validate/validate.js";
import { assert, suite } from "../support/harness.js";

const source = { file: "main.demarc", line: 4, column: 1 };
const limit = (subject: string, used: number) => ({
  limit: "rules-per-security-group",
  subject,
  used,
  allowed: 60,
  left: 60 - used,
  source: "Amazon VPC quotas (2026)",
});

const report: Report = {
  formatVersion: 1,
  estate: "acme",
  proofs: [
    {
      id: "package-31ee432d",
      kind: "never",
      text: "any -> vault on std.ssh",
      because: "scope of the *audit*",
      status: "proved",
      unenforced: [{ source: "vault.a", destination: "vault.b", service: "tcp/22" }],
      accepted: [],
      source,
    },
  ],
  axioms: [{ id: "management", text: "10.255.0.0/24 may reach the router's own addresses", about: "chi" }],
  expiries: [{ id: "shop-442f2307", kind: "allow", policy: "shop", until: "2027-06-30", ticket: "NET-7", source }],
  notServed: [{ place: "ash", platform: "iosxr" }],
  guardRails: {
    rules: [
      { name: "partner-reach", category: "partners", severity: "warning", bundle: "demarc", findings: 2, waived: 1 },
      { name: "any-service", category: "width", severity: "error", bundle: "demarc", findings: 0, waived: 0 },
    ],
    waivers: [
      { rule: "partner-reach", subject: "rule:*", owner: "ann", reason: "moves", until: "2027-06-30", findings: 1 },
    ],
  },
  targets: { aws: { limits: [limit("shop.db", 42), limit("shop.web", 43)], remarks: [] } },
};

const validation: Validation = {
  proved: true,
  findings: [],
  refusals: [],
  coarse: [{ point: "shop.web/in", family: 4, regions: [], accepted: true }],
  assumptions: [
    { id: "reserved", text: "a subnet's *last* address is nobody's", place: { file: "aws/a.tf.json", at: "/x" } },
  ],
  read: ["aws"],
  targets: [{ target: "aws", files: 8, filters: 3, tables: 1, sessions: 2 }],
  unread: ["eos"],
  unreadPoints: ["desks@ash/in"],
  handedOff: [],
  surplus: [],
  invariants: [],
  size: { points: 6, rules: 4, tables: 1, routes: 5, ways: 2, sessions: 2 },
};

suite("the report for people", (test) => {
  test("has proofs with what they rest on, what is open, tight limits and ends", () => {
    const lines = reportMarkdown(report, validation).split("\n");
    for (const line of [
      "- proved: `never any -> vault on std.ssh` (scope of the \\*audit\\*), `main.demarc:4`",
      "  - nobody enforces: `vault.a -> vault.b on tcp/22`",
      "- `chi`: 10.255.0.0/24 may reach the router's own addresses",
      "- `ash`: `iosxr` is not compiled by this version",
      "Read back 8 files of 1 target: 3 filters, 1 table: as meant.",
      "- eos: not read, it has no reader yet; nothing of it is validated",
      "- 6 comparisons of filters with what is meant, over 4 rules",
      "- coarser where they stand, cut by others on the way or accepted: 1",
      "- a subnet's \\*last\\* address is nobody's (`aws/a.tf.json#/x`)",
      "- `shop.web` (aws): `rules-per-security-group` 43 of 60, by Amazon VPC quotas (2026)",
      "- `partner-reach` (warning): 2, 1 waived",
      "- until 2027-06-30: `partner-reach` about `rule:*`, ann: moves",
      "- 2027-06-30: allow `shop-442f2307`, NET-7, `main.demarc:4`",
    ]) {
      assert.ok(lines.includes(line), line);
    }
    assert.noMatch(reportMarkdown(report, validation), "shop.db");
    assert.noMatch(reportMarkdown(report, validation), "any-service");
  });
});
