/** The worker that evaluates guard rails: one request, one answer. */
import { parentPort, workerData } from "node:worker_threads";
import type { EngineRequest } from "../compiler/guard/engine.js";
import { inThread } from "../compiler/guard/runner.js";

parentPort?.postMessage(await inThread.run(workerData as EngineRequest, 0));
