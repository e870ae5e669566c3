import { expect, test } from 'vitest';
import { printProgress, ProgressStore, readProgress } from './store.ts';
import type { KeptTexts, Progress } from './store.ts';

const key = '/course/progress';
const path = 'chapters/x/';
const text = '0123456789ab';

/** Storage in memory; it throws at the calls that are named. */
function storage(kept: Record<string, string> = {}, ...broken: (keyof KeptTexts)[]) {
  const texts = new Map(Object.entries(kept));
  const guard = (call: keyof KeptTexts): void => {
    if (broken.includes(call)) throw new DOMException('blocked', 'QuotaExceededError');
  };
  return {
    getItem: (name: string) => (guard('getItem'), texts.get(name) ?? null),
    setItem: (name: string, value: string) => (guard('setItem'), void texts.set(name, value)),
    removeItem: (name: string) => (guard('removeItem'), void texts.delete(name)),
  };
}

test('an entry is kept, changed, and found by another tab', () => {
  const kept = storage();
  const store = new ProgressStore(() => kept, key);
  store.change(path, 'a', text, (entry) => ({ ...entry, ran: 'as printed' }));
  store.change(path, 'a', text, (entry) => ({ ...entry, answers: { 0: 'one' } }));
  store.change(path, 'b', text, (entry) => ({ ...entry, ran: 'differently' }));
  const other = new ProgressStore(() => kept, key);
  expect(other.find(path, 'a', text)).toEqual({ text, ran: 'as printed', answers: { 0: 'one' } });
  expect(other.read().get(path)?.size).toBe(2);
  expect(new ProgressStore(() => kept, '/other/progress').read().size).toBe(0);
});

test('an entry of another text does not count, and the next change replaces it', () => {
  const store = new ProgressStore(() => kept, key);
  const kept = storage();
  store.change(path, 'a', text, (entry) => ({ ...entry, ran: 'as printed' }));
  expect(store.find(path, 'a', 'new')).toBeUndefined();
  store.change(path, 'a', 'new', (entry) => entry);
  expect(store.find(path, 'a', 'new')).toEqual({ text: 'new' });
});

test('forgetting removes everything', () => {
  const kept = storage();
  const store = new ProgressStore(() => kept, key);
  store.change(path, 'a', text, (entry) => ({ ...entry, ran: 'as printed' }));
  store.forget();
  expect(kept.getItem(key)).toBeNull();
  expect(store.read().size).toBe(0);
});

test.each([
  ['full', storage({}, 'setItem')],
  ['blocked', storage({}, 'getItem', 'setItem', 'removeItem')],
])('with a storage that is %s, progress lasts as long as the page', (_, kept) => {
  const store = new ProgressStore(() => kept, key);
  store.change(path, 'a', text, (entry) => ({ ...entry, ran: 'as printed' }));
  expect(store.find(path, 'a', text)?.ran).toBe('as printed');
  store.forget();
  expect(store.read().size).toBe(0);
});

test('without any storage, nothing throws', () => {
  const store = new ProgressStore(() => {
    throw new DOMException('no storage', 'SecurityError');
  }, key);
  store.change(path, 'a', text, (entry) => entry);
  expect(store.find(path, 'a', text)).toEqual({ text });
});

test('what a newer site has written is left alone', () => {
  const written = '{"version":2,"pages":{}}';
  const kept = storage({ [key]: written });
  const store = new ProgressStore(() => kept, key);
  store.change(path, 'a', text, (entry) => entry);
  expect(store.read().size).toBe(0);
  expect(kept.getItem(key)).toBe(written);
});

test('printed progress reads back, whatever its names are', () => {
  const progress: Progress = new Map([
    ['constructor', new Map([['toString', { text, ran: 'differently' as const }]])],
    [path, new Map([['a', { text }]])],
  ]);
  expect(readProgress(printProgress(progress))).toEqual(progress);
});

test.each([
  '',
  'null',
  '[]',
  '{"version":1',
  '{"version":1,"pages":{"__proto__":{"a":{"text":"1"}},"x/":{"__proto__":{"text":"1"}}}}',
  '{"version":1,"pages":[1]}',
  '{"version":"1","pages":{}}',
  `{"version":1,"pages":{"x/":{"a":{"text":${'['.repeat(9)}${']'.repeat(9)}}}}}`,
])('damaged text counts as no progress: %s', (damaged) => {
  expect(readProgress(damaged).size).toBe(0);
});

test('an entry that is not valid is left out, and the others stay', () => {
  const entries = {
    good: { text, later: 'a field of a later version' },
    ran: { text, ran: '<b>yes</b>' },
    step: { text, answers: { one: 'x' } },
    long: { text, answers: { 0: 'x'.repeat(201) } },
    none: null,
  };
  const written = JSON.stringify({ version: 1, pages: { [path]: entries, 'y/': 7 } });
  expect(readProgress(written)).toEqual(new Map([[path, new Map([['good', { text }]])]]));
});
