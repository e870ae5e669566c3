/** Checkpoints of the real machine, in Node. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { StepError } from './errors.ts';
import type { FileSource } from './image/files.ts';
import { readImage } from './image/read-image.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';

const effects = nodeEffects(machineFolder);
const machine = new LocalMachine(effects);
const outputOf = async (command: string, on = machine): Promise<string> =>
  (await runWithOutput(on, { session: 'host', command })).output.trim();

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

test('a checkpoint restores files, processes and nested shells, more than once', async () => {
  await outputOf('unshare --pid --fork --mount-proc bash');
  await outputOf('echo one > /tmp/x; kept=1');
  const checkpoint = await machine.checkpoint();
  for (let i = 0; i < 2; i++) {
    await outputOf('echo two > /tmp/x; kept=2; exit');
    expect(await outputOf('cat /tmp/x; echo ${kept:-outside}')).toBe('two\noutside');
    expect(await machine.returnTo(checkpoint)).toBe(true);
    expect(await outputOf('cat /tmp/x; echo $kept $$')).toBe('one\n1 1');
  }
});

test('several checkpoints can be restored in any order, with the disk', async () => {
  const ids: string[] = [];
  for (const text of ['a', 'b', 'c']) {
    await outputOf(`mountpoint -q /scratch || mount /scratch; echo ${text} > /scratch/x; sync`);
    ids.push(await machine.checkpoint());
  }
  for (const i of [1, 0, 2, 0]) {
    expect(await machine.returnTo(ids[i] ?? '')).toBe(true);
    expect(await outputOf('echo 3 > /proc/sys/vm/drop_caches; cat /scratch/x')).toBe('abc'[i]);
  }
});

test('the clock is correct after a return', async () => {
  const checkpoint = await machine.checkpoint();
  await outputOf('sleep 1');
  await machine.returnTo(checkpoint);
  const seconds = 'before=${EPOCHREALTIME/./}; sleep 1; echo $((${EPOCHREALTIME/./} - before))';
  const begun = performance.now();
  const slept = Number(await outputOf(seconds)) / 1000;
  expect(slept).toBeGreaterThanOrEqual(1000);
  expect(slept).toBeLessThan(performance.now() - begun + 100);
});

test('a busy session prevents a checkpoint', async () => {
  await machine.run({ session: 'host', command: 'cat' });
  await machine.checkpoint(); // a program that waits for input is not busy
  let ended = false;
  const step = machine.run({ session: 'second', command: 'sleep 0.2' }).then(() => (ended = true));
  await machine.checkpoint(); // waits for the step, which was requested first
  expect(ended).toBe(true);
  await step;
  await machine.writeTerminal('second', 'sleep 1000\r');
  await expect(machine.checkpoint()).rejects.toThrow(
    new StepError('The session "second" is busy.'),
  );
});

test('a checkpoint waits for the guest’s disk reads and includes them', async () => {
  const { disks } = await readImage(effects);
  const parts = disks.flatMap(({ layers }) => layers.flatMap((layer) => layer.parts));
  const isPart = (file: string): boolean => parts.some((part) => part?.file === file);
  const asked = Promise.withResolvers<undefined>();
  let fetched = 0;
  const read: FileSource['read'] = async (entry, options) => {
    const bytes = await effects.files.read(entry, options);
    if (!isPart(entry.file)) return bytes;
    asked.resolve(undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    fetched++;
    return bytes;
  };
  const slow = new LocalMachine({ ...effects, files: { ...effects.files, read } });
  await slow.start();
  await outputOf('cat /usr/bin/strace /usr/sbin/tc | wc -c > /tmp/size &', slow);
  await asked.promise;
  const checkpoint = await slow.checkpoint();
  expect(fetched).toBeGreaterThan(0);
  await slow.returnTo(checkpoint);
  expect(await outputOf('wait; cat /tmp/size', slow)).toMatch(/^\d{7}$/m);
  await slow.dispose();
});

test('a return to a dropped checkpoint resolves to false and changes nothing', async () => {
  const small = new LocalMachine({ ...effects, checkpointBytes: 1 });
  await small.start();
  await outputOf('echo one > /tmp/x', small);
  const first = await small.checkpoint();
  await outputOf('echo two > /tmp/x', small);
  const second = await small.checkpoint();
  expect(await small.returnTo(first)).toBe(false);
  expect(await outputOf('cat /tmp/x', small)).toBe('two');
  expect(await small.returnTo(second)).toBe(true);
  await small.dispose();
});

test('a restarted machine has none of its earlier checkpoints', async () => {
  const checkpoint = await machine.checkpoint();
  await machine.dispose();
  await expect(machine.returnTo(checkpoint)).rejects.toThrow('The machine is not running.');
  await machine.start();
  await machine.checkpoint();
  expect(await machine.returnTo(checkpoint)).toBe(false);
  await expect(outputOf('x'.repeat(5000))).rejects.toThrow(StepError);
});

test('a checkpoint is kept for one return only if the caller says so', async () => {
  const checkpoint = await machine.checkpoint();
  expect(await machine.returnTo(checkpoint)).toBe(true);
  expect(await machine.returnTo(checkpoint, { forget: true })).toBe(true);
  expect(await machine.returnTo(checkpoint)).toBe(false);
});
