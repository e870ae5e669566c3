/** Times cold boots of our machine and of the baseline with both compile settings, in turns. */
import { coldBoot } from '../../src/machine/cold-boot.ts';
import type { Engine } from '../../src/machine/engine/engine.ts';
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import type { ImageEntry } from '../../src/machine/image/manifest.ts';
import type { BootBaseline, CompileSetting } from './baseline.ts';
import { RUNS, say, time } from './figures.ts';
import type { Comparison } from './report.ts';

/** Boots a machine until a shell has run its first command. */
type Boot = () => Promise<Engine>;

/** Boots the image and has its session run a command. */
async function bootOurs(image: ImageEntry, effects: MachineEffects): Promise<Engine> {
  const { engine, channel } = await coldBoot(image, effects);
  await channel.session('host').run('true');
  return engine;
}

async function timeBoot(boot: Boot): Promise<number> {
  let engine: Engine | undefined;
  const spent = await time(async () => (engine = await boot()));
  await engine?.destroy();
  return spent;
}

function timeBaseline(boot: BootBaseline, setting: CompileSetting): Promise<number> {
  return timeBoot(async () => {
    const { engine, shell } = await boot(setting);
    await shell.run('true');
    return engine;
  });
}

/** Rejects when one of them does not boot. Without a baseline, boots only ours. */
export async function compareBoots(
  image: ImageEntry,
  effects: MachineEffects,
  bootBaseline: BootBaseline | undefined,
): Promise<Comparison> {
  say('cold boots');
  const ours: number[] = [];
  const baseline: number[] = [];
  const tunedBaseline: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    ours.push(await timeBoot(() => bootOurs(image, effects)));
    if (!bootBaseline) continue;
    baseline.push(await timeBaseline(bootBaseline, 'stock'));
    tunedBaseline.push(await timeBaseline(bootBaseline, 'tuned'));
  }
  const what = 'cold boot to a prompt';
  return { what, aim: 6, ours, ...(bootBaseline && { baseline, tunedBaseline }) };
}
