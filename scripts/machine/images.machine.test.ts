/** Each image starts from its own snapshot. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineFolder } from '../../src/paths.ts';
import { usedImages } from '../../src/course-data/used-images.ts';
import { readImage, readSnapshotEntry } from '../../src/machine/image/read-image.ts';
import { readRecord, recordFile } from '../../src/machine/image/snapshot-record.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';

test.each(usedImages())('the snapshot of %s is the recorded one', async (image) => {
  const effects = nodeEffects(machineFolder, image);
  const entry = await readSnapshotEntry(effects);
  await access(join(machineFolder, entry.file));
  expect(entry.file).toMatch(new RegExp(`^${image}/snapshot-`));
  expect(entry.image).toEqual(await readImage(effects));
  expect(entry.state).toBe(readRecord(recordFile(image))?.state);
});

test.each(usedImages())('%s starts with its kernel, memory and layers', async (image) => {
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
