/** The surroundings of a run in a real process. */
import { tmpdir } from "node:os";
import { nodeHost } from "../compiler/host/node.js";
import type { Day } from "../compiler/model/estate.js";
import { nodeFiles } from "./file-system.js";
import { workerRunner } from "./guard-runner.js";
import type { Io, Output } from "./io.js";

/** Streams, environment, clock and file system of this process. */
export function nodeIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    stdin: readStdin,
    files: nodeFiles,
    host: nodeHost(process.cwd()),
    today,
    registry: async () => (await import("../targets/registry.js")).registry,
    guardRunner: workerRunner,
    temporary: tmpdir(),
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  // A reader that has seen enough (`| head`) closes the pipe; that is no fault.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return { write: (text) => void stream.write(text), isTty: stream.isTTY === true };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function today(): Day {
  const now = new Date();
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
}
