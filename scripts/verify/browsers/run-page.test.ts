import { expect, test } from 'vitest';
import type { BrowserDriver } from './driver.ts';
import { runPage } from './run-page.ts';

interface Shown {
  id: string;
  state: string;
  told: string;
}

/** A driver whose page shows one list of cells after the other. */
function pageOf(...shows: Record<string, string>[]): { driver: BrowserDriver; pressed: string[] } {
  const pressed: string[] = [];
  let at = 0;
  const show = (): Shown[] =>
    Object.entries(shows[Math.min(at, shows.length - 1)] ?? {}).map(([id, state]) => ({
      id,
      state,
      told: state === 'failed' ? 'It took too long.' : '',
    }));
  const evaluate = async (source: string, ...args: unknown[]): Promise<unknown> => {
    if (source.includes('pressRunAll')) pressed.push('all');
    else if (source.includes('pressRun')) {
      pressed.push(String(args[0]));
      at++;
      return true;
    } else if (source.includes('nextChange')) {
      if (args[1] !== 0) at++;
      return show();
    }
    return undefined;
  };
  const nothing = async () => undefined;
  const driver = { version: '1', open: nothing, evaluate, close: nothing } as BrowserDriver;
  return { driver, pressed };
}

test('waits until no cell runs or waits', async () => {
  const { driver, pressed } = pageOf(
    { a: 'queued', b: 'queued' },
    { a: 'running', b: 'queued' },
    { a: 'passed', b: 'running' },
    { a: 'passed', b: 'differs' },
  );
  expect(await runPage(driver)).toEqual([
    { cell: 'a', result: 'passed' },
    { cell: 'b', result: 'differs', reason: '' },
  ]);
  expect(pressed).toEqual(['all']);
});

test('cells behind a failed one run by themselves, and the first result counts', async () => {
  const { driver, pressed } = pageOf(
    { a: 'queued', b: 'queued', c: 'queued' },
    { a: 'failed', b: 'idle', c: 'idle' },
    { a: 'passed', b: 'passed', c: 'idle' },
    { a: 'passed', b: 'passed', c: 'idle' },
  );
  expect(await runPage(driver)).toEqual([
    { cell: 'a', result: 'failed', reason: 'It took too long.' },
    { cell: 'b', result: 'passed' },
    { cell: 'c', result: 'not run', reason: 'A cell that it comes after failed.' },
  ]);
  expect(pressed).toEqual(['all', 'b', 'c']);
});

test('a browser that is gone ends the wait', async () => {
  const { driver } = pageOf({ a: 'queued' });
  const gone = { ...driver, evaluate: () => Promise.reject(new Error('The browser is gone.')) };
  await expect(runPage(gone)).rejects.toThrow('The browser is gone.');
});
