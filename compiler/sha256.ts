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
/** Scratch space: the compiler computes one digest at a time, and many of them. */
const SCHEDULE = new Int32Array(64);

/** The SHA-256 digest of a text (as UTF-8) or of bytes, as 64 lower-case hexadecimal digits. */
export function sha256(input: string | Uint8Array): string {
  const view = pad(typeof input === "string" ? ENCODER.encode(input) : input);
  const state = Int32Array.from(INITIAL_STATE);
  for (let offset = 0; offset < view.byteLength; offset += BLOCK) {
    for (let i = 0; i < 16; i++) SCHEDULE[i] = view.getInt32(offset + 4 * i);
    expand(SCHEDULE);
    compress(state, SCHEDULE);
  }
  let digest = "";
  for (const word of state) digest += (word >>> 0).toString(16).padStart(8, "0");
  return digest;
}

/** The message, a one bit, zeros, and the length in bits as 64-bit integer: a whole number of blocks. */
function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  return view;
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
