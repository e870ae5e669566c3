import { expect, test } from 'vitest';
import { FrameType } from './frame.ts';
import { Session } from './session.ts';

const record = { stream: 1, echoes: true };
const frame = (type: number, payload: Uint8Array) => ({ type, epoch: 1, stream: 1, payload });
const output = (text: string) => frame(FrameType.output, new TextEncoder().encode(text));
const prompt = (status: number) => frame(FrameType.prompt, Uint8Array.of(1, status, 0, 0, 0));

test('a restored session takes the echo of what is typed out of the output', async () => {
  const session = new Session(1, () => {}, record);
  const step = session.run('ls');
  session.handle(output('ls\r\nfile\r\n'));
  session.handle(prompt(3));
  expect(await step).toMatchObject({ output: 'file\n', status: 3 });
  expect(session.describe()).toMatchObject({ echoes: true });
});

test('a prompt that is drawn again before the echo does not end the step', async () => {
  const session = new Session(1, () => {}, record);
  const step = session.run('(exit 7)');
  session.handle(prompt(0));
  session.handle(output('(exit 7)\r\n'));
  session.handle(prompt(7));
  expect(await step).toMatchObject({ output: '', status: 7 });
});

test('a session is busy until the terminal has taken all input', () => {
  const session = new Session(1, () => {}, record);
  expect(session.isBusy).toBe(false);
  session.interrupt();
  expect(session.isBusy).toBe(true);
  session.handle(frame(FrameType.credit, Uint8Array.of(1, 0, 0, 0)));
  expect(session.isBusy).toBe(false);
});
