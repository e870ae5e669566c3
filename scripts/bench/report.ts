/** Prints the benchmark's report in Markdown, readable on a terminal and in docs/. */
import { format } from 'prettier';
import { digits, median, RUNS, spread } from './figures.ts';

/**
 * A task that all machines run, and its times in milliseconds. When there is no baseline, `baseline` and `tunedBaseline` are
 * absent.
 */
export interface Comparison {
  what: string;
  /** The intended speed relative to the baseline. */
  aim: number;
  ours: readonly number[];
  /** Ours, with netfilter's modules loaded. Absent for the boot. */
  withNetfilter?: readonly number[] | undefined;
  /** With v86's default compile setting. */
  baseline?: readonly number[] | undefined;
  /** With our compile setting. */
  tunedBaseline?: readonly number[] | undefined;
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
  docker: readonly Comparison[];
  figures: readonly Figure[];
  dockerFigures: readonly Figure[];
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const comparisonHead = ['what', 'ours', 'baseline', 'ratio', 'aim'];

function comparisonRow({ what, ours, baseline, aim }: Comparison): string[] {
  const aimed = `${aim} times as fast`;
  if (!baseline) return [what, spread(ours, 'ms'), 'not measured', '', aimed];
  return [what, spread(ours, 'ms'), spread(baseline, 'ms'), `**${ratio(baseline, ours)}**`, aimed];
}

/** How many times as fast the second is: the ratio of the medians. */
function ratio(baseline: readonly number[], ours: readonly number[]): string {
  return digits(median(baseline) / median(ours));
}

function settingsRow({ what, ours, withNetfilter, baseline, tunedBaseline }: Comparison): string[] {
  return [
    what,
    tunedBaseline ? spread(tunedBaseline, 'ms') : 'not measured',
    tunedBaseline ? ratio(tunedBaseline, ours) : '',
    withNetfilter ? spread(withNetfilter, 'ms') : '',
    withNetfilter && baseline ? ratio(baseline, withNetfilter) : '',
  ];
}

/** The table of figures. */
export function printFigures(figures: readonly Figure[]): string {
  return table([
    ['what', 'measured', 'aim'],
    ...figures.map(({ what, values, unit, aim = '' }) => [what, spread(values, unit), aim]),
  ]);
}

/** The report as a Markdown page. */
export function printReport(report: Report): Promise<string> {
  const { conditions, comparisons, docker, figures, dockerFigures } = report;
  const page = `# How fast the machine is

Written by \`npm run bench -- --write\`. Each time is the median of ${RUNS} runs, with the least and the most in brackets.
The ratios mean more than the times: all machines took turns on the same processor, so whatever slowed one slowed the others.

${conditions.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

## Beside Debian's stock kernel and programs

The baseline is the same engine with Debian's kernel for 686, an initramfs, and Debian's dynamic programs, as
\`guest/baseline/build.sh\` packs them. Cold boot ends when the shell has run its first command. The others are loops of
one line of bash, the same line in all machines, divided by their rounds.

${table([comparisonHead, ...comparisons.map(comparisonRow)])}

The baseline above runs with v86's default compile setting. The table below has two more comparisons from the same run.
The first compares our machine above with a baseline that uses our compile setting. The second compares our machine,
with netfilter's modules (nftables, connection tracking, NAT) loaded, with the baseline above. With these modules, the
kernel has more to set up for each new network namespace.

${table([
  [
    'what',
    'baseline, our compile setting',
    'its ratio to ours',
    'ours, netfilter loaded',
    'ratio of the baseline above to it',
  ],
  ...comparisons.map(settingsRow),
])}

## Docker Engine compared with Debian's packages

Both machines have the course's kernel and Docker Engine 20.10. Ours is the machine of the chapter on Docker Engine. The
baseline has Debian's own packages \`docker.io\`, \`containerd\` and \`runc\` with their default settings, more memory, and
v86's default compile setting (\`guest/baseline/docker.sh\`, \`scripts/bench/docker-baseline.ts\`). Both start from a
snapshot in which the daemons are running. No container ran in the baseline before its snapshot, and its page cache is
empty, whereas our snapshot contains the pages that the first commands read. A "first" command is the first one after a
start. The "settled" command has run four times before it is timed.

${table([comparisonHead, ...docker.map(comparisonRow)])}

## What a reader waits for

${printFigures(figures)}

On the page of the chapter on Docker Engine:

${printFigures(dockerFigures)}
`;
  return format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
}
