/** Reads bundles: tar archives in the format of POSIX.1-1988 (ustar), compressed with gzip. */

const BLOCK = 512;
/** A bundle that unpacks to more than this is refused. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The regular files of a bundle by path, without a leading `/` or `./`; undefined where it is none. */
export async function unpackTar(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const tar = await inflated(bytes);
  return tar === undefined ? undefined : filesOf(tar);
}

async function inflated(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const copy = new Uint8Array(bytes);
    const reader = new Blob([copy]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk = next.value as Uint8Array;
      size += chunk.length;
      if (size > MOST_BYTES) return undefined;
      chunks.push(chunk);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  } catch {
    return undefined;
  }
}

function filesOf(tar: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) return files;
    const size = Number.parseInt(field(header, 124, 12).trim(), 8);
    if (!Number.isInteger(size) || size < 0 || at + BLOCK + size > tar.length) return undefined;
    const kind = field(header, 156, 1);
    const prefix = field(header, 345, 155);
    const name = `${prefix === "" ? "" : `${prefix}/`}${field(header, 0, 100)}`.replace(/^(?:\.?\/)+/, "");
    if (kind === "0" || kind === "") files.set(name, tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function field(header: Uint8Array, start: number, length: number): string {
  const part = header.subarray(start, start + length);
  const end = part.indexOf(0);
  return new TextDecoder().decode(end < 0 ? part : part.subarray(0, end));
}
