/** Inflates zstd data with v86's own decoder. */

/** The exports of v86's WebAssembly for it. */
export interface Inflater {
  memory: WebAssembly.Memory;
  zstd_create_ctx(length: number): number;
  zstd_get_src_ptr(context: number): number;
  zstd_read(context: number, length: number): number;
  zstd_read_free(pointer: number, length: number): void;
  zstd_free_ctx(context: number): void;
}

/** Bytes inflated at a time; v86's memory grows by as much and never shrinks. */
const INFLATE_BYTES = 1 << 20;

/** Inflates zstd data of a known inflated length. Throws when it is not zstd. */
export function inflate(
  exports: Inflater,
  bytes: Uint8Array,
  inflatedBytes: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(inflatedBytes);
  const context = exports.zstd_create_ctx(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, exports.zstd_get_src_ptr(context) >>> 0);
  for (let at = 0; at < inflatedBytes; at += INFLATE_BYTES) {
    const length = Math.min(INFLATE_BYTES, inflatedBytes - at);
    const pointer = exports.zstd_read(context, length) >>> 0;
    out.set(new Uint8Array(exports.memory.buffer, pointer, length), at);
    exports.zstd_read_free(pointer, length);
  }
  exports.zstd_free_ctx(context);
  return out;
}
