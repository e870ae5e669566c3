import { expect, test } from 'vitest';
import { parseChapter } from '../../src/cells/text/chapter.ts';
import { describeFinding } from '../../src/cells/prove/finding.ts';
import type { Finding } from '../../src/cells/prove/finding.ts';
import { judge } from '../../src/cells/run/result.ts';
import type { RunFailure } from '../../src/cells/run/result.ts';
import { toJUnit } from './junit.ts';
import { findFlakes, makeRecord } from './record.ts';
import type { ChapterResult, VerifyRecord } from './record.ts';
import { summarize } from './report.ts';

const text = [
  '```sh cell id=a\n$ x\none <pid>\n...\ntwo\n```\n',
  '```sh cell id=b skip="no <network>"\n$ y\n```\n',
].join('');
const about = {
  date: '2026-11-24T00:00:00Z',
  machines: { course: { kernel: '6.12', snapshot: 'ab' } },
};

/** The record of a pass in which cell "a" printed these lines, or failed like this. */
function recordOf(lines: string[], matches: boolean, failure?: RunFailure): VerifyRecord {
  const activities = parseChapter('content/x.mdx', text);
  const [activity] = activities;
  if (!activity) throw new Error('no cell');
  const outcomes = failure ? [] : [{ lines, status: 0, matches, truncated: false }];
  const verdict = judge(outcomes, failure);
  const finding: Finding = {
    ...{ id: 'a', pass: 'alone', verdict, outcomes, milliseconds: 1500 },
    ...(failure && { failure }),
  };
  const result: ChapterResult = {
    input: { file: 'content/x.mdx', text, image: 'course', activities, key: 'k' },
    findings: [finding],
    proofs: [describeFinding(activity, finding)],
    seconds: 2,
  };
  return makeRecord([result], about);
}

test('counts passed and skipped cells, and the lines that may vary', () => {
  const { counts, skipped } = recordOf(['one 1', 'two'], true);
  expect(counts).toEqual({
    ...{ passed: 1, edited: 0, differs: 0, 'timed out': 0, crashed: 0, 'not run': 0 },
    ...{ skipped: 1, lines: 3, varyingLines: 2 },
  });
  expect(skipped).toEqual([
    { file: 'content/x.mdx', line: 7, kind: 'cell', cell: 'b', reason: 'no <network>' },
  ]);
});

test('JUnit distinguishes failures and errors, and is valid XML for any output', () => {
  expect(toJUnit(recordOf(['<&"\u001b'], false))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="verify">
    <testsuite name="content/x.mdx" tests="2" failures="1" errors="0" skipped="1" time="2.000">
    <testcase name="a, alone" classname="content/x.mdx" file="content/x.mdx" line="1" time="1.500"><failure type="differs" message="cell &quot;a&quot; differs, alone">content/x.mdx:1  cell &quot;a&quot; differs, alone
      content/x.mdx:2  $ x
        The output differs: - is printed in the chapter, + came from the machine.
        - one &lt;pid&gt;
        + &lt;&amp;&quot;�
          ...
        - two</failure></testcase>
    <testcase name="b" classname="content/x.mdx" file="content/x.mdx" line="7"><skipped message="no &lt;network&gt;"/></testcase>
    </testsuite>
    </testsuites>
    "
  `);
  const crash = { name: 'GuestStopped', message: 'The kernel panicked.' };
  expect(toJUnit(recordOf([], false, crash))).toContain('<error type="crashed"');
});

test.each([
  [
    'passes once',
    recordOf(['x'], false),
    recordOf(['one 1', 'two'], true),
    'differs in one pass and passed in',
  ],
  [
    'differs in two ways',
    recordOf(['x'], false),
    recordOf(['y'], false),
    'differs in a different way each time',
  ],
])('a cell that %s is flaky', (_, before, now, words) => {
  const [flake, ...more] = findFlakes(before, now);
  expect(more).toEqual([]);
  expect(flake).toContain('content/x.mdx:1  cell "a", alone, is flaky: it ');
  expect(flake).toContain(words);
  expect(flake).toContain('write <pid>, <number>, <duration> or ... for the parts that vary');
});

test('equal passes, and passes over different cells, have no flakes', () => {
  const wrong = recordOf(['x'], false);
  expect(findFlakes(wrong, recordOf(['x'], false))).toEqual([]);
  const right = recordOf(['one 1', 'two'], true);
  const changed = { ...right, chapters: right.chapters.map((each) => ({ ...each, key: 'new' })) };
  expect(findFlakes(wrong, changed)).toEqual([]);
});

test('a flaky or skipped task is named as one', () => {
  const record = recordOf(['x'], false);
  const asTask = (of: VerifyRecord): VerifyRecord => ({
    ...of,
    proofs: of.proofs.map((proof) => ({ ...proof, kind: 'task' })),
    skipped: of.skipped.map((each) => ({ ...each, kind: 'task' })),
  });
  const [flake] = findFlakes(asTask(record), asTask(recordOf(['one 1', 'two'], true)));
  expect(flake).toContain('content/x.mdx:1  task "a", alone, is flaky: it ');
  expect(summarize(record, 1)[0]).toBe('content/x.mdx:7  cell "b" skipped: no <network>');
  expect(summarize(asTask(record), 1)).toEqual([
    'content/x.mdx:7  task "b" skipped: no <network>',
    'verify: 0 as expected, 1 not (1 differs)',
    'verify: skipped: 1; lines that may vary: 2 of 3',
  ]);
});
