/**
 * The only file that knows `@open-policy-agent/opa-wasm`: loads a compiled policy and evaluates one entrypoint. The package
 * throws texts and bare objects and prints to the console; here everything that goes wrong is an `EngineError`.
 */
import { loadPolicy } from "@open-policy-agent/opa-wasm";

/** What can go wrong between the bytes of a policy and its result. */
export type EngineFault =
  /** No WebAssembly module, or none that OPA has made. */
  | "broken"
  /** Made for another version of OPA's binary interface. */
  | "abi"
  /** It lacks the entrypoint. */
  | "entrypoint"
  /** It calls built-in functions that nobody supplies. */
  | "builtins"
  /** It needs more memory than it may have. */
  | "memory"
  /** The evaluation gave up. */
  | "aborted"
  /** The entrypoint has no value. */
  | "undefined"
  /** It did not end in time. Only a runner that can end it says so. */
  | "timeout";

/** A policy that could not be loaded or evaluated. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly fault: EngineFault;

  constructor(fault: EngineFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** What to evaluate. */
export interface EngineRequest {
  /** The bytes of `policy.wasm`. */
  readonly policy: Uint8Array;
  /** As OPA names it: `demarc/main/results`. */
  readonly entrypoint: string;
  /** JSON of the `data` document. */
  readonly data: string;
  /** JSON of the `input` document. */
  readonly input: string;
  /** Most bytes of memory that the policy may use. */
  readonly memory: number;
}

/** The version of OPA's binary interface that is spoken ("WebAssembly", section "ABI versions", of OPA's manual). */
const ABI_MAJOR = 1;
/** Evaluation in one call came with this minor version. */
const ABI_MINOR = 2;
const PAGE = 65_536;
/** Enough memory to load any module without evaluating it. */
const INSPECTION = 64 * 1024 * 1024;
/** Room for the static data of a module; more than it asks for is only address space. */
const INITIAL_PAGES = 64;
/** Built-in functions that the package supplies itself (its `src/builtins`). */
const SUPPLIED: ReadonlySet<string> = new Set([
  "json.is_valid",
  "regex.split",
  "sprintf",
  "yaml.is_valid",
  "yaml.marshal",
  "yaml.unmarshal",
]);
const NEEDED_EXPORTS = [
  "builtins",
  "entrypoints",
  "opa_eval",
  "opa_heap_ptr_get",
  "opa_json_dump",
  "opa_json_parse",
  "opa_malloc",
  "opa_wasm_abi_minor_version",
  "opa_wasm_abi_version",
];

/** What is used of the WebAssembly global, which no library of types that the pure floors use declares as a value. */
interface WasmGlobal {
  readonly compile: (bytes: ArrayBuffer) => Promise<WebAssembly.Module>;
  readonly Module: { readonly exports: (module: WebAssembly.Module) => readonly { readonly name: string }[] };
}

const wasm = Reflect.get(globalThis, "WebAssembly") as WasmGlobal;

type Policy = Awaited<ReturnType<typeof loadPolicy>>;
type Exports = Readonly<Record<string, unknown>>;

/** Loads a policy, checks it and gives the value of its entrypoint. @throws EngineError and nothing else */
export async function evaluatePolicy(request: EngineRequest): Promise<unknown> {
  const policy = await load(request);
  const exports = exportsOf(policy);
  checkEntrypoint(policy, request.entrypoint);
  checkBuiltins(policy, exports);
  const input = new TextEncoder().encode(request.input);
  const results = guarded(() => {
    policy.setData(exact(new TextEncoder().encode(request.data)));
    return policy.evaluate(exact(input), request.entrypoint) as unknown;
  });
  const first: unknown = Array.isArray(results) ? results[0] : undefined;
  if (typeof first !== "object" || first === null || !("result" in first)) {
    throw new EngineError("undefined", `\`${request.entrypoint}\` has no value`);
  }
  return first.result;
}

/** Loads a policy, checks it as an evaluation would, and gives the version of its binary interface. @throws EngineError */
export async function inspectPolicy(policy: Uint8Array, entrypoint: string): Promise<string> {
  const loaded = await load({ policy, memory: INSPECTION });
  const exports = exportsOf(loaded);
  checkEntrypoint(loaded, entrypoint);
  checkBuiltins(loaded, exports);
  return versions(exports).join(".");
}

