import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineFolder } from '../../paths.ts';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';

// Node has setImmediate, and browsers do not.
const { setImmediate } = globalThis;
beforeEach(() => void Reflect.deleteProperty(globalThis, 'setImmediate'));
afterEach(() => void Object.assign(globalThis, { setImmediate }));

test('an idle engine ends, even where v86 is woken as in a browser', async () => {
  // Vitest leaves `setImmediate` defined as undefined when it reports while a slow test runs.
  Object.assign(globalThis, { setImmediate: undefined });
  const machine = new LocalMachine(nodeEffects(machineFolder));
  await machine.start();
  await machine.run({ session: 'host', command: 'true' });
  await new Promise((resolve) => setTimeout(resolve, 200)); // the guest rests in between
  await machine.dispose();
  expect(machine.state.name).toBe('failed');
});
