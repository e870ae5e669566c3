/** Prefetching, and its end with the machine. */
import { expect, test } from 'vitest';
import { LocalMachine } from './local-machine.ts';
import { readImage, readSnapshotEntry } from './image/read-image.ts';
import type { FileEntry } from './image/manifest.ts';
import { nodeEffects } from './node-machine.ts';
import { machineFolder } from '../paths.ts';

const effects = nodeEffects(machineFolder);
const image = await readImage(effects);
const parts =
  image.disks[0]?.layers.flatMap((layer) => layer.parts.map((part) => part?.file)) ?? [];
const isPart = ({ file }: FileEntry) => parts.includes(file);

test('the parts of the recorded run are prefetched from the start, in order', async () => {
  const { prefetch } = await readSnapshotEntry(effects);
  expect(prefetch.length).toBeGreaterThan(10);
  const read: number[] = [];
  let complete: () => void = () => {};
  const all = new Promise<void>((resolve) => (complete = resolve));
  const machine = new LocalMachine({
    ...effects,
    prefetch: true,
    files: {
      ...effects.files,
      read: (entry, options) => {
        if (isPart(entry)) read.push(parts.indexOf(entry.file));
        if (read.length === prefetch.length) complete();
        return effects.files.read(entry, options);
      },
    },
  });
  // The first of them are requested before a step can run.
  let atReady = 0;
  machine.subscribe(({ name }) => {
    if (name === 'ready') atReady ||= read.length;
  });
  await machine.start();
  expect(atReady).toBeGreaterThan(0);
  await all;
  expect(read).toEqual(prefetch);
  await machine.dispose();
});

test('the end of the machine cancels its fetches', async () => {
  const aborted = new Promise<void>((resolve) => {
    const machine = new LocalMachine({
      ...effects,
      files: {
        ...effects.files,
        read: (entry, options) => {
          if (!isPart(entry)) return effects.files.read(entry, options);
          options?.signal?.addEventListener('abort', () => resolve());
          // The part never arrives; the machine ends first.
          void machine.dispose();
          return new Promise(() => {});
        },
      },
    });
    void machine
      .start()
      .then(() => machine.run({ session: 'host', command: 'cat /usr/bin/* > /dev/null' }))
      .catch((reason: unknown) => expect(reason).toMatchObject({ failure: 'WorkerDied' }));
  });
  await aborted;
});
