/** What meeting places lead across beyond shares: listed, never an error, the filters keep it closed. */
import type { Remark } from "../../compiler/contract.js";
import type { Design, Leak } from "../../compiler/design/design.js";
import { formatPrefix } from "../../grammar/address.js";

/** A remark for each leak and direction that brings more than is asked for, among the leaks that a target serves. */
export function leakRemarks(design: Design, target: string, serves: (leak: Leak) => boolean): readonly Remark[] {
  return design.leaks.filter(serves).flatMap((leak) =>
    [leak.to, leak.from].flatMap((into): readonly Remark[] => {
      const extra = leak.surplus.filter((one) => one.into === into);
      if (extra.length === 0) return [];
      const list = extra.map(({ prefix, site }) => `\`${formatPrefix(prefix)}\` of \`${site}\``).join(", ");
      const text = `\`${leak.meeting.id}\` also leads ${list} into segment \`${into}\`: it has no route of its own for less`;
      return [{ kind: "surplus-route", target, subject: leak.id, text, sources: leak.sources }];
    }),
  );
}
