/** A terminal that is opened again, and the last output of a session. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import { runWithOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = (session: string, command: string) => runWithOutput(machine, { session, command });

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

test('a program that reopens the terminal of its session is served again', async () => {
  const program = 'sleep 1; echo later >$terminal; read line <$terminal; echo got $line >$terminal';
  await run('host', `export terminal=$(tty); cat >/tmp/program <<'END'\n${program}\nEND`);
  const { output, status } = await run('host', 'exec sh /tmp/program </dev/null >/dev/null 2>&1');
  expect({ output, status }).toEqual({ output: 'later\n', status: undefined });
  expect(await run('host', 'a line')).toMatchObject({ output: 'got a line\n', status: 0 });
});

test('the last output of a shell comes before its end, even if the agent is reaping others', async () => {
  // An orphan ends first and wakes the agent. strace delays the agent before it reaps the orphan; in this time, the
  // shell prints and ends.
  const strace = 'strace -o /dev/null -e trace=wait4 -e inject=wait4:delay_enter=400000 -p 1';
  await run('other', `${strace} & sleep 1`);
  for (let round = 0; round < 3; round++) {
    const { output } = await run('host', '(sleep 0.2 &) ; sleep 0.3; echo last; exit');
    expect(output).toBe('last\nexit\n');
  }
});
