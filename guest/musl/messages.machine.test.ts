/** Programs linked with musl word errors as glibc does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';

const machine = new LocalMachine(nodeEffects('public/machine'));
beforeAll(() => machine.start());
afterAll(() => machine.dispose());

test.each([
  ['rmdir /sys/fs/cgroup', 'Device or resource busy'],
  ['ln -s loop /tmp/loop; cat /tmp/loop', 'Too many levels of symbolic links'],
  ['stty < /dev/null', 'Inappropriate ioctl for device'],
])('%s', async (command, message) => {
  const { output } = await machine.run({ session: 'host', command });
  expect(output).toContain(message);
});
