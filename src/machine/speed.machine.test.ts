import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Channel } from './agent/channel.ts';
import { coldBoot } from './cold-boot.ts';
import { PAUSE } from './engine/compile-rate.ts';
import type { Engine } from './engine/engine.ts';
import { readImage } from './image/read-image.ts';
import { nodeEffects } from './node-machine.ts';
import { withOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';

let engine: Engine;
let channel: Channel;

beforeAll(async () => {
  const effects = nodeEffects(machineFolder);
  ({ engine, channel } = await coldBoot(await readImage(effects), effects));
});
afterAll(() => engine.destroy());

async function run(command: string): Promise<void> {
  const { status, output } = await withOutput((onOutput) =>
    channel.session('host').run(command, { onOutput }),
  );
  expect(status, output).toBe(0);
}

/**
 * Thousands of instructions per round: the minimum of several loops, since on a busy computer more
 * ticks of the guest's clock fall into each.
 */
async function cost(command: string, rounds: number): Promise<number> {
  const loops: number[] = [];
  for (let i = 0; i < 4; i++) {
    const before = engine.instructions();
    await run(`for i in $(seq ${rounds}); do ${command}; done`);
    loops.push(((engine.instructions() - before) >>> 0) / rounds / 1000);
  }
  return Math.min(...loops);
}

/**
 * docs/levers.md lists the counts before each change. With all of them, the four commands below and `crun run` take about
 * 250, 300, 1320, 5640 and 5980 thousand instructions. More rounds reduce the share of the loop itself, which is half a dozen forks.
 */
test.each([
  ['fork and exit', '(:)', 285, 60],
  ['fork, exec and exit of a static program', '/bin/true', 330, 20],
  [
    'unshare of six namespaces',
    'unshare --fork --mount --uts --ipc --net --pid --user --mount-proc --map-root-user true',
    1500,
    20,
  ],
  // Without glibc's cache of character sets, ps takes 14,700 thousand.
  ['ps', 'ps > /dev/null', 6300, 10],
])('%s takes few instructions', async (_, command, most, rounds) => {
  const thousands = await cost(command, rounds);
  expect(thousands).toBeLessThan(most);
  expect(thousands).toBeGreaterThan(most / 3); // otherwise the command has not run
});

test('a container of crun takes few instructions', async () => {
  await run('mkdir -p /tmp/b/rootfs/bin && cd /tmp/b && cp /bin/true rootfs/bin/ && crun spec');
  await run('sed -i \'s/"sh"/"true"/; s/"terminal": true/"terminal": false/\' config.json');
  const thousands = await cost('crun run test', 4);
  expect(thousands).toBeLessThan(6600);
  expect(thousands).toBeGreaterThan(2500);
});

test.each([
  ['60 short commands', 'for i in $(seq 60); do /bin/true; done'],
  ['20,000 rounds of a loop', 'for ((i = 0; i < 20000; i++)); do :; done'],
])('%s cause at most one compilation per million instructions', async (_, command) => {
  // v86 instantiates a module for each piece of code that it has compiled.
  const instantiate = vi.spyOn(WebAssembly, 'instantiate');
  const before = engine.instructions();
  await run(command);
  const executed = (engine.instructions() - before) >>> 0;
  const compiled = instantiate.mock.calls.length;
  instantiate.mockRestore();
  expect(compiled).toBeGreaterThan(0);
  expect(compiled).toBeLessThanOrEqual(executed / PAUSE + 1);
});

/** Instructions per millisecond of the guest's clock while nothing happens: the minimum of three seconds. */
async function perMillisecond(): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < 3; i++) {
    const [before, start] = [engine.instructions(), engine.guestTime()];
    await run('sleep 1');
    seconds.push(((engine.instructions() - before) >>> 0) / (engine.guestTime() - start));
  }
  return Math.min(...seconds);
}

// A busy loop executes about 200,000 a millisecond on a free processor; a slow one executes fewer, but the agent wakes as often.
test('looking whether a step reads or waits takes few instructions', async () => {
  const idle = await perMillisecond();
  expect(idle).toBeGreaterThan(400);
  expect(idle).toBeLessThan(4000);
});

test('listing processes at the shortest interval takes few instructions', async () => {
  await run('for i in $(seq 12); do sleep 1000 & done');
  const idle = await perMillisecond();
  let lists = 0;
  const stop = channel.observe({ ms: 1, listener: () => lists++ });
  const observed = await perMillisecond();
  stop();
  await run('kill $(jobs -p)');
  expect(lists).toBeGreaterThan(0);
  expect(observed - idle).toBeLessThan(2000);
});
