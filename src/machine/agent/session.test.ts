import { expect, test, vi } from 'vitest';
import { SessionBusy, StepInterrupted } from '../errors.ts';
import { withOutput } from '../step-output.ts';
import { FrameType } from './frame.ts';
import { Session } from './session.ts';
import type { SessionRecord } from './session.ts';

const frame = (type: number, payload: Uint8Array) => ({ type, epoch: 1, stream: 1, payload });
const output = (text: string) => frame(FrameType.output, new TextEncoder().encode(text));
const prompt = (status: number, echo = 1) =>
  frame(FrameType.prompt, Uint8Array.of(echo, status, 0, 0, 0));
const mode = (person: number) => frame(FrameType.mode, Uint8Array.of(person));
const busy = (why: number, name: string) =>
  frame(FrameType.busy, Uint8Array.of(why, ...new TextEncoder().encode(name)));

/** A restored session at its prompt, its sent frames, and its terminal's output. */
function setUp(record: Partial<SessionRecord> = {}) {
  const sent: [number, string][] = [];
  const shown: string[] = [];
  let foreign = 0;
  const session = new Session({
    stream: 1,
    send: (type, _, payload) => sent.push([type, new TextDecoder().decode(payload)]),
    listeners: new Set([(data: string) => void shown.push(data)]),
    onForeignInput: () => foreign++,
    record: { stream: 1, echoes: false, mode: 'steps', rows: 24, columns: 80, ...record },
  });
  const run = (command: string) => withOutput((onOutput) => session.run(command, { onOutput }));
  const typed = () => sent.filter(([type]) => type === FrameType.input).map(([, text]) => text);
  return { session, run, sent, typed, shown: () => shown.join(''), foreign: () => foreign };
}

test('a restored session removes the echo from the output', async () => {
  const { session, run } = setUp({ echoes: true });
  const step = run('ls');
  session.handle(output('ls\r\nfile\r\n'));
  session.handle(prompt(3));
  expect(await step).toMatchObject({ output: 'file\n', status: 3 });
  expect(session.describe()).toMatchObject({ echoes: true });
});

test('a prompt that is redrawn before the echo does not end the step', async () => {
  const { session, run } = setUp({ echoes: true });
  const step = run('(exit 7)');
  session.handle(prompt(0));
  session.handle(output('(exit 7)\r\n'));
  session.handle(prompt(7));
  expect(await step).toMatchObject({ output: '', status: 7 });
});

test('a session is busy until the terminal has consumed all input', async () => {
  const { session, run } = setUp();
  expect(session.isBusy).toBe(false);
  const step = run('ls');
  session.handle(prompt(0));
  await step;
  expect(session.isBusy).toBe(true);
  session.handle(frame(FrameType.credit, Uint8Array.of(3, 0, 0, 0)));
  expect(session.isBusy).toBe(false);
});

test('line ends are normalized, however the text is split', async () => {
  const { session, run } = setUp();
  const step = run('x');
  for (const text of ['a\r', '\nb\r\r', '\n\rc\r']) session.handle(output(text));
  session.handle(prompt(0));
  expect((await step).output).toBe('a\nb\n\rc\r');
});

test('output beyond the limit is discarded and reported as truncated', async () => {
  const { session, run } = setUp();
  const step = run('x');
  for (let i = 0; i < 20; i++) session.handle(output('x'.repeat(1 << 16)));
  session.handle(prompt(0));
  expect(await step).toMatchObject({ truncated: true, output: 'x'.repeat(1 << 20) });
});

test('a person’s input is counted, and follows the request for the person’s mode', () => {
  const { session, sent, foreign } = setUp();
  session.type('ls');
  expect(sent).toEqual([
    [FrameType.mode, '\u0001'],
    [FrameType.input, 'ls'],
  ]);
  expect(foreign()).toBe(1);
});

test('a step has 24 rows and 80 columns, until its program reads keys', async () => {
  const { session, run, sent, typed, foreign } = setUp();
  const sizes = () =>
    sent
      .filter(([type]) => type === FrameType.resize)
      .map(([, text]) => [text.charCodeAt(0), text.charCodeAt(2)]);
  session.resize({ rows: 11, columns: 100 });
  const step = run('top');
  session.resize({ rows: 12, columns: 101 });
  expect(sizes()).toEqual([
    [11, 100],
    [24, 80],
  ]);
  session.handle(frame(FrameType.listening, new TextEncoder().encode('top')));
  session.resize({ rows: 13, columns: 102 });
  expect(sizes().slice(2)).toEqual([
    [12, 101],
    [13, 102],
  ]);
  // Its keys then come from the person.
  session.type('q');
  expect(typed()).toEqual(['top\n', 'q']);
  expect(foreign()).toBe(1);
  session.handle(prompt(0));
  await step;
});

test('keys typed before a program reads keys reach it, and unread keys are cleared before the next step', async () => {
  const { session, run, typed, foreign } = setUp();
  const step = run('top');
  session.type('q');
  session.type('\u001b[1;1R');
  expect(typed()).toEqual(['top\n']);
  session.handle(frame(FrameType.listening, new TextEncoder().encode('top')));
  expect(typed()).toEqual(['top\n', 'q']);
  session.type('\u001b[1;1R');
  expect(foreign()).toBe(1);
  session.handle(prompt(0, 0));
  await step;
  const next = run('ls');
  await expect.poll(() => typed().slice(3)).toEqual(['\u0015', 'ls\n']);
  session.handle(prompt(0, 0));
  await next;
});

