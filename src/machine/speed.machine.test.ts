import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Channel } from './agent/channel.ts';
import type { KernelReport, KernelRequest } from './agent/kernel-report.ts';
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

/** Instructions per millisecond of the guest's clock while a command runs. */
async function perMillisecond(command: string): Promise<number> {
  const [before, start] = [engine.instructions(), engine.guestTime()];
  await run(command);
  return ((engine.instructions() - before) >>> 0) / (engine.guestTime() - start);
}

/** The same while nothing happens: the minimum of three seconds. */
async function idlePerMillisecond(): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < 3; i++) seconds.push(await perMillisecond('sleep 1'));
  return Math.min(...seconds);
}

// A busy loop executes about 200,000 a millisecond on a free processor; a slow one executes fewer, but the agent wakes as often.
test('looking whether a step reads or waits takes few instructions', async () => {
  const idle = await idlePerMillisecond();
  expect(idle).toBeGreaterThan(400);
  expect(idle).toBeLessThan(4000);
});

test('a terminal that no process has open takes few instructions', async () => {
  const ended = withOutput((onOutput) =>
    channel.session('other').run('exec sleep 6 </dev/null >/dev/null 2>&1', { onOutput }),
  );
  await run('sleep 0.5');
  const idle = await idlePerMillisecond();
  expect(idle).toBeLessThan(4000);
  expect(await ended).toMatchObject({ output: '', status: 0 });
});

/** Everything that can be observed. */
const everything = { ms: 1, groups: true, networks: true, mountsOf: 1 };

/** Makes 30 groups, and a bridge with four ports to another network. */
const objects =
  'mkdir $(seq -f "/sys/fs/cgroup/g%g" 30); unshare --net sleep 1000 & sleep 0.3; ip link add br0 type bridge; ' +
  'for i in 1 2 3 4; do ip link add v$i type veth peer w$i netns $!; ip link set v$i master br0 up; done';

/** Thousands of instructions until the first report comes: the minimum of four. */
async function costOfLook(request: KernelRequest): Promise<number> {
  const looks: number[] = [];
  for (let i = 0; i < 4; i++) {
    await run('sleep 1'); // until the agent may send the next bytes
    const before = engine.instructions();
    const { promise, resolve } = Promise.withResolvers<KernelReport>();
    const stop = channel.observe({ ...request, listener: resolve });
    await promise;
    looks.push(((engine.instructions() - before) >>> 0) / 1000);
    stop();
  }
  return Math.min(...looks);
}

// A process takes about 75 thousand, a group 130, and a link 40.
test.each([
  ['processes', 12, { ms: 1 }, 1600],
  ['everything and 200 processes', 200, everything, 23_000],
])('observing %s takes few instructions', async (_, processes, request, most) => {
  await run(`for i in $(seq ${processes}); do sleep 1000 & done; ${objects}`);
  const look = await costOfLook(request);
  const idle = await idlePerMillisecond();
  const busy = await perMillisecond('for ((i = 0; i < 30000; i++)); do :; done');
  let found = 0;
  const listener = (report: KernelReport): void => {
    found = Math.max(found, report.processes.length);
  };
  const stop = channel.observe({ ...request, listener });
  const observed = await perMillisecond('sleep 6');
  stop();
  await run('kill $(jobs -p); rmdir /sys/fs/cgroup/g*; ip link del br0; sleep 0.5');
  expect(found).toBeGreaterThan(processes);
  expect(look).toBeLessThan(most);
  expect(look).toBeGreaterThan(most / 3); // otherwise the agent has not looked
  // However slow the computer is, looking at the shortest interval takes 2 % of the time.
  expect(observed - idle).toBeLessThan(0.03 * busy);
});

test('reports have a bounded number of bytes a second, however often they are requested', async () => {
  await run(`for i in $(seq 200); do sleep 1000 & done; ${objects}`);
  let bytes = 0;
  engine.onReceive = (received) => {
    bytes += received.length;
    channel.receive(received);
  };
  const start = engine.guestTime();
  for (let reports = 0; reports < 6;) {
    const { promise, resolve } = Promise.withResolvers<KernelReport>();
    const stop = channel.observe({ ...everything, listener: resolve });
    await promise;
    reports++;
    stop();
  }
  const seconds = (engine.guestTime() - start) / 1000;
  await run('kill $(jobs -p); rmdir /sys/fs/cgroup/g*; ip link del br0; sleep 0.5');
  engine.onReceive = (received) => channel.receive(received);
  expect(bytes).toBeGreaterThan(6 * 20_000);
  // The first report comes at once.
  expect(bytes - bytes / 6).toBeLessThan(34_000 * seconds);
});
