/** What the configuration of a router admits or leaves out beyond the letter of the rules, listed and not an error. */
import type { Remark } from "../../compiler/contract.js";
import type { RouterSlice } from "../shared/routers/slice.js";
import type { FilterTerm, JunosConfig } from "./model.js";

/** The remarks of one router: residual exposure of each filter, and what this target does not serve. */
export function remarksOf(slice: RouterSlice, config: JunosConfig): readonly Remark[] {
  const out: Remark[] = [];
  const remark = (kind: Remark["kind"], subject: string, text: string, sources: Remark["sources"]): void => {
    out.push({ kind, target: "junos", subject, text, sources });
  };
  for (const filter of config.filters) {
    const subject = `${config.router}/${filter.name}`;
    const list = (text: string, terms: readonly FilterTerm[]): void => {
      if (terms.length === 0) return;
      remark("residual-exposure", subject, `${text} (${terms.map(({ name }) => `\`${name}\``).join(", ")})`, [
        ...new Set(terms.flatMap(({ origins }) => origins.map(({ span }) => span))),
      ]);
    };
    const accepts = filter.terms.filter(({ action }) => action === "accept");
    list(
      "replies of TCP need ACK or RST and no more",
      accepts.filter(({ match, name }) => match.tcpEstablished && !name.startsWith("ctl-")),
    );
    list(
      "non-initial fragments pass between the addresses of the flows, whatever their ports",
      accepts.filter(({ match }) => match.fragment === "later"),
    );
    list("ICMP errors pass towards those who may open flows", accepts.filter(isErrors));
  }
  for (const { circuit } of slice.tunnels) {
    remark(
      "not-served",
      circuit.id,
      `the tunnel's half on \`${config.router}\` is a hand-off document`,
      circuit.sources,
    );
  }
  for (const { circuits } of slice.instances) {
    for (const { circuit } of circuits) {
      for (const { family, kind } of circuit.addressing) {
        if (kind !== "provider") continue;
        const text = `the IPv${family} session waits for addresses that the provider chooses; see the delivery notes`;
        remark("not-served", circuit.id, text, circuit.sources);
      }
    }
  }
  return out;
}

function isErrors({ name }: FilterTerm): boolean {
  return /-errors(?:-[0-9]+)?$/.test(name);
}
