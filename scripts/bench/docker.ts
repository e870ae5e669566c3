/** Times Docker's commands alternately in the image "docker" and with Debian's own packages. */
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import type { DockerBaseline } from './docker-baseline.ts';
import { RUNS, say, time } from './figures.ts';
import type { Comparison } from './report.ts';
import { machineShell } from './shell.ts';

/** Commands whose first run after a restore is timed. */
const first = [
  { what: 'first `docker ps`', command: 'docker ps', aim: 4.5 },
  {
    what: 'first `docker run --rm --network none`',
    command: 'docker run --rm --network none busybox true',
    aim: 4.5,
  },
];
const settled = {
  what: '`docker run --rm` with the default bridge, settled',
  command: 'docker run --rm busybox true',
  aim: 2.5,
};
/** Runs that do not count. The engine compiles code that runs often, so the first few runs are slower. */
const WARM_UPS = 4;

/** The milliseconds that a command takes on a machine that has just started. */
async function timeFirst(effects: MachineEffects, command: string): Promise<number> {
  const machine = new LocalMachine(effects);
  try {
    await machine.start();
    return await time(() => machineShell(machine).run(command));
  } finally {
    await machine.dispose();
  }
}

/** The milliseconds that a command takes on each machine. The machines take turns. The first runs do not count. */
async function timeSettled(all: readonly MachineEffects[], command: string): Promise<number[][]> {
  const machines = all.map((effects) => new LocalMachine(effects));
  const measured = all.map((): number[] => []);
  for (const machine of machines) {
    await machine.start();
    await machine.pause();
  }
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    for (const [at, machine] of machines.entries()) {
      await machine.resume();
      const spent = await time(() => machineShell(machine).run(command));
      await machine.pause();
      if (run >= WARM_UPS) measured[at]?.push(spent);
    }
  }
  for (const machine of machines) await machine.dispose();
  return measured;
}

/** Rejects when a command fails. Without a baseline, measures only ours. */
export async function compareDocker(
  ours: MachineEffects,
  baseline: DockerBaseline | undefined,
): Promise<Comparison[]> {
  const all = [ours, ...(baseline ? [baseline.effects] : [])];
  const comparisons: Comparison[] = [];
  for (const { what, command, aim } of first) {
    say(what);
    const measured = all.map((): number[] => []);
    for (let run = 0; run < RUNS; run++) {
      for (const [at, effects] of all.entries())
        measured[at]?.push(await timeFirst(effects, command));
    }
    comparisons.push({ what, aim, ours: measured[0] ?? [], baseline: measured[1] });
  }
  say(settled.what);
  const [settledOurs = [], settledBaseline] = await timeSettled(all, settled.command);
  const { what, aim } = settled;
  return [...comparisons, { what, aim, ours: settledOurs, baseline: settledBaseline }];
}
