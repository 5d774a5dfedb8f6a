/** A million packets for Junos: printed routers, and sampled configurations that use every condition the reader knows. */
import { defaultSettings } from "../../compiler/config/settings.js";
import { Diagnostics } from "../../grammar/diagnostic.js";
import { junosTarget } from "../../targets/junos/index.js";
import { sampleFilter, samplePolicy } from "../support/oracle/junos/samples.js";
import { Random } from "../support/oracle/random.js";
import { compareFilters, comparePolicies, emptyTally } from "../targets/junos/agreement.js";
import { fixtureRouters, plainWith, routerFiles } from "../targets/junos/readings.js";
import { smallDesigns } from "../targets/junos/small-designs.js";
import type { NightlyPart } from "./part.js";

/** The reader of Junos against the naive evaluator, routers by turns; with every ten packets goes a route. */
export const junosPart: NightlyPart = {
  name: "junos",
  run: async (packets, seed) => {
    const random = new Random(seed);
    const [sent, routes] = [emptyTally(), emptyTally()];
    const designs = [...smallDesigns.values()].map(
      (make) => junosTarget.compile(make(), defaultSettings, new Diagnostics()).artefacts,
    );
    const printed = [...designs, ...(await fixtureRouters()).map(([, artefacts]) => artefacts)];
    const differences: string[] = [];
    try {
      while (sent.judged < packets) {
        compareFilters(random.of(printed), random, 500, sent);
        for (let index = 0; index < 20; index++)
          compareFilters(routerFiles(plainWith(...sampleFilter(random, random.of([4, 6])))), random, 100, sent);
        if (routes.judged > sent.judged / 10) continue;
        comparePolicies(random.of(printed), random, 50, routes);
        const policy = plainWith(...samplePolicy(random)).replace("vrf-import NOTHING", "vrf-import P");
        comparePolicies(routerFiles(policy), random, 100, routes);
      }
    } catch (difference) {
      differences.push(difference instanceof Error ? difference.message : String(difference));
    }
    return {
      packets: sent.judged,
      answers: 2 * sent.judged + routes.judged,
      admitted: sent.accepted + routes.accepted,
      differences,
    };
  },
};
