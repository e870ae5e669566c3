/** How the machine fails when its files are missing or damaged. */
import { expect, test } from 'vitest';
import { MachineError } from '../errors.ts';
import type { MachineFailure } from '../errors.ts';
import { checkFile } from '../image/files.ts';
import type { FileSource } from '../image/files.ts';
import type { FileEntry } from '../image/manifest.ts';
import { sha256 } from '../image/hash.ts';
import { LocalMachine } from '../local-machine.ts';
import { readImage } from '../image/read-image.ts';
import { nodeEffects } from '../node-machine.ts';
import { runWithOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

const effects = nodeEffects(machineFolder);
const [disk] = (await readImage(effects)).disks;
const parts = disk?.layers.flatMap((layer) => layer.parts.map((part) => part?.file));
const isPart = ({ file }: FileEntry) => parts?.includes(file) ?? false;
const isSnapshot = ({ file }: FileEntry) => file.includes('/snapshot-');

type Damage = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** The real files, with damage to the matching ones while `active` returns true. */
function damagedFiles(
  isMeant: (entry: FileEntry) => boolean,
  damage: Damage,
  active = () => true,
): FileSource {
  return {
    ...effects.files,
    async read(entry, options) {
      const bytes = await effects.files.read(entry, options);
      if (!isMeant(entry) || !active()) return bytes;
      const damaged = damage(bytes);
      await checkFile(entry, damaged, sha256);
      return damaged;
    },
  };
}

const missing: Damage = () => {
  throw new MachineError('MissingFile', 'as the test says');
};
const truncated: Damage = (bytes) => bytes.slice(0, -1);
const corrupted: Damage = (bytes) => {
  const copy = bytes.slice();
  copy[1000] = (copy[1000] ?? 0) ^ 1;
  return copy;
};

const damages: [string, Damage, MachineFailure][] = [
  ['missing', missing, 'MissingFile'],
  ['truncated', truncated, 'CorruptFile'],
  ['corrupted', corrupted, 'CorruptFile'],
];

test.each(damages)('a %s snapshot fails the start by name', async (_, damage, failure) => {
  const machine = new LocalMachine({ ...effects, files: damagedFiles(isSnapshot, damage) });
  await expect(machine.start()).rejects.toMatchObject({ failure });
  expect(machine.state).toMatchObject({ name: 'failed', failure });
});

test.each(damages)('a %s part of the disk fails the step by name', async (_, damage, failure) => {
  let broken = true;
  const files = damagedFiles(isPart, damage, () => broken);
  const machine = new LocalMachine({ ...effects, files });
  await machine.start();
  const step = { session: 'host', command: 'cat /usr/bin/* > /dev/null && echo all read' };
  await expect(machine.run(step)).rejects.toMatchObject({ failure });
  expect(machine.state).toMatchObject({ name: 'failed', failure });
  broken = false;
  await machine.start();
  expect((await runWithOutput(machine, step)).output).toBe('all read\n');
  await machine.dispose();
});

test('a read that fails after a reset does not end the restored machine', async () => {
  let fail: ((error: Error) => void) | undefined;
  const files: FileSource = {
    ...effects.files,
    read: (entry, options) =>
      isPart(entry)
        ? new Promise((_, reject) => (fail = reject))
        : effects.files.read(entry, options),
  };
  const machine = new LocalMachine({ ...effects, files });
  await machine.start();
  const step = machine.run({ session: 'host', command: 'cat /usr/bin/* > /dev/null' });
  const ended = expect(step).rejects.toThrow('The machine was reset.');
  await expect.poll(() => fail).toBeDefined();
  await machine.reset();
  await ended;
  fail?.(new MachineError('NetworkFailed', 'as the test says'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(machine.state.name).toBe('ready');
  await machine.dispose();
});

test('a snapshot of another engine version is rejected', async () => {
  const machine = new LocalMachine({ ...effects, engineVersion: '0.0.1' });
  await expect(machine.start()).rejects.toMatchObject({ failure: 'BadManifest' });
});

test('an engine that is not WebAssembly is rejected by name', async () => {
  const files: FileSource = {
    ...effects.files,
    readEngine: async () => new TextEncoder().encode('no WebAssembly'),
  };
  const machine = new LocalMachine({ ...effects, files });
  await expect(machine.start()).rejects.toMatchObject({ failure: 'EngineFailed' });
});
