/** The end of the real machine's engine. */
import { expect, test, vi } from 'vitest';
import type { Engine } from './engine/engine.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { machineFolder } from '../paths.ts';

const engines = vi.hoisted((): Engine[] => []);
vi.mock(import('./load-machine.ts'), async (importOriginal) => {
  const actual = await importOriginal();
  return {
    ...actual,
    loadMachine: async (...given) => {
      const loaded = await actual.loadMachine(...given);
      engines.push(loaded.engine);
      return loaded;
    },
  };
});

test('`dispose` waits for the engine of a machine that has failed before', async () => {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  await machine.start();
  const [engine] = engines;
  if (!engine) throw new Error('The machine has made no engine.');
  const destroy = engine.destroy.bind(engine);
  let isDestroyed = false;
  engine.destroy = async () => {
    await destroy();
    isDestroyed = true;
  };
  const crash = { session: 'host', command: 'echo c > /proc/sysrq-trigger' };
  await expect(machine.run(crash)).rejects.toMatchObject({ failure: 'GuestStopped' });
  await machine.dispose();
  expect(isDestroyed).toBe(true);
});
