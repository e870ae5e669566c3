import { afterAll, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder } from '../../src/paths.ts';
import { CachedMachine, pageCaches } from './cached-machine.ts';

const effects = nodeEffects(machineFolder);
const machines: LocalMachine[] = [];
afterAll(() => Promise.all(machines.map((machine) => machine.dispose())));

/** Kilobytes of cached files after each of two clean starts. */
async function cachedAfterResets(machine: LocalMachine): Promise<number[]> {
  machines.push(machine);
  await machine.start();
  const found = [];
  for (let start = 0; start < 2; start++) {
    await machine.reset();
    // The shell itself reads the file, since awk would be read from the disk.
    const command =
      'while read name kb _; do [ $name = Cached: ] && echo $kb; done < /proc/meminfo';
    found.push(Number((await runWithOutput(machine, { session: 'host', command })).output));
  }
  return found;
}

test('each clean start has the requested page cache', { timeout: 120_000 }, async () => {
  expect(pageCaches).toEqual(['empty', 'full']);
  const [empty, full] = await Promise.all(
    pageCaches.map((pageCache) => cachedAfterResets(new CachedMachine(effects, pageCache))),
  );
  const [snapshot = 0] = await cachedAfterResets(new LocalMachine(effects));
  for (const kilobytes of empty ?? []) expect(kilobytes).toBeLessThan(snapshot);
  for (const kilobytes of full ?? []) expect(kilobytes).toBeGreaterThan(snapshot + 16_000);
});
