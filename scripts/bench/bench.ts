/**
 * Measures the machine's speed, compared with Debian's stock kernel in the same engine, and the times that a
 * reader waits for. Prints medians, spreads and ratios; asserts nothing. Takes about 20 minutes.
 * usage: npm run bench [-- --write | --slow]
 *   --write   writes to docs/bench.md as well
 *   --slow    measures only the readers with a slow network or a slow computer
 */
import { access, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../src/counted.ts';
import { readImage } from '../../src/machine/image/read-image.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { BASELINE_COMMAND_LINE, BASELINE_MEMORY_BYTES, bootBaseline } from './baseline.ts';
import type { BootBaseline } from './baseline.ts';
import { compareBoots } from './boots.ts';
import { measureInBrowser } from './browser.ts';
import { measureBytes, measureEngine } from './bytes.ts';
import { RUNS, say } from './figures.ts';
import { findBaseline } from './find-baseline.ts';
import type { Baseline } from './find-baseline.ts';
import { compareDocker } from './docker.ts';
import { findDockerBaseline } from './docker-baseline.ts';
import type { DockerBaseline } from './docker-baseline.ts';
import { compareLoops } from './loops.ts';
import { measureMachine } from './machine.ts';
import { measureSlowReaders } from './slow-readers.ts';
import { printFigures, printReport } from './report.ts';
import type { Figure, Report } from './report.ts';
import { machineFolder, top } from '../../src/paths.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
  },
});
const folder = machineFolder;
const effects = nodeEffects(folder);
const dockerEffects = nodeEffects(folder, 'docker');
const image = await readImage(effects);

function conditions(
  baseline: Baseline | undefined,
  docker: DockerBaseline | undefined,
): Report['conditions'] {
  const [processor] = cpus();
  const mib = (bytes: number): string => `${bytes / 2 ** 20} MiB of memory`;
  return [
    ['Measured', new Date().toISOString().slice(0, 10)],
    ['Processor', `\`${processor?.model.trim()}\`, ${counted(cpus().length, 'core')}`],
    ['Node', `${process.version} on ${process.platform} ${process.arch}`],
    ['Engine', `v86 ${effects.engineVersion}`],
    ['Ours', `Linux \`${image.version}\`, ${mib(image.memoryBytes)}`],
    ...(baseline
      ? ([
          ['Baseline', `Linux \`${baseline.kernel}\`, ${mib(BASELINE_MEMORY_BYTES)}`],
          ['Its command line', `\`${BASELINE_COMMAND_LINE}\``],
          ['Its programs', `\`${baseline.programs}\``],
        ] as const)
      : []),
    ...(docker ? ([['Debian’s Docker packages', `\`${docker.programs}\``]] as const) : []),
  ];
}

async function measurePage(): Promise<Figure[]> {
  const assets = join(top, 'dist/_astro');
  try {
    await access(assets);
  } catch {
    say('the page is left out: run `npm run build` first.');
    return [];
  }
  say('a page in a browser');
  return [
    await measureEngine(assets),
    ...(await measureInBrowser(RUNS)),
    ...(await measureSlowReaders(RUNS)),
  ];
}

if (values.slow) {
  console.log(printFigures(await measureSlowReaders(RUNS)));
  process.exit(0);
}
const baseline = await findBaseline(top);
const boot: BootBaseline | undefined =
  baseline && ((setting) => bootBaseline(baseline, image, effects, setting));
const comparisons = [await compareBoots(image, effects, boot)];
const baselines = boot && { stock: await boot('stock'), tuned: await boot('tuned') };
comparisons.push(...(await compareLoops(effects, baselines)));
for (const { engine } of Object.values(baselines ?? {})) await engine.destroy();
const dockerBaseline = await findDockerBaseline(top, dockerEffects);
const docker = await compareDocker(dockerEffects, dockerBaseline);
const dockerFigures = [
  ...(await measureMachine(dockerEffects, 'under 700 ms')),
  ...(await measureBytes(top, folder, dockerEffects, {
    page: 'chapters/docker-engine.mdx',
    until: 'end',
    aim: 'at most 24 MB',
  })),
];
const figures = [
  ...(await measureMachine(effects, 'under 250 ms')),
  ...(await measureBytes(top, folder, effects, {
    page: 'index.mdx',
    until: 'first output',
    aim: 'at most 3.6 MB',
  })),
  ...(await measurePage()),
];
const page = await printReport({
  conditions: conditions(baseline, dockerBaseline),
  ...{ comparisons, docker, figures, dockerFigures },
});
console.log(page);
if (values.write) await writeFile(join(top, 'docs/bench.md'), page);
process.exit(0);
