import { expect, test } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import { MachineError, StepError, StepTimeout } from '../../machine/errors.ts';
import { parseChapter, printActivity } from '../text/chapter.ts';
import { acceptOutcomes, describeFinding, printProofs } from './finding.ts';
import type { Activity } from '../activity.ts';
import type { Finding } from './finding.ts';
import { proveAlone, proveInOrder } from './verify.ts';

const page = '```sh cell id=a\n$ one\n1\n$ two\n2\n```\n```sh cell id=b\n$ three\n3\n```\n';
const cells = parseChapter('content/x.mdx', page);
const right: Record<string, string> = { one: '1', two: '2', three: '3' };

const isProved = ({ verdict }: Finding): boolean => verdict === 'passed';

/** The text that an author gets for these findings of one cell. */
function describeFindings(page: readonly Activity[], findings: readonly Finding[]): string {
  const activity = page.find(({ id }) => id === findings[0]?.id);
  if (!activity) throw new Error('no such cell');
  return printProofs(
    activity,
    findings.map((finding) => describeFinding(activity, finding)),
  );
}

async function collect(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of findings) found.push(finding);
  return found;
}

test('verifies cells in page order and alone', async () => {
  const machine = new FakeMachine(({ command }) => ({ output: right[command] ?? '' }));
  await machine.start();
  const findings = [
    ...(await collect(proveInOrder(machine, cells))),
    ...(await collect(proveAlone(machine, cells))),
  ];
  expect(findings.map((finding) => isProved(finding))).toEqual([true, true, true, true]);
  expect(machine.log.filter((entry) => entry === 'reset')).toHaveLength(3);
});

const chained = (...metas: string[]): Activity[] =>
  parseChapter(
    'content/x.mdx',
    metas.map((meta) => `\`\`\`sh cell id=${meta}\n$ ${meta[0]}\n\`\`\`\n`).join(''),
  );

test('a chain runs once: the first cell after it continues, and the others return to the state after it', async () => {
  const page = chained('a', 'b after=a', 'c after=a', 'd after=b', 'e after=c');
  const machine = new FakeMachine(() => ({}));
  await machine.start();
  const findings = await collect(proveAlone(machine, page));
  expect(findings.every(isProved)).toBe(true);
  expect(findings.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'c', 'e']);
  expect(machine.log).toEqual([
    ...['reset', 'host: a', 'checkpoint', 'host: b', 'host: d'],
    ...['return, forget', 'host: c', 'host: e'],
  ]);
  machine.log.length = 0;
  await collect(proveAlone(machine, page, page.slice(4)));
  expect(machine.log).toEqual(['reset', 'host: a', 'host: c', 'host: e']);
});

test('a chain whose state was dropped runs again', async () => {
  const page = chained('a', 'b after=a', 'c after=b', 'd after=b', 'e after=b');
  const machine = new FakeMachine(() => ({}));
  await machine.start();
  machine.keeps = () => false;
  await collect(proveAlone(machine, page));
  const runs = machine.log.filter((entry) => entry !== 'checkpoint').join(' ');
  expect(runs.replaceAll(/(?:reset )+/g, 'reset ')).toBe(
    ['c', 'd', 'e'].map((last) => `reset host: a host: b host: ${last}`).join(' '),
  );
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
  expect(alone.filter((finding) => !isProved(finding)).map(({ id }) => id)).toEqual(['b']);
});

test('describes a difference with position, printed and live lines, once for both passes', async () => {
  const machine = new FakeMachine(({ command }) => ({
    output: `${right[command] ?? ''}\nmore`,
    status: 2,
  }));
  await machine.start();
  const [first] = await collect(proveInOrder(machine, cells));
  const [alone] = await collect(proveAlone(machine, cells));
  expect(describeFindings(cells, first && alone ? [first, alone] : [])).toMatchInlineSnapshot(`
    "content/x.mdx:1  cell "a" differs, in page order and alone
      content/x.mdx:2  $ one
        The output differs: - is printed in the chapter, + came from the machine.
          1
        + more
        The exit status differs: 0 is printed, but it was 2.
      content/x.mdx:4  $ two
        The output differs: - is printed in the chapter, + came from the machine.
          2
        + more
        The exit status differs: 0 is printed, but it was 2."
  `);
  expect(cells[0] && first && acceptOutcomes(cells[0], first.outcomes).steps[0]).toMatchObject({
    output: ['1', 'more'],
    status: 2,
  });
});

test.each([
  [new StepError('not complete'), 'not run', 'content/x.mdx:4  $ two\n    not complete'],
  [new StepTimeout('too long'), 'timed out', 'If it needs longer, write timeout=60;'],
  [new MachineError('GuestStopped', 'The kernel panicked.'), 'crashed', 'The kernel panicked.'],
])('%s: %s, and the other cells are verified', async (error, verdict, words) => {
  const machine = new FakeMachine(({ command }) =>
    command === 'two' ? Promise.reject(error) : { output: right[command] ?? '' },
  );
  await machine.start();
  const findings = await collect(proveInOrder(machine, cells));
  expect(findings.map(({ verdict }) => verdict)).toEqual([verdict, 'passed']);
  expect(describeFindings(cells, findings.slice(0, 1))).toContain(words);
});

