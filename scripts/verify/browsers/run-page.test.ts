import { expect, test } from 'vitest';
import type { Activity } from '../../../src/cells/activity.ts';
import { parseChapter } from '../../../src/cells/text/chapter.ts';
import type { Verdict } from '../../../src/cells/run/result.ts';
import type { BrowserDriver } from './driver.ts';
import { runPage } from './run-page.ts';

const fence = (meta: string) => `\`\`\`sh cell ${meta}\n$ true\n\`\`\`\n`;
const page = (...metas: string[]): Activity[] => parseChapter('x.mdx', metas.map(fence).join('\n'));

/** A driver whose page returns one list of outcomes at each request. */
function pageOf(...lists: Record<string, Verdict>[]): { driver: BrowserDriver; pressed: string[] } {
  const pressed: string[] = [];
  const evaluate = async (source: string, ...args: unknown[]): Promise<unknown> => {
    if (source.includes('pressRunAll')) pressed.push(`all on ${String(args[0])}`);
    else if (source.includes('pressEnd')) pressed.push(`end ${String(args[0])}`);
    else if (source.includes('pressRun')) return Boolean(pressed.push(String(args[0])));
    else if (source.includes('takeOutcomes')) {
      const failure = { name: 'StepTimeout', message: 'It took too long.' };
      return Object.entries(lists.shift() ?? {}).map(([id, verdict]) => ({
        ...{ id, verdict, outcomes: [], milliseconds: 1, reason: undefined },
        ...(verdict === 'timed out' && { failure }),
      }));
    }
    return undefined;
  };
  const nothing = async () => undefined;
  const driver = { version: '1', open: nothing, evaluate, close: nothing } as BrowserDriver;
  return { driver, pressed };
}

const verdictsOf = (found: Awaited<ReturnType<typeof runPage>>) =>
  [...found].map(([id, { verdict, failure }]) => [id, verdict, failure?.message]);

test('listens until all have ended, even during a pause', async () => {
  const { driver, pressed } = pageOf({}, { a: 'passed' }, {}, { b: 'differs' });
  expect(verdictsOf(await runPage(driver, page('id=a', 'id=b', 'id=c skip="no net"')))).toEqual([
    ['a', 'passed', undefined],
    ['b', 'differs', undefined],
  ]);
  expect(pressed).toEqual(['all on main', 'end main']);
});

test('cells behind a failed one run by themselves, and the first result counts', async () => {
  const { driver, pressed } = pageOf(
    { a: 'timed out' },
    { a: 'passed', b: 'passed' },
    { a: 'timed out' },
  );
  expect(verdictsOf(await runPage(driver, page('id=a', 'id=b after=a', 'id=c after=a')))).toEqual([
    ['a', 'timed out', 'It took too long.'],
    ['b', 'passed', undefined],
    ['c', 'not run', 'A cell before it could not run.'],
  ]);
  expect(pressed).toEqual(['all on main', 'b', 'c', 'end main']);
});

test('a second machine runs after the first one was ended', async () => {
  const { driver, pressed } = pageOf({ a: 'passed' }, { b: 'passed' });
  const found = await runPage(driver, page('id=a', 'id=b machine=peer'));
  expect([...found.keys()]).toEqual(['a', 'b']);
  expect(pressed).toEqual(['all on main', 'end main', 'all on peer', 'end peer']);
});

test('the end of the browser ends the wait', async () => {
  const { driver } = pageOf();
  const gone = { ...driver, evaluate: () => Promise.reject(new Error('The browser is gone.')) };
  await expect(runPage(gone, page('id=a'))).rejects.toThrow('The browser is gone.');
});
