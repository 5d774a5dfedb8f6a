/** Schema of `service`, `group` and `policy`. */
import { description, text } from "../build.js";
import type { KindSchema } from "../types.js";

/** Schema of `service NAME = …`. */
export const serviceKind: KindSchema = {
  word: "service",
  doc: "A name for a set of services.",
  inside: [],
  form: "value",
  name: "declares",
  headers: [],
  properties: [],
  statements: [],
  example: "service browse = [tcp/80, tcp/443]",
};

/** Schema of `group NAME = …`. */
export const groupKind: KindSchema = {
  word: "group",
  doc: "A name for a set of endpoints.",
  inside: [],
  form: "value",
  name: "declares",
  headers: [],
  properties: [],
  statements: [],
  example: 'group frontends = prod where tier = "web"',
};

/** Schema of `policy NAME`. */
export const policyKind: KindSchema = {
  word: "policy",
  doc: "Rules with one owner: what may be opened, and what is shared between segments.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [],
  properties: [
    text("owner", "Who answers for the rules."),
    text("ticket", "Where the rules were asked for."),
    description,
  ],
  statements: ["allow", "share", "never", "always"],
  example: "policy cards { share vault.cards with prod  allow tills -> vault.cards on tcp/8443 }",
};
