/** Each image starts from its own snapshot. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineFolder } from '../paths.ts';
import { imageNames } from './image/image-names.ts';
import { readImage, readSnapshotEntry } from './image/read-image.ts';
import { readRecord, recordFile } from './image/snapshot-record.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';

test.each(imageNames())('the snapshot of %s is the recorded one', async (image) => {
  const entry = await readSnapshotEntry(nodeEffects(machineFolder, image));
  await access(join(machineFolder, entry.file));
  expect(entry.file).toMatch(new RegExp(`^${image}/snapshot-`));
  expect(entry.state).toBe(readRecord(recordFile(image))?.state);
});

test.each(imageNames())('%s starts with its kernel, memory and layers', async (image) => {
  const effects = nodeEffects(machineFolder, image);
  const { version, memoryBytes, commandLine, disks } = await readImage(effects);
  const machine = new LocalMachine(effects);
  try {
    await machine.start();
    const run = async (command: string): Promise<string> =>
      (await runWithOutput(machine, { session: 'host', command })).output;
    expect(await run('uname -r')).toBe(`${version}\n`);
    expect(await run('cat /proc/cmdline')).toContain(commandLine);
    // Firmware and kernel take some of it.
    const kilobytes = Number((await run('grep MemTotal /proc/meminfo')).replace(/\D/g, ''));
    expect((kilobytes * 1024) / memoryBytes).toBeGreaterThan(0.75);
    expect((kilobytes * 1024) / memoryBytes).toBeLessThan(1);
    const partitions = (await run('ls -d /sys/block/sda/sda* | cat')).trim().split('\n');
    expect(partitions).toHaveLength(disks[0]?.layers.length ?? 0);
  } finally {
    await machine.dispose();
  }
});
