/**
 * Stores states as differences from a base state. Most pages of the guest's memory are the same in two
 * states of one machine, but at other offsets, since v86 omits pages of zeros.
 */

/** A page of the guest's memory. */
const BLOCK = 4096;
const WORDS = BLOCK / 4;

/** A state without the blocks that it shares with its base. */
export interface StateDifference {
  /** Length of the state in bytes. */
  length: number;
  /** Bytes before its first whole block. */
  first: number;
  /** For each block, the index of the equal block of the base, or -1 if it is the next block of `own`. */
  baseBlocks: Int32Array;
  /** The bytes that only this state has: its beginning, its own blocks, and the remainder at the end. */
  own: Uint8Array<ArrayBuffer>;
}

/** The memory that a difference takes, in bytes. */
export function differenceBytes({ baseBlocks, own }: StateDifference): number {
  return baseBlocks.byteLength + own.byteLength;
}

/**
 * Offset of the first block, chosen so that each block is a page. v86's format has four words (the fourth is the
 * length of the JSON text), a JSON text with the offset of each buffer, and the buffers. The largest buffer is
 * the memory.
 */
function firstBlock(state: Uint8Array): number {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  const textLength = view.getUint32(12, true);
  const text = new TextDecoder().decode(state.subarray(16, 16 + textLength));
  const { buffer_infos: buffers } = JSON.parse(text) as {
    buffer_infos: { offset: number; length: number }[];
  };
  const memory = buffers.reduce((largest, next) => (next.length > largest.length ? next : largest));
  return ((Math.ceil((16 + textLength) / 4) * 4 + memory.offset) % BLOCK) as number;
}

/** The base state of differences. */
export class StateBase {
  readonly state: Uint8Array<ArrayBuffer>;
  readonly #first: number;
  readonly #blocks: Int32Array[];
  #indicesByHash: Map<number, number[]> | undefined;

  constructor(state: Uint8Array<ArrayBuffer>) {
    this.state = state;
    this.#first = firstBlock(state);
    this.#blocks = blocksOf(state, this.#first);
  }

  /** The difference of a state of the same machine. Copies the bytes that it keeps. */
  subtract(state: Uint8Array<ArrayBuffer>): StateDifference {
    const first = firstBlock(state);
    const blocks = blocksOf(state, first);
    const baseBlocks = Int32Array.from(blocks, () => -1);
    let next = 0;
    let kept = 0;
    blocks.forEach((block, i) => {
      const found = this.#find(block, next);
      if (found < 0) kept++;
      else next = found + 1;
      baseBlocks[i] = found;
    });
    const end = first + blocks.length * BLOCK;
    const own = new Uint8Array(first + kept * BLOCK + state.length - end);
    own.set(state.subarray(0, first));
    let at = first;
    baseBlocks.forEach((index, i) => {
      if (index >= 0) return;
      own.set(state.subarray(first + i * BLOCK, first + (i + 1) * BLOCK), at);
      at += BLOCK;
    });
    own.set(state.subarray(end), at);
    return { length: state.length, first, baseBlocks, own };
  }

  /** Rebuilds the state from its difference. */
  add({ length, first, baseBlocks, own }: StateDifference): Uint8Array<ArrayBuffer> {
    const state = new Uint8Array(length);
    state.set(own.subarray(0, first));
    let at = first;
    baseBlocks.forEach((index, i) => {
      const from = index < 0 ? own : this.state;
      const start = index < 0 ? at : this.#first + index * BLOCK;
      state.set(from.subarray(start, start + BLOCK), first + i * BLOCK);
      if (index < 0) at += BLOCK;
    });
    state.set(own.subarray(at), first + baseBlocks.length * BLOCK);
    return state;
  }

  /** The index of an equal block, or -1. Pages keep their order, so the next block is usually the equal one. */
  #find(block: Int32Array, next: number): number {
    const expected = this.#blocks[next];
    if (expected && areEqual(block, expected)) return next;
    this.#indicesByHash ??= indexByHash(this.#blocks);
    const equal = this.#indicesByHash
      .get(hash(block))
      ?.find((index) => areEqual(block, this.#blocks[index] as Int32Array));
    return equal ?? -1;
  }
}

function blocksOf(state: Uint8Array<ArrayBuffer>, first: number): Int32Array[] {
  const count = Math.floor((state.length - first) / BLOCK);
  return Array.from(
    { length: count },
    (_, i) => new Int32Array(state.buffer, state.byteOffset + first + i * BLOCK, WORDS),
  );
}

function indexByHash(blocks: readonly Int32Array[]): Map<number, number[]> {
  const indices = new Map<number, number[]>();
  blocks.forEach((block, index) => {
    const key = hash(block);
    const others = indices.get(key);
    if (others) others.push(index);
    else indices.set(key, [index]);
  });
  return indices;
}

/** FNV-1a over words instead of bytes. */
function hash(block: Int32Array): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < WORDS; i++) value = Math.imul(value ^ (block[i] as number), 0x01000193);
  return value;
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < WORDS; i++) if (a[i] !== b[i]) return false;
  return true;
}
