import { expect, test } from 'vitest';
import { printReport } from './report.ts';

const report = {
  conditions: [['Node', 'v1']],
  comparisons: [
    { what: 'boot', ours: [5000, 4000, 9000], baseline: [20000, 24000, 16000], aim: 6 },
  ],
  figures: [{ what: 'reset', values: [41.25, 38, 57], unit: 'ms', aim: 'under 150 ms' }],
} as const;

/** The cells of the table row that begins with this text. */
async function row(what: string, from: Parameters<typeof printReport>[0]): Promise<string[]> {
  const line = (await printReport(from)).split('\n').find((text) => text.startsWith(`| ${what} `));
  return (line ?? '').split('|').map((cell) => cell.trim());
}

test('a comparison has both medians and their ratio', async () => {
  expect(await row('boot', report)).toEqual([
    '',
    'boot',
    '5000 ms (4000 to 9000)',
    '20000 ms (16000 to 24000)',
    '**4.00**',
    '6 times as fast',
    '',
  ]);
});

test('without a baseline there is no ratio', async () => {
  const alone = { ...report, comparisons: [{ ...report.comparisons[0], baseline: undefined }] };
  expect(await row('boot', alone)).toContain('not measured');
});

test('a figure has three digits and its aim', async () => {
  expect(await row('reset', report)).toContain('41.3 ms (38.0 to 57.0)');
  expect(await row('reset', report)).toContain('under 150 ms');
});
