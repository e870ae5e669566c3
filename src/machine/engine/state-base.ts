/**
 * States as differences from one they share. Most pages of the guest's memory are the same in two
 * states of one machine, though at other places, since v86 leaves out pages of zeros.
 */

/** A page of the guest's memory. */
const BLOCK = 4096;
const WORDS = BLOCK / 4;

/** A state without what its base has. */
export interface StateDifference {
  /** Bytes of the state. */
  length: number;
  /** Bytes before its first whole block. */
  first: number;
  /** For each block the base's block that it equals, or -1 when it is the next one of `own`. */
  places: Int32Array;
  /** What only this state has: its beginning, blocks, and what is left at the end. */
  own: Uint8Array<ArrayBuffer>;
}

/** Bytes of memory that a difference takes. */
export function differenceBytes({ places, own }: StateDifference): number {
  return places.byteLength + own.byteLength;
}

/**
 * Where blocks begin, so that they are pages. v86's file has four words (the fourth is the length of
 * what follows), a JSON text that places each buffer, and the buffers; the largest is the memory.
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

/** A state that others are told from. */
export class StateBase {
  readonly state: Uint8Array<ArrayBuffer>;
  readonly #first: number;
  readonly #blocks: Int32Array[];
  #numbers: Map<number, number[]> | undefined;

  constructor(state: Uint8Array<ArrayBuffer>) {
    this.state = state;
    this.#first = firstBlock(state);
    this.#blocks = blocksOf(state, this.#first);
  }

  /** The difference of a state of the same machine. Copies what it keeps. */
  subtract(state: Uint8Array<ArrayBuffer>): StateDifference {
    const first = firstBlock(state);
    const blocks = blocksOf(state, first);
    const places = Int32Array.from(blocks, () => -1);
    let next = 0;
    let kept = 0;
    blocks.forEach((block, i) => {
      const found = this.#find(block, next);
      if (found < 0) kept++;
      else next = found + 1;
      places[i] = found;
    });
    const end = first + blocks.length * BLOCK;
    const own = new Uint8Array(first + kept * BLOCK + state.length - end);
    own.set(state.subarray(0, first));
    let at = first;
    places.forEach((place, i) => {
      if (place >= 0) return;
      own.set(state.subarray(first + i * BLOCK, first + (i + 1) * BLOCK), at);
      at += BLOCK;
    });
    own.set(state.subarray(end), at);
    return { length: state.length, first, places, own };
  }

  /** The state that a difference was made of. */
  add({ length, first, places, own }: StateDifference): Uint8Array<ArrayBuffer> {
    const state = new Uint8Array(length);
    state.set(own.subarray(0, first));
    let at = first;
    places.forEach((place, i) => {
      const from = place < 0 ? own : this.state;
      const start = place < 0 ? at : this.#first + place * BLOCK;
      state.set(from.subarray(start, start + BLOCK), first + i * BLOCK);
      if (place < 0) at += BLOCK;
    });
    state.set(own.subarray(at), first + places.length * BLOCK);
    return state;
  }

  /** The number of an equal block, or -1. Pages keep their order, so the next one mostly is it. */
  #find(block: Int32Array, next: number): number {
    const expected = this.#blocks[next];
    if (expected && areEqual(block, expected)) return next;
    this.#numbers ??= numberByHash(this.#blocks);
    const equal = this.#numbers
      .get(hash(block))
      ?.find((number) => areEqual(block, this.#blocks[number] as Int32Array));
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

function numberByHash(blocks: readonly Int32Array[]): Map<number, number[]> {
  const numbers = new Map<number, number[]>();
  blocks.forEach((block, number) => {
    const key = hash(block);
    const others = numbers.get(key);
    if (others) others.push(number);
    else numbers.set(key, [number]);
  });
  return numbers;
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