async function load({ policy, memory }: Pick<EngineRequest, "policy" | "memory">): Promise<Policy> {
  const module = await compiled(policy);
  const maximum = Math.max(1, Math.floor(memory / PAGE));
  const names = new Set(wasm.Module.exports(module).map((one) => one.name));
  const missing = NEEDED_EXPORTS.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new EngineError("broken", `it is no policy that OPA has compiled: it does not export \`${missing[0]}\``);
  }
  try {
    const loaded = await loadPolicy(module, { initial: Math.min(INITIAL_PAGES, maximum), maximum });
    checkAbi(exportsOf(loaded));
    return loaded;
  } catch (thrown) {
    throw failureOf(thrown, "broken");
  }
}

async function compiled(bytes: Uint8Array): Promise<WebAssembly.Module> {
  try {
    return await wasm.compile(exact(bytes));
  } catch (thrown) {
    throw new EngineError("broken", `it is no sound WebAssembly module: ${textOf(thrown)}`);
  }
}

/** The package takes a buffer as a whole, so it must hold nothing else. */
function exact(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** The types of the package say more than one shape; it is always an instance. */
function exportsOf(policy: Policy): Exports {
  const instance: unknown = policy.wasmInstance;
  const exports: unknown =
    typeof instance === "object" && instance !== null && "exports" in instance && instance.exports;
  if (typeof exports !== "object" || exports === null) throw new EngineError("broken", "it exports nothing");
  return exports as Exports;
}

function versions(exports: Exports): readonly [unknown, unknown] {
  const number = (name: string): unknown => {
    const global = exports[name];
    return typeof global === "object" && global !== null && "value" in global ? global.value : global;
  };
  return [number("opa_wasm_abi_version"), number("opa_wasm_abi_minor_version")];
}

function checkAbi(exports: Exports): void {
  const [major, minor] = versions(exports);
  if (major === ABI_MAJOR && typeof minor === "number" && minor >= ABI_MINOR) return;
  throw new EngineError("abi", `it has version ${String(major)}.${String(minor)} of OPA's binary interface`);
}

function checkEntrypoint(policy: Policy, wanted: string): void {
  const known: unknown = policy.entrypoints;
  if (typeof known === "object" && known !== null && Object.hasOwn(known, wanted)) return;
  throw new EngineError("entrypoint", `it has no entrypoint \`${wanted}\``);
}

/** A built-in that nobody supplies fails where its line runs: so the policy is refused before anything runs. */
function checkBuiltins(policy: Policy, exports: Exports): void {
  const wanted = Object.keys(dumped(policy, exports, "builtins"));
  const missing = wanted.filter((name) => !SUPPLIED.has(name)).sort();
  if (missing.length === 0) return;
  const names = missing.map((name) => `\`${name}\``).join(", ");
  throw new EngineError("builtins", `it calls ${names}, which cannot run here`);
}

function dumped(policy: Policy, exports: Exports, name: string): object {
  const value = guarded(() => {
    const address = call(exports, "opa_json_dump", call(exports, name));
    const bytes = new Uint8Array(policy.mem.buffer);
    const text = new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)));
    return JSON.parse(text) as unknown;
  });
  return typeof value === "object" && value !== null ? value : {};
}

function call(exports: Exports, name: string, ...words: readonly number[]): number {
  const found = exports[name];
  if (typeof found !== "function") throw new EngineError("broken", `it does not export \`${name}\``);
  return Number(found(...words));
}

/** Runs foreign code with its printing kept off the console, and turns whatever it throws into an `EngineError`. */
function guarded<T>(run: () => T): T {
  const silent = (): void => {};
  const saved: unknown = Reflect.get(globalThis, "console");
  Reflect.set(globalThis, "console", { log: silent, error: silent, warn: silent, info: silent });
  try {
    return run();
  } catch (thrown) {
    throw failureOf(thrown, "aborted");
  } finally {
    Reflect.set(globalThis, "console", saved);
  }
}

/** The words by which OPA's runtime and V8 say that memory has run out. */
const OUT_OF_MEMORY =
  /out of memory|opa_malloc|memory\.grow|maximum memory size|smaller than (?:the declared )?initial|Out of bounds memory/i;

function failureOf(thrown: unknown, otherwise: EngineFault): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const text = textOf(thrown);
  if (OUT_OF_MEMORY.test(text)) return new EngineError("memory", text);
  if (/unsupported ABI version/.test(text)) return new EngineError("abi", text);
  return new EngineError(otherwise, text);
}

function textOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) return String(thrown.message);
  return "the reason is not known";
}
