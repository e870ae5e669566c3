import { expect, test } from 'vitest';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../../src/cells/prove/finding.ts';
import { proveChapters } from './pool.ts';

/** Longer than the start of a worker, even on a busy computer. */
const SILENT_MS = 5000;

/** A worker whose behaviour depends on the chapter's name. */
const createWorker = (): Worker =>
  new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', ({ file, part }) => {
       const [, text] = file.split('-');
       if (text === 'throw') throw new Error('out of memory');
       if (text === 'exit') process.exit(7);
       if (text === 'hang') for (;;);
       if (text === 'unordered' && part === 'in page order') process.exit(8);
       parentPort.postMessage({ type: 'finding', finding: { id: file } });
       parentPort.postMessage(text === 'fail' ? { type: 'crashed', reason: 'no image' } : { type: 'done' });
     });`,
    { eval: true },
  );

test('a worker verifies one chapter after the other', async () => {
  let made = 0;
  const tasks = Array.from({ length: 12 }, (_, i) => ({
    file: `${i}-good`,
    activities: [],
    chosen: [],
  }));
  const ends: (string | undefined)[] = [];
  const hooks = {
    onFinding: () => {},
    onVarying: () => {},
    onEnd: (...[, , crashed]: [string, number, string?]) => void ends.push(crashed),
  };
  await proveChapters(tasks, () => (made++, createWorker()), hooks);
  expect(ends).toEqual(tasks.map(() => undefined));
  expect(made).toBeLessThanOrEqual(4);
});

test('a worker that crashes or hangs ends only its chapter', async () => {
  const tasks = ['good', 'throw', 'exit', 'hang', 'fail', 'good'].map((text, i) => ({
    file: `${i}-${text}`,
    activities: [],
    chosen: [],
  }));
  const found: string[] = [];
  const ends = new Map<string, string | undefined>();
  await proveChapters(
    tasks,
    createWorker,
    {
      onFinding: (_, { id }: Finding) => found.push(id),
      onVarying: () => {},
      onEnd: (file, _, crashed) => ends.set(file, crashed),
    },
    SILENT_MS,
  );
  expect(Object.fromEntries(ends)).toEqual({
    '0-good': undefined,
    '1-throw': 'The worker crashed: Error: out of memory',
    '2-exit': 'The worker ended with 7.',
    '3-hang': 'The machine did not answer for 5 s.',
    '4-fail': 'no image',
    '5-good': undefined,
  });
  expect(found.sort()).toEqual(['0-good', '4-fail', '5-good']);
}, 60_000);

test('a chapter ends with the last of its parts, and with the fault of one of them', async () => {
  const found: string[] = [];
  const ends: [string, string | undefined][] = [];
  await proveChapters(
    ['0-good', '1-unordered'].map((file) => ({ file, activities: [] })),
    createWorker,
    {
      onFinding: (_, { id }: Finding) => found.push(id),
      onVarying: () => {},
      onEnd: (file, _, crashed) => void ends.push([file, crashed]),
    },
  );
  expect(found.sort()).toEqual(['0-good', '0-good', '1-unordered']);
  expect(ends.sort()).toEqual([
    ['0-good', undefined],
    ['1-unordered', 'The worker ended with 8.'],
  ]);
}, 60_000);
