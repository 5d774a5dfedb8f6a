/** Strict UTF-8: which byte is wrong, so that a message can say so. */

/** A text, or the offset of the first byte that belongs to no character (or is NUL, which no text holds). */
export type Decoded = { readonly text: string } | { readonly offset: number; readonly nul: boolean };

/** Decodes UTF-8; a byte order mark stays in the text, because the formatter drops it. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { offset: nul, nul: true };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { offset: firstInvalid(bytes), nul: false };
  }
}

/** Finds the first ill-formed sequence by decoding ever smaller parts: the longest prefix that can be a beginning. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isBeginning(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
