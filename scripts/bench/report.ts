/** Prints the benchmark's report in Markdown, readable on a terminal and in docs/. */
import { format } from 'prettier';
import { digits, median, RUNS, spread } from './figures.ts';

/** A task that both machines run. */
export interface Comparison {
  what: string;
  /** Milliseconds. */
  ours: readonly number[];
  /** Undefined when there is no baseline. */
  baseline: readonly number[] | undefined;
  /** The intended speed relative to the baseline. */
  aim: number;
}

/** A measurement of only our machine. */
export interface Figure {
  what: string;
  values: readonly number[];
  unit: string;
  /** Such as `under 300 ms`. */
  aim?: string;
}

/** All measurements and their conditions, as names and values. */
export interface Report {
  conditions: readonly (readonly [name: string, value: string])[];
  comparisons: readonly Comparison[];
  figures: readonly Figure[];
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function comparisonRow({ what, ours, baseline, aim }: Comparison): string[] {
  const aimed = `${aim} times as fast`;
  if (!baseline) return [what, spread(ours, 'ms'), 'not measured', '', aimed];
  const ratio = `**${digits(median(baseline) / median(ours))}**`;
  return [what, spread(ours, 'ms'), spread(baseline, 'ms'), ratio, aimed];
}

/** The report as a Markdown page. */
export function printReport(report: Report): Promise<string> {
  const { conditions, comparisons, figures } = report;
  const page = `# How fast the machine is

Written by \`npm run bench -- --write\`. Each time is the median of ${RUNS} runs, with the least and the most in brackets.
The ratios mean more than the times: both machines took turns on the same processor, so whatever slowed one slowed the other.

${conditions.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

## Beside Debian's stock kernel and programs

The baseline is the same engine with Debian's kernel for 686, an initramfs, and Debian's dynamic programs, as
\`guest/baseline/build.sh\` packs them. Cold boot ends when the shell has run its first command. The others are loops of
one line of bash, the same line in both machines, divided by their rounds.

${table([['what', 'ours', 'baseline', 'ratio', 'aim'], ...comparisons.map(comparisonRow)])}

## What a reader waits for

${table([
  ['what', 'measured', 'aim'],
  ...figures.map(({ what, values, unit, aim = '' }) => [what, spread(values, unit), aim]),
])}
`;
  return format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
}
