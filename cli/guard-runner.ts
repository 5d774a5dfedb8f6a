/** Evaluates guard rails in a worker, which is ended when it takes too long. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";
import type { EngineRequest } from "../compiler/guard/engine.js";
import type { GuardRun, GuardRunner } from "../compiler/guard/runner.js";

/** Megabytes of JavaScript heap that a worker may have beside the memory of the policy: the input in its forms. */
const HEAP = 1024;

/** One worker for each evaluation. */
export const workerRunner: GuardRunner = {
  run: (request, timeout) =>
    new Promise<GuardRun>((resolve) => {
      const worker = startWorker({
        workerData: request satisfies EngineRequest,
        stdout: true,
        stderr: true,
        resourceLimits: { maxOldGenerationSizeMb: HEAP },
      });
      const end = (run: GuardRun): void => {
        clearTimeout(timer);
        resolve(run);
        void worker.terminate();
      };
      const timer = setTimeout(() => end({ kind: "failed", fault: "timeout", detail: "" }), timeout);
      worker.once("message", (run: GuardRun) => end(run));
      worker.once("error", (error: NodeJS.ErrnoException) => {
        const fault = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "aborted";
        end({ kind: "failed", fault, detail: error.message });
      });
      worker.once("exit", (code) => end({ kind: "failed", fault: "aborted", detail: `its worker ended with ${code}` }));
    }),
};

/** The worker lies beside the bundle, whose chunks are one folder deeper. In the sources it is TypeScript beside this file. */
function startWorker(options: WorkerOptions): Worker {
  const built = ["./guard-worker.js", "../guard-worker.js"].map((name) => new URL(name, import.meta.url));
  const found = built.find((url) => existsSync(fileURLToPath(url)));
  if (found !== undefined) return new Worker(found, options);
  // A worker does not take over the loader that lets Node run the sources.
  const [source, loader, here] = [new URL("./guard-worker.ts", import.meta.url).href, tsx(), import.meta.url].map(
    (url) => JSON.stringify(url),
  );
  const text = `import(${loader}).then(({ tsImport }) => tsImport(${source}, ${here}));`;
  return new Worker(text, { ...options, eval: true });
}

function tsx(): string {
  return import.meta.resolve("tsx/esm/api");
}
