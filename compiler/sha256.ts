/** SHA-256 in plain TypeScript (FIPS 180-4), because identities are computed in a browser too. */

const BLOCK = 64;

/** The first `count` primes. */
function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fractional part of the `degree`-th root of `n`, by integer search (FIPS 180-4, 4.2.2 and 5.3.3). */
function rootFraction(n: number, degree: 2 | 3): number {
  const target = BigInt(n) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn) | 0;
}

const ROUND_CONSTANTS = Int32Array.from(primes(64), (prime) => rootFraction(prime, 3));
const INITIAL_STATE = Int32Array.from(primes(8), (prime) => rootFraction(prime, 2));

const ENCODER = new TextEncoder();
/** Scratch space: the compiler computes one digest at a time, and many of them, mostly of short texts. */
const SCHEDULE = new Int32Array(64);
const STATE = new Int32Array(8);
const SHORT = new Uint8Array(1_024);
const SHORT_VIEW = new DataView(SHORT.buffer);

/** The SHA-256 digest of a text (as UTF-8) or of bytes, as 64 lower-case hexadecimal digits. */
export function sha256(input: string | Uint8Array): string {
  // A UTF-16 unit is three bytes of UTF-8 at most.
  if (typeof input === "string" && 3 * input.length + 9 <= SHORT.length) {
    const { written } = ENCODER.encodeInto(input, SHORT);
    return digestOf(SHORT_VIEW, finish(SHORT, SHORT_VIEW, written));
  }
  const bytes = typeof input === "string" ? ENCODER.encode(input) : input;
  const padded = new Uint8Array(paddedLength(bytes.length));
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  return digestOf(view, finish(padded, view, bytes.length));
}

/** The digest of the first `length` bytes, whole blocks. */
function digestOf(view: DataView, length: number): string {
  STATE.set(INITIAL_STATE);
  for (let offset = 0; offset < length; offset += BLOCK) {
    for (let i = 0; i < 16; i++) SCHEDULE[i] = view.getInt32(offset + 4 * i);
    expand(SCHEDULE);
    compress(STATE, SCHEDULE);
  }
  let digest = "";
  for (let i = 0; i < 8; i++) digest += ((STATE[i] ?? 0) >>> 0).toString(16).padStart(8, "0");
  return digest;
}

function paddedLength(length: number): number {
  return Math.ceil((length + 9) / BLOCK) * BLOCK;
}

/** Puts behind a message a one bit, zeros, and its length in bits as 64-bit integer: a whole number of blocks, returned in bytes. */
function finish(bytes: Uint8Array, view: DataView, length: number): number {
  const end = paddedLength(length);
  bytes.fill(0, length, end);
  bytes[length] = 0x80;
  view.setUint32(end - 8, Math.floor(length / 0x2000_0000));
  view.setUint32(end - 4, (length << 3) >>> 0);
  return end;
}

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** Fills words 16 to 63 of the message schedule from the first 16. */
function expand(schedule: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const a = schedule[i - 15] ?? 0;
    const b = schedule[i - 2] ?? 0;
    const small = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const large = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    schedule[i] = (schedule[i - 16] ?? 0) + small + (schedule[i - 7] ?? 0) + large;
  }
}

/** Mixes one block's schedule into the state. */
function compress(state: Int32Array, schedule: Int32Array): void {
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let i = 0; i < 64; i++) {
    const upper = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + upper + choice + (ROUND_CONSTANTS[i] ?? 0) + (schedule[i] ?? 0)) | 0;
    const lower = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + lower + majority) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = (state[i] ?? 0) + (words[i] ?? 0);
}
