/** SHA-256 in hexadecimal, where the browser has it and where a page on plain http has not. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // crypto.subtle exists only in secure contexts; a class room server on http is none.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle) return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const { sha256: hash } = await import('@noble/hashes/sha2.js');
  return hexadecimal(hash(bytes));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
