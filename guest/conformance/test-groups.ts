/** The tests that type the commands of this folder into the machine, and compare the output with Debian's. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toLines } from '../../src/cells/match/lines.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';
import { machineFolder } from '../../src/paths.ts';
import { isSame, parseAnswers, parseCommands } from './commands.ts';
import type { Command, Printed } from './commands.ts';

const read = (folder: string, name: string): string =>
  readFileSync(join(import.meta.dirname, folder, `${name}.txt`), 'utf8');

/** The files of commands, with Debian's answers. */
export const files = readdirSync(join(import.meta.dirname, 'commands')).map((file) => {
  const name = basename(file, '.txt');
  return {
    name,
    groups: parseCommands(file, read('commands', name)),
    answers: parseAnswers(`debian/${file}`, read('debian', name)),
  };
});

function compare(command: Command, debian: Printed, ours: Printed): void {
  const { form, reason } = command;
  const same = isSame(command, debian, ours);
  if (reason !== undefined)
    expect(same, `"${command.command}" now prints the same as on Debian: remove its reason`).toBe(
      false,
    );
  else if (!same)
    // If there is a form, Debian's lines match it, so the mismatch is in our lines.
    expect({ command: command.command, ...ours }).toEqual({
      command: command.command,
      lines: form ?? debian.lines,
      status: debian.status,
    });
}

/** Tests the groups whose numbers are chosen. The first group of each file has the number 0. */
export function testGroups(isChosen: (number: number) => boolean): void {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  beforeAll(() => machine.start());
  afterAll(() => machine.dispose());

  describe.each(files)('$name', ({ groups, answers }) => {
    const chosen = groups.map((group, i) => ({ ...group, answers: answers[i] }));
    test.each(chosen.filter((_, i) => isChosen(i)))('$origin', async (group) => {
      await machine.reset();
      for (const [i, command] of group.commands.entries()) {
        const debian = group.answers?.commands[i];
        if (!debian) throw new Error(`No output of Debian is recorded for "${command.command}".`);
        const request = { session: 'host', command: command.command, timeout: 60_000 };
        const { output, status } = await runWithOutput(machine, request);
        compare(command, debian, { lines: toLines(output), status: status ?? -1 });
      }
    });
  });
}
