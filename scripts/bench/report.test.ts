import { expect, test } from 'vitest';
import { printReport } from './report.ts';

const report = {
  conditions: [['Node', 'v1']],
  comparisons: [
    {
      what: 'boot',
      aim: 6,
      ours: [5000, 4000, 9000],
      withNetfilter: [8000, 7000, 9000],
      baseline: [20000, 24000, 16000],
      tunedBaseline: [10000, 12000, 9000],
    },
  ],
  docker: [{ what: '`docker ps`', aim: 4.5, ours: [1000, 900], baseline: [5000, 4900] }],
  figures: [{ what: 'reset', values: [41.25, 38, 57], unit: 'ms', aim: 'under 150 ms' }],
  dockerFigures: [{ what: 'restore', values: [500, 510, 490], unit: 'ms' }],
} as const;

/** The cells of the table rows that begin with this text. */
async function rows(what: string, from: Parameters<typeof printReport>[0]): Promise<string[][]> {
  const lines = (await printReport(from)).split('\n');
  const found = lines.filter((line) => line.startsWith(`| ${what} `));
  return found.map((line) => line.split('|').map((cell) => cell.trim()));
}

test('a comparison has both medians and their ratio; the second table has those of the other settings', async () => {
  expect(await rows('boot', report)).toEqual([
    [
      '',
      'boot',
      '5000 ms (4000 to 9000)',
      '20000 ms (16000 to 24000)',
      '**4.00**',
      '6 times as fast',
      '',
    ],
    ['', 'boot', '10000 ms (9000 to 12000)', '2.00', '8000 ms (7000 to 9000)', '2.50', ''],
  ]);
});

test('the comparison of Docker has the ratio of its medians', async () => {
  expect(await rows('`docker ps`', report)).toEqual([
    [
      '',
      '`docker ps`',
      '1000 ms (900 to 1000)',
      '5000 ms (4900 to 5000)',
      '**5.00**',
      '4.5 times as fast',
      '',
    ],
  ]);
});

test('without a baseline there is no ratio', async () => {
  const { what, aim, ours, withNetfilter } = report.comparisons[0];
  const alone = { ...report, comparisons: [{ what, aim, ours, withNetfilter }] };
  expect(await rows('boot', alone)).toEqual([
    ['', 'boot', '5000 ms (4000 to 9000)', 'not measured', '', '6 times as fast', ''],
    ['', 'boot', 'not measured', '', '8000 ms (7000 to 9000)', '', ''],
  ]);
});

test('a figure has three digits and its aim', async () => {
  const [cells] = await rows('reset', report);
  expect(cells).toContain('41.3 ms (38.0 to 57.0)');
  expect(cells).toContain('under 150 ms');
});