const fence = (meta: string, command = 'one'): string =>
  `\`\`\`sh cell ${meta}\n$ ${command}\n\`\`\`\n`;

test('cells after one that could not run do not run either, in both passes', async () => {
  const page = parseChapter(
    'content/x.mdx',
    fence('id=a', 'bad') + fence('id=b after=a') + fence('id=c after=b') + fence('id=d'),
  );
  const machine = new FakeMachine(({ command }) =>
    command === 'bad' ? Promise.reject(new StepTimeout('too long')) : {},
  );
  await machine.start();
  for (const prove of [proveInOrder, proveAlone]) {
    machine.log.length = 0;
    const findings = await collect(prove(machine, page));
    expect(findings.map(({ verdict }) => verdict)).toEqual([
      'timed out',
      'not run',
      'not run',
      'passed',
    ]);
    expect(describeFindings(page, findings.slice(1, 2))).toContain('because it comes after "a"');
    expect(machine.log.filter((entry) => entry === 'host: bad')).toHaveLength(1);
  }
});

test('a fresh cell begins on a clean machine, and cells that it undid run again where needed', async () => {
  const page = parseChapter(
    'content/x.mdx',
    fence('id=a', 'a') + fence('id=b fresh', 'b') + fence('id=c after=a', 'c') + fence('id=d', 'd'),
  );
  const machine = new FakeMachine(() => ({}));
  await machine.start();
  const findings = await collect(proveInOrder(machine, page));
  expect(findings.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(machine.log).toEqual([
    ...['reset', 'host: a', 'reset', 'host: b'],
    ...['host: a', 'host: c', 'host: d'],
  ]);
});

test('a skipped cell does not run', async () => {
  const page = parseChapter('content/x.mdx', fence('id=a skip="no network"') + fence('id=b'));
  const machine = new FakeMachine(() => ({}));
  await machine.start();
  for (const prove of [proveInOrder, proveAlone]) {
    expect((await collect(prove(machine, page))).map(({ id }) => id)).toEqual(['b']);
  }
});

test('a cell that fails in only one pass gets advice', async () => {
  const [cell] = cells;
  if (!cell) throw new Error('no cell');
  const outcome = (matches: boolean) => ({ lines: [], status: 0, matches, truncated: false });
  const finding = (pass: Finding['pass'], matches: boolean): Finding => ({
    id: cell.id,
    pass,
    verdict: matches ? 'passed' : 'differs',
    outcomes: [outcome(matches), outcome(true)],
    milliseconds: 1000,
  });
  expect(
    describeFindings(cells, [finding('in page order', true), finding('alone', false)]),
  ).toContain('"a" works after all cells above it, but not without them');
  expect(
    describeFindings(cells, [finding('in page order', false), finding('alone', true)]),
  ).toContain('let "a" begin on a clean machine: fresh');
  expect(describeFindings(cells, [finding('in page order', true), finding('alone', true)])).toBe(
    '',
  );
});

test('truncated output and steps without a status are not accepted', () => {
  const [cell] = cells;
  if (!cell) throw new Error('the page has a cell');
  const outcome = { lines: ['x'], matches: false, truncated: false, status: 0 };
  const accepted = acceptOutcomes(cell, [
    { ...outcome, truncated: true },
    { ...outcome, status: undefined },
  ]);
  expect(accepted).toEqual(cell);
});

test('a program that waits unexpectedly takes no commands of the next cell', async () => {
  const machine = new FakeMachine(({ command }) =>
    command === 'one' ? { status: undefined as never } : { output: right[command] ?? '' },
  );
  await machine.start();
  const findings = await collect(proveInOrder(machine, cells));
  expect(findings.map(({ id, verdict }) => `${id} ${verdict}`).slice(0, 2)).toEqual([
    'a differs',
    expect.stringMatching(/^b (?:passed|not run)$/),
  ]);
  expect(machine.log.indexOf('reset', machine.log.indexOf('host: one'))).toBeGreaterThan(0);
});

test('the output of a step whose program waits, or at whose end the machine stops, is accepted', () => {
  const cellOf = (id: string, text: string) => `\`\`\`sh cell id=${id}\n${text}\n\`\`\``;
  const page = `${cellOf('a', '$ cat\nold\n[waits]')}\n\n${cellOf('b', '$ poweroff\nold\n[stops]')}`;
  const [waits, stops] = parseChapter('x.mdx', page);
  if (!waits || !stops) throw new Error('no cells');
  const outcome = { lines: ['new'], status: undefined, matches: false, truncated: false };
  expect(printActivity(acceptOutcomes(waits, [outcome]))).toBe(cellOf('a', '$ cat\nnew\n[waits]'));
  expect(printActivity(acceptOutcomes(stops, [{ ...outcome, hasStopped: true }]))).toBe(
    cellOf('b', '$ poweroff\nnew\n[stops]'),
  );
  expect(acceptOutcomes(stops, [outcome])).toEqual(stops);
});
