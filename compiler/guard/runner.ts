/** Who evaluates policies: a worker that can be ended, or this thread where there is none. */
import { EngineError, type EngineFault, type EngineRequest, evaluatePolicy } from "./engine.js";

/** What came of an evaluation. */
export type GuardRun =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "failed"; readonly fault: EngineFault; readonly detail: string };

/** Evaluates a policy and never throws. `timeout` is in milliseconds; a runner that cannot end an evaluation ignores it. */
export interface GuardRunner {
  readonly run: (request: EngineRequest, timeout: number) => Promise<GuardRun>;
}

/** Evaluates in this thread: what a worker does inside, and what a browser page without workers has. */
export const inThread: GuardRunner = {
  run: async (request) => {
    try {
      return { kind: "value", value: await evaluatePolicy(request) };
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      return { kind: "failed", fault: thrown.fault, detail: thrown.message };
    }
  },
};
