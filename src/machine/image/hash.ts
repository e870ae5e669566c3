/** SHA-256 in hexadecimal. Also works on plain http, where browsers do not offer crypto.subtle. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // crypto.subtle exists only in secure contexts, and a classroom server on plain http is not one.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle) return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const { sha256: hash } = await import('@noble/hashes/sha2.js');
  return hexadecimal(hash(bytes));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