test('a step takes the terminal from a person and returns it', async () => {
  vi.useFakeTimers();
  const { session, run, sent, shown } = setUp({ mode: 'person' });
  session.handle(output('$ '));
  const step = run('ls');
  expect(sent).toEqual([[FrameType.mode, '\u0000']]);
  session.handle(output('\r\n'));
  session.handle(prompt(0, 0));
  session.handle(mode(0));
  await vi.advanceTimersByTimeAsync(1);
  session.handle(output('file\r\n'));
  session.handle(prompt(0, 0));
  expect(await step).toMatchObject({ output: 'file\n' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.at(-1)).toEqual([FrameType.mode, '\u0001']);
  session.handle(output('\r\n$ '));
  session.handle(mode(1));
  // The cursor moves up and clears the line, so the prompts reprinted by the switches are gone.
  expect(shown()).toBe('$ \r\n\u001b[A\u001b[2K$ ls\r\nfile\r\n$ ');
  vi.useRealTimers();
});

test.each([
  [0, 'top', '"top" is running in this session. End it first.'],
  [1, 'bash', 'The shell in this session waits for the rest of a command. Finish it first.'],
])(
  'a step names a person’s running command (%i), and types nothing',
  async (why, name, message) => {
    vi.useFakeTimers();
    const { session, run, sent, typed } = setUp({ mode: 'person' });
    const step = expect(run('ls')).rejects.toThrow(new SessionBusy(message));
    for (let i = 0; i < 30; i++) {
      if (sent.at(-1)?.[0] === FrameType.mode) session.handle(busy(why, name));
      await vi.advanceTimersByTimeAsync(50);
    }
    await step;
    expect(typed()).toEqual([]);
    vi.useRealTimers();
  },
);

test('input during a step waits for its end, except Ctrl-C', async () => {
  vi.useFakeTimers();
  const { session, run, typed } = setUp();
  const step = run('sleep 9');
  session.type('lost');
  session.type('gone\u0003ls\r');
  expect(typed()).toEqual(['sleep 9\n', '\u0003']);
  expect(() => session.type('x'.repeat(1 << 16))).toThrow('More than 65536 characters');
  session.handle(prompt(130));
  await step;
  await vi.advanceTimersByTimeAsync(1000);
  expect(typed()).toEqual(['sleep 9\n', '\u0003', 'ls\r']);
  expect(session.isBusy).toBe(true);
  session.handle(prompt(130)); // reprinted for the switch
  session.handle(mode(1));
  expect(session.isBusy).toBe(true);
  session.handle(prompt(0));
  session.handle(frame(FrameType.credit, Uint8Array.of(12, 0, 0, 0)));
  expect(session.isBusy).toBe(false);
  vi.useRealTimers();
});

test('later listeners get the last part of the output', () => {
  const { session } = setUp();
  for (let i = 0; i < 100_000; i++) session.handle(output(`${i}\r\n`));
  expect(session.screen.length).toBeLessThanOrEqual(1 << 16);
  expect(session.screen).toMatch(/^\d+\r\n[^]*\n99999\r\n$/);
});

test('a step that waits for a person’s command is rejected when that ends the session', async () => {
  vi.useFakeTimers();
  const { session, run } = setUp({ mode: 'person' });
  const step = expect(run('ls')).rejects.toThrow('The session has ended.');
  session.handle(busy(0, 'sleep'));
  session.handle(frame(FrameType.exit, Uint8Array.of(0, 0, 0, 0)));
  await vi.advanceTimersByTimeAsync(2000);
  await step;
  vi.useRealTimers();
});

test('a step that is stopped while it waits for a person’s command is not typed afterwards', async () => {
  vi.useFakeTimers();
  const { session, run, typed } = setUp({ mode: 'person' });
  const step = expect(run('ls')).rejects.toThrow(StepInterrupted);
  session.handle(busy(0, 'sleep'));
  session.interrupt();
  await vi.advanceTimersByTimeAsync(100);
  await step;
  // The next one is typed as usual.
  const next = run('pwd');
  session.handle(mode(0));
  await vi.advanceTimersByTimeAsync(1);
  session.handle(prompt(0));
  await next;
  expect(typed()).toEqual(['pwd\n']);
  vi.useRealTimers();
});

test('a step that is stopped while the terminal changes its mode is not typed afterwards', async () => {
  const { session, run, typed } = setUp({ mode: 'person' });
  const step = expect(run('ls')).rejects.toThrow(StepInterrupted);
  session.interrupt();
  session.handle(mode(0));
  await step;
  expect(typed()).toEqual([]);
});

test('a step that waits for a person’s waiting program is stopped, or ends with its session', async () => {
  vi.useFakeTimers();
  const stopped = setUp({ isHeldByPerson: true });
  const step = expect(stopped.run('ls')).rejects.toThrow(StepInterrupted);
  stopped.session.interrupt();
  await vi.advanceTimersByTimeAsync(100);
  await step;
  expect(stopped.typed()).toEqual([]);
  const ended = setUp({ isHeldByPerson: true });
  const late = expect(ended.run('ls')).rejects.toThrow('The session has ended.');
  ended.session.handle(frame(FrameType.exit, Uint8Array.of(0, 0, 0, 0)));
  await vi.advanceTimersByTimeAsync(100);
  await late;
  vi.useRealTimers();
});

test('a character that a step leaves incomplete belongs to its output, not to the next one’s', async () => {
  const { session, run } = setUp();
  const first = run("printf '\\303'");
  session.handle(frame(FrameType.output, Uint8Array.of(0xc3)));
  session.handle(prompt(0, 0));
  expect((await first).output).toBe('\ufffd');
  session.handle(frame(FrameType.credit, Uint8Array.of(14, 0, 0, 0)));
  const second = run('echo hi');
  session.handle(output('hi\r\n'));
  session.handle(prompt(0, 0));
  expect((await second).output).toBe('hi\n');
});
