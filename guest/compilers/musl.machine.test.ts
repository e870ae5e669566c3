/** Programs linked with musl behave as with glibc. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { machineFolder } from '../../src/paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
beforeAll(() => machine.start());
afterAll(() => machine.dispose());

test.each([
  ['rmdir /sys/fs/cgroup', 'Device or resource busy'],
  ['ln -s loop /tmp/loop; cat /tmp/loop', 'Too many levels of symbolic links'],
  ['stty < /dev/null', 'Inappropriate ioctl for device'],
  ['cat -Z', "cat: invalid option -- 'Z'"],
  ['head -n', "head: option requires an argument -- 'n'"],
  ['unshare --nope', "unshare: unrecognized option '--nope'"],
  ['unshare --fork=yes', "unshare: option '--fork' doesn't allow an argument"],
  ["echo abba | sed -E 's/(.)\\1/X/'", 'aXa'],
  ["echo 'a(b' | grep -E '('", 'Unmatched ( or \\('],
  ["date -u -d @0 '+%P|%k|%l'", 'am| 0|12'],
  ['strace -e trace=openat cat /etc/hostname 2>&1', 'openat(AT_FDCWD, "/etc/hostname"'],
  ['strace -e trace=write echo hello 2>&1 > /dev/null', 'write(1, "hello\\n", 6)'],
  ['stat nosuch', "stat: cannot statx 'nosuch'"],
  ['logname', 'logname: no login name'],
])('%s', async (command, message) => {
  const { output } = await runWithOutput(machine, { session: 'host', command });
  expect(output).toContain(message);
});
