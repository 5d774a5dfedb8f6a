/** Everything behind the entry of the command line in one module: what `cli/build.mjs` bundles into a prepared script. */
export { nodeIo } from "./node-io.js";
export { run } from "./run.js";
