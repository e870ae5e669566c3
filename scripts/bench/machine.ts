/** Measures our machine's own operations: restore, reset, checkpoint, and response times. */
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { RUNS, say, time, times } from './figures.ts';
import type { Figure } from './report.ts';

/** One start: its total time, and the time from the downloaded snapshot to the agent's answer. */
async function start(effects: MachineEffects): Promise<{ whole: number; restore: number }> {
  const machine = new LocalMachine(effects);
  let began = NaN;
  let restore = NaN;
  machine.subscribe(({ name }) => {
    if (name === 'restoring' && Number.isNaN(began)) began = performance.now();
    if (name === 'ready') restore = performance.now() - began;
  });
  const whole = await time(() => machine.start());
  await machine.dispose();
  return { whole, restore };
}

/** Measures in Node, without a page beside it. `restoreAim` is the aim for a restore of this image. */
export async function measureMachine(
  effects: MachineEffects,
  restoreAim: string,
): Promise<Figure[]> {
  say(`restore, reset, checkpoint (image ${effects.image})`);
  const starts: { whole: number; restore: number }[] = [];
  for (let i = 0; i < RUNS; i++) starts.push(await start(effects));
  const machine = new LocalMachine(effects);
  await machine.start();
  const run = (command: string) => machine.run({ session: 'host', command });
  await machine.reset(); // the first reset includes compilation
  const reset = await times(() => machine.reset());
  await run('echo');
  const echo = await times(() => run('echo hello'));
  const kept = await machine.checkpoint();
  const checkpoint = await times(() => machine.checkpoint());
  const back = await times(() => machine.returnTo(kept));
  await machine.dispose();
  const ms = (what: string, values: number[], aim?: string): Figure => ({
    what,
    values,
    unit: 'ms',
    ...(aim && { aim }),
  });
  return [
    ms(
      'restore: inflate, restore, first answer',
      starts.map(({ restore }) => restore),
      restoreAim,
    ),
    ms(
      'start: read and check the snapshot, then restore',
      starts.map(({ whole }) => whole),
    ),
    ms('reset', reset, 'under 150 ms'),
    ms('checkpoint: save the state', checkpoint, 'under 100 ms'),
    ms('return to a checkpoint', back),
    ms('`echo`', echo),
  ];
}
