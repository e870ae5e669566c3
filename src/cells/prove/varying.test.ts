import { expect, test } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import { parseChapter } from '../text/chapter.ts';
import { describeFinding, printProofs } from './finding.ts';
import type { Finding } from './finding.ts';
import { findVarying } from './varying.ts';
import { proveAlone, proveInOrder } from './verify.ts';

const fence = (id: string, ...lines: string[]): string =>
  `\`\`\`sh cell id=${id}\n${lines.join('\n')}\n\`\`\`\n`;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Both passes over a page, and what a second run finds to vary. */
async function verify(
  page: string,
  answer: (command: string, round: number) => string,
  end: { status?: undefined } = {},
) {
  const cells = parseChapter('content/x.mdx', page);
  let round = 0;
  const machine = new FakeMachine(({ command }) => ({ output: answer(command, round++), ...end }));
  await machine.start();
  const findings: Finding[] = [
    ...(await collect(proveInOrder(machine, cells))),
    ...(await collect(proveAlone(machine, cells))),
  ];
  const varying = await collect(findVarying(machine, cells, findings));
  return { cells, findings, varying, runs: round };
}

test('an output that is another one each time varies', async () => {
  const { varying } = await verify(fence('a', '$ x', '1'), (_, round) => `${round + 2}`);
  expect(varying).toEqual([
    { id: 'a', pass: 'in page order' },
    { id: 'a', pass: 'alone' },
  ]);
});

test('so does that of a step whose program waits', async () => {
  const page = fence('a', '$ x', '1', '[waits]');
  const waits = { status: undefined };
  expect((await verify(page, (_, round) => `${round + 2}`, waits)).varying).toHaveLength(2);
  expect((await verify(page, () => '2', waits)).varying).toEqual([]);
});

test('an output that is wrong in the same way does not, whatever its matchers match', async () => {
  const { varying } = await verify(
    fence('a', '$ x', 'pid <pid>', 'old'),
    (_, round) => `pid ${round + 7}\nnew`,
  );
  expect(varying).toEqual([]);
});

test('a cell that differs once, and not again, varies', async () => {
  const { varying } = await verify(fence('a', '$ x', 'fast'), (_, round) =>
    round === 1 ? 'slow' : 'fast',
  );
  expect(varying).toEqual([{ id: 'a', pass: 'alone' }]);
});

test('what passed does not run again', async () => {
  const { runs } = await verify(
    fence('a', '$ x', 'x') + fence('b', '$ y', 'z'),
    (command) => command,
  );
  // Both passes take two runs each. Then comes the page up to the last cell that differed, and that cell alone.
  expect(runs).toBe(4 + 2 + 1);
});

test('nothing runs again when much differs', async () => {
  const page = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => fence(id, `$ ${id}`, 'x')).join('');
  const { runs, varying } = await verify(page, (command) => command);
  expect([runs, varying]).toEqual([12, []]);
});

test('the advice names what varies, and not a missing “after”', async () => {
  const { cells, findings, varying } = await verify(fence('a', '$ x', 'fast'), (_, round) =>
    round === 1 ? 'slow' : 'fast',
  );
  const proofs = findings.map((finding) =>
    describeFinding(cells[0] as never, {
      ...finding,
      varies: varying.some(({ pass }) => pass === finding.pass),
    }),
  );
  const printed = printProofs(cells[0] as never, proofs);
  expect(printed).toContain('"a" printed something else when it ran again');
  expect(printed).not.toContain('after=');
});
