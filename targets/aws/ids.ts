/** The ids of AWS objects that a source may name. */
import type { Located } from "../../compiler/model/estate.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { awsDiagnostics } from "./catalogue.js";

/** Ids of AWS objects that a source may name, with an example. */
export const idForms = {
  hub: { form: /^tgw-[0-9a-z]+$/, what: "a transit gateway", example: "tgw-0a1b2c3d4e5f60718" },
  vpc: { form: /^vpc-[0-9a-z]+$/, what: "a VPC", example: "vpc-0a1b2c3d4e5f60718" },
  subnet: { form: /^subnet-[0-9a-z]+$/, what: "a subnet", example: "subnet-0a1b2c3d4e5f60718" },
  routeTable: { form: /^rtb-[0-9a-z]+$/, what: "a route table", example: "rtb-0a1b2c3d4e5f60718" },
  connection: { form: /^dx(con|lag)-[0-9a-z]+$/, what: "a Direct Connect connection", example: "dxcon-0a1b2c3d" },
  account: { form: /^[0-9]{12}$/, what: "an AWS account", example: "111122223333" },
} as const;

/** Reports an id that has not the form of its kind. */
export function checkId(diagnostics: Diagnostics, kind: keyof typeof idForms, id: Located<string> | undefined): void {
  const { form, what, example } = idForms[kind];
  if (id === undefined || form.test(id.value)) return;
  diagnostics.report(awsDiagnostics["aws-id"], { id: id.value, what, example }, id.span);
}
