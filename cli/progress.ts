/** A line on the terminal that says what long work is at. Nothing is shown where standard error is no terminal. */
import { safeLine } from "../compiler/diagnostics/render/cells.js";
import type { Io } from "./io.js";

/** Work shorter than this shows nothing. */
const QUIET_MILLISECONDS = 400;

/** Says what is being done, and takes the line away at the end. */
export interface Progress {
  readonly say: (step: string) => void;
  readonly end: () => void;
}

/** A progress line on standard error. */
export function progressOn(io: Io): Progress {
  if (!io.stderr.isTty || io.env.TERM === "dumb") return { say: () => {}, end: () => {} };
  const began = performance.now();
  let shown = false;
  const clear = (): void => {
    if (shown) io.stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    say: (step) => {
      clear();
      if (performance.now() - began < QUIET_MILLISECONDS) return;
      io.stderr.write(`${safeLine(step)} …`);
      shown = true;
    },
    end: clear,
  };
}
