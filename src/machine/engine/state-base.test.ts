import { describe, expect, test } from 'vitest';
import { Checkpoints } from '../checkpoints.ts';
import { differenceBytes, StateBase } from './state-base.ts';

const PAGE = 4096;

/** A state in v86's format: a small buffer and one with pages, each filled with its number. */
function makeState(pages: readonly number[], name = ''): Uint8Array<ArrayBuffer> {
  const buffers = [
    { offset: 0, length: 8 },
    { offset: 8, length: pages.length * PAGE },
  ];
  const text = new TextEncoder().encode(JSON.stringify({ buffer_infos: buffers, state: [name] }));
  const start = Math.ceil((16 + text.length) / 4) * 4;
  const state = new Uint8Array(start + 8 + pages.length * PAGE + 3);
  new DataView(state.buffer).setUint32(12, text.length, true);
  state.set(text, 16);
  state.fill(7, start, start + 8);
  pages.forEach((page, i) => {
    const at = start + 8 + i * PAGE;
    state.subarray(at, at + PAGE).fill(page);
    state[at + 2000] = page >> 8;
  });
  state.fill(9, state.length - 3);
  return state;
}

const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);
const base = new StateBase(makeState(numbers(200)));

describe('a difference', () => {
  test.each([
    ['the same pages', numbers(200)],
    ['own pages in between', [...numbers(50), 301, 302, ...numbers(150, 51)]],
    ['missing pages', [...numbers(20), ...numbers(100, 90)]],
    ['pages in another order', numbers(200).reverse()],
    ['nothing in common', numbers(30, 500)],
    ['no page', []],
  ])('from a state with %s restores that state', (_, pages) => {
    const state = makeState(pages, 'a name that moves what follows');
    expect(Buffer.compare(base.add(base.subtract(state)), state)).toBe(0);
  });

  test('takes little more memory than the new pages', () => {
    const state = makeState([...numbers(50), 301, 302, ...numbers(150, 51)]);
    const bytes = differenceBytes(base.subtract(state));
    expect(bytes).toBeGreaterThan(2 * PAGE);
    expect(bytes).toBeLessThan(4 * PAGE);
  });

  test('does not change with the state', () => {
    const state = makeState([300, ...numbers(10)]);
    const difference = base.subtract(state);
    const copy = state.slice();
    state.fill(0);
    expect(Buffer.compare(base.add(difference), copy)).toBe(0);
  });
});

describe('checkpoints', () => {
  const saved = (page: number) => ({ state: makeState([page, ...numbers(200)]), sessions: [] });
  /** The number of the page with which a state was made. */
  const pageOf = (checkpoints: Checkpoints, id = '') => {
    const state = checkpoints.get(id)?.state;
    return state && [301, 302, 303].find((page) => !Buffer.compare(state, saved(page).state));
  };

  test('return the saved states', () => {
    const checkpoints = new Checkpoints(base, 100 * PAGE);
    const ids = [301, 302].map((page) => checkpoints.add(saved(page)));
    expect(pageOf(checkpoints, ids[0])).toBe(301);
    expect(pageOf(checkpoints, ids[1])).toBe(302);
  });

  test('are dropped over the limit, least recently used first', () => {
    const limit = 2 * differenceBytes(base.subtract(saved(301).state));
    const checkpoints = new Checkpoints(base, limit);
    const [first = '', second = ''] = [301, 302].map((page) => checkpoints.add(saved(page)));
    checkpoints.get(first);
    const third = checkpoints.add(saved(303));
    expect(checkpoints.get(second)).toBeUndefined();
    expect(pageOf(checkpoints, first)).toBe(301);
    expect(pageOf(checkpoints, third)).toBe(303);
    expect(checkpoints.bytes).toBeLessThanOrEqual(limit);
  });

  test('keep the newest, however large', () => {
    const checkpoints = new Checkpoints(base, PAGE);
    checkpoints.add(saved(301));
    const last = checkpoints.add(saved(302));
    expect(pageOf(checkpoints, last)).toBe(302);
  });

  test('of an ended machine name no state of the next', () => {
    const id = new Checkpoints(base, PAGE).add(saved(301));
    const next = new Checkpoints(base, PAGE);
    next.add(saved(302));
    expect(next.get(id)).toBeUndefined();
  });
});
