import { expect, test } from 'vitest';
import { FakeMachine } from '../machine/fake-machine.ts';
import { StepError } from '../machine/errors.ts';
import { parseChapter } from './chapter.ts';
import { acceptOutcomes, describeFinding, isProved, proveAlone, proveInOrder } from './verify.ts';
import type { Finding } from './verify.ts';

const page = '```sh cell id=a\n$ one\n1\n$ two\n2\n```\n```sh cell id=b\n$ three\n3\n```\n';
const cells = parseChapter('content/x.mdx', page);
const right: Record<string, string> = { one: '1', two: '2', three: '3' };

async function collect(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of findings) found.push(finding);
  return found;
}

test('proves cells in page order and alone', async () => {
  const machine = new FakeMachine(({ command }) => ({ output: right[command] ?? '' }));
  await machine.start();
  const findings = [
    ...(await collect(proveInOrder(machine, cells))),
    ...(await collect(proveAlone(machine, cells))),
  ];
  expect(findings.map((finding) => isProved(finding))).toEqual([true, true, true, true]);
  expect(machine.log.filter((entry) => entry === 'reset')).toHaveLength(3);
});

test('a chain runs once, and those that depend on it return to the state after it', async () => {
  const fence = (meta: string): string => `\`\`\`sh cell ${meta}\n$ one\n1\n\`\`\`\n`;
  const chained = parseChapter(
    'content/x.mdx',
    fence('id=a') + fence('id=b after=a') + fence('id=c after=b'),
  );
  const machine = new FakeMachine(({ command }) => ({ output: right[command] ?? '' }));
  await machine.start();
  const findings = await collect(proveAlone(machine, chained));
  expect(findings.every(isProved)).toBe(true);
  const run = 'host: one';
  expect(machine.log).toEqual([
    'reset',
    run,
    'checkpoint',
    'return',
    run,
    'checkpoint',
    'return',
    run,
  ]);
  machine.log.length = 0;
  await collect(proveAlone(machine, chained, chained.slice(2)));
  expect(machine.log).toEqual(['reset', run, 'checkpoint', run, 'checkpoint', run]);
});

test('finds a dependency that the author did not declare', async () => {
  let wrote = false;
  const machine = new FakeMachine(({ command }) => {
    if (command === 'two') wrote = true;
    if (command === 'three' && !wrote) return { status: 1 };
    return { output: right[command] ?? '' };
  });
  const reset = machine.reset.bind(machine);
  machine.reset = () => {
    wrote = false;
    return reset();
  };
  await machine.start();
  expect((await collect(proveInOrder(machine, cells))).every(isProved)).toBe(true);
  const alone = await collect(proveAlone(machine, cells));
  expect(alone.filter((finding) => !isProved(finding)).map(({ cell }) => cell.id)).toEqual(['b']);
});

test('describes a difference by its place, what was printed and what came', async () => {
  const machine = new FakeMachine(({ command }) => ({
    output: `${right[command] ?? ''}\nmore`,
    status: 2,
  }));
  await machine.start();
  const [finding] = await collect(proveInOrder(machine, cells));
  expect(finding && describeFinding(finding)).toMatchInlineSnapshot(`
    "content/x.mdx:1  cell "a", in page order
      content/x.mdx:2  $ one
          1
        + more
        - exit status 0
        + exit status 2
      content/x.mdx:4  $ two
          2
        + more
        - exit status 0
        + exit status 2"
  `);
  expect(finding && acceptOutcomes(finding.cell, finding.outcomes).steps[0]).toMatchObject({
    output: ['1', 'more'],
    status: 2,
  });
});

test('a step that could not be run is a finding with its reason', async () => {
  const machine = new FakeMachine(({ command }) =>
    command === 'two'
      ? Promise.reject(new StepError('too long'))
      : { output: right[command] ?? '' },
  );
  await machine.start();
  const [finding] = await collect(proveInOrder(machine, cells));
  expect(finding && isProved(finding)).toBe(false);
  expect(finding && describeFinding(finding)).toContain('content/x.mdx:4  StepError: too long');
});
