/** SHA-256 of a file's bytes, to tell NIST's own files from others. */

/** Lowercase hexadecimal; null where the browser has no `crypto.subtle` (a page served over plain http). */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
