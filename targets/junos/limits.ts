/** The budget of each filter with the headroom that is left, and a warning where it is passed. */

import type { Settings } from "../../compiler/config/settings.js";
import type { Headroom } from "../../compiler/contract.js";
import type { Diagnostics } from "../../grammar/diagnostic.js";
import { junosDiagnostics } from "./catalogue.js";
import { type JunosLimit, limits } from "./limit-data.js";
import type { FirewallFilter, JunosConfig } from "./model.js";

/** Checks what a configuration uses up. `demarc.json` may raise a limit by its key for the target `junos`. */
export function checkLimits(config: JunosConfig, settings: Settings, diagnostics: Diagnostics): readonly Headroom[] {
  const allowed = allowedOf(limits.filterTerms, settings);
  return config.filters.map((filter) => {
    const used = filter.terms.length;
    if (used > allowed) {
      const what = `the filter \`${filter.name}\` on \`${config.router}\``;
      diagnostics.report(junosDiagnostics["junos-limit"], { what, used, allowed }, spanOf(filter));
    }
    return {
      target: "junos",
      limit: limits.filterTerms.key,
      subject: `${config.router}/${filter.name}`,
      used,
      allowed,
      source: limits.filterTerms.source,
    };
  });
}

function spanOf(filter: FirewallFilter) {
  return filter.origins[0]?.span;
}

function allowedOf(limit: JunosLimit, settings: Settings): number {
  const raised = settings.limits.find((one) => one.target === "junos" && one.limit === limit.key);
  return raised?.value ?? limit.allowed;
}
