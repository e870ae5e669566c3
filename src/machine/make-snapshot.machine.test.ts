/** The snapshot is the same bytes on a busy computer as on an idle one. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { image as recipe } from '../../guest/images/course/image.ts';
import { machineFolder } from '../paths.ts';
import { readImage, readSnapshotEntry } from './image/read-image.ts';
import { LocalMachine } from './local-machine.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { nodeEffects } from './node-machine.ts';

const effects = nodeEffects(machineFolder);

test(
  'a snapshot made beside busy loops equals the one of the build',
  { timeout: 300_000 },
  async () => {
    const image = await readImage(effects);
    const built = await readSnapshotEntry(effects);
    const { now } = Date;
    const loops = Array.from(
      { length: 2 * availableParallelism() },
      () => new Worker('for (;;) {}', { eval: true }),
    );
    try {
      const { state, sessions, prefetch } = await makeSnapshot(image, effects, recipe);
      expect(Buffer.from(state).includes('SeaBIOS')).toBe(false);
      expect(createHash('sha256').update(state).digest('hex')).toBe(built.state);
      expect({ sessions, prefetch }).toEqual({
        sessions: built.sessions,
        prefetch: built.prefetch,
      });
    } finally {
      await Promise.all(loops.map((loop) => loop.terminate()));
    }
    expect(Date.now).toBe(now);
  },
);

test('each machine that starts from it has the real date and its own random numbers', async () => {
  const command =
    'date +%s; head -c 16 /dev/urandom | od -An -tx1; cat /proc/sys/kernel/random/{uuid,boot_id}';
  const answers = [];
  for (const ahead of [0, 86_400_000]) {
    const machine = new LocalMachine({ ...effects, now: () => Date.now() + ahead });
    let shown = '';
    await machine.start();
    await machine.run({ session: 'host', command }, { onOutput: (text) => (shown += text) });
    await machine.dispose();
    const [date = '', ...drawn] = shown.trim().split(/\r*\n/);
    expect(Math.abs(Number(date) - (Date.now() + ahead) / 1000)).toBeLessThan(60);
    answers.push(...drawn);
  }
  expect(new Set(answers).size).toBe(6);
});
