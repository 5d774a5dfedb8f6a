/** Checking the properties of policies, and headers that `service` and `group` do not have. */
import type { Bound } from "../../bind/bind.js";
import type { Tools } from "../properties.js";
import { headerRefs, propertiesOf } from "./common.js";
import type { Drafts } from "./drafts.js";

/** Judges what a policy, service or group has beside its statements or value. */
export function checkPolicyProperties(bound: Bound, _drafts: Drafts, tools: Tools): void {
  const properties = propertiesOf(bound, tools);
  headerRefs(bound.kind, bound.declaration, bound.file, properties);
  properties.settle(new Map());
  if (bound.kind.word !== "policy") return;
  for (const name of ["owner", "ticket", "description"]) properties.text(name);
}
