import { expect, test } from 'vitest';
import { serialShell } from './shell.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const prompt = (status: number): string => `\x1b]bench;${status}\x07`;

/** A guest that prints a prompt, and then the result of `answer` for each command. */
function fakeEngine(answer: (command: string) => string[]) {
  const engine = {
    onReceive: (_bytes: Uint8Array): void => {},
    send: (sent: Uint8Array): void => {
      for (const text of answer(new TextDecoder().decode(sent))) engine.onReceive(bytes(text));
    },
    run: async (): Promise<void> => engine.onReceive(bytes(prompt(0))),
    pause: async (): Promise<void> => {},
  };
  return engine;
}

test('a command ends with the prompt, however the bytes are split', async () => {
  const sent: string[] = [];
  const shell = await serialShell(
    fakeEngine((command) => {
      sent.push(command);
      return ['some output', prompt(0).slice(0, 4), prompt(0).slice(4)];
    }),
  );
  await shell.run('true');
  expect(sent).toEqual(['true\n']);
});

test('a failing command rejects with its status and output', async () => {
  const shell = await serialShell(fakeEngine(() => ['crun: no such file\r\n', prompt(1)]));
  await expect(shell.run('crun run x')).rejects.toThrow(
    '"crun run x" ended with 1:\ncrun: no such file',
  );
});
