import { describe, expect, test } from 'vitest';
import { Channel } from './channel.ts';
import { MachineError } from '../errors.ts';
import { encodeFrame, FrameReader, FrameType, PROTOCOL_VERSION } from './frame.ts';
import type { Frame } from './frame.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** A channel to an agent that answers greetings; `answer` handles all other frames. */
async function connect(answer: (frame: Frame) => void = () => {}) {
  const reader = new FrameReader();
  const times = { now: 0, guest: 0 };
  let epoch = 0;
  const say = (type: number, stream: number, ...payload: number[]): void =>
    channel.receive(encodeFrame({ type, epoch, stream, payload: Uint8Array.from(payload) }));
  const channel = new Channel({
    send: (bytes) => {
      for (const frame of reader.read(bytes)) {
        epoch = frame.epoch;
        if (frame.type === FrameType.hello) say(FrameType.hello, 0, PROTOCOL_VERSION);
        else answer(frame);
      }
    },
    now: () => times.now,
    guestTime: () => times.guest,
    entropy: (bytes) => new Uint8Array(bytes),
  });
  await channel.greet();
  return { channel, say, times };
}

describe('a stream', () => {
  test('never gets a number that is still in use', async () => {
    const streams = new Set<number>();
    const { channel, say } = await connect(({ type, stream }) => {
      if (type !== FrameType.get) return;
      streams.add(stream);
      queueMicrotask(() => {
        // With another's stream number, the transfer would wait forever.
        const taken = stream === 0 || stream === host.stream;
        if (taken) channel.fail(new MachineError('BadMessage', `stream ${stream} is taken`));
        say(FrameType.exit, stream, 0, 0, 0, 0);
      });
    });
    const host = channel.session('host');
    for (let i = 0; i < 0x10000; i++) await channel.getFile('/file');
    expect(streams.size).toBe(0xffff - 1);
  });
});

describe('the guest’s clock', () => {
  async function setUp() {
    const sent: number[] = [];
    const { channel, times } = await connect(({ type, payload }) => {
      if (type !== FrameType.clock) return;
      sent.push(Number(new DataView(payload.buffer).getBigUint64(0, true)));
    });
    const pass = (now: number, guest: number): void => {
      times.now += now;
      times.guest += guest;
      channel.catchUp();
    };
    return { pass, sent };
  }

  test('is set forward once by the time that it lost', async () => {
    const { pass, sent } = await setUp();
    pass(3_600_000, 1000);
    pass(10, 10);
    pass(2000, 500);
    expect(sent).toEqual([3_599_000, 1500]);
  });

  test('is not changed until it has lost a second', async () => {
    const { pass, sent } = await setUp();
    pass(999, 0);
    expect(sent).toEqual([]);
    pass(1, 0);
    expect(sent).toEqual([1000]);
  });

  test('is not set back when the computer’s clock is', async () => {
    const { pass, sent } = await setUp();
    pass(-3_600_000, 5000);
    pass(5000, 3000);
    expect(sent).toEqual([2000]);
  });
});

describe('a list of processes', () => {
  const line = (pid: number) => `${pid}\t0\tS\t1,2,3,4,5,6,7,8\t${pid}\t/\tname\n`;
  const [follows, ends] = [0, 1];

  test.each([
    ['another listener', { ms: 1, listener: () => {} }],
    ['none', undefined],
  ])('during which %s is added is complete for each listener', async (_, between) => {
    const { channel, say } = await connect();
    const lists: number[][] = [];
    const stop = channel.observe({ ms: 1, listener: () => {} });
    const text = line(1) + line(71);
    say(FrameType.processes, 0, follows, ...encode(text.slice(0, 40)));
    stop();
    if (between) channel.observe(between);
    const listener = ({ processes }: { processes: { pid: number }[] }) =>
      lists.push(processes.map(({ pid }) => pid));
    channel.observe({ ms: 1, listener });
    say(FrameType.processes, 0, ends, ...encode(text.slice(40)));
    say(FrameType.processes, 0, ends, ...encode(line(1) + line(72)));
    expect(lists).toEqual([
      [1, 71],
      [1, 72],
    ]);
  });

  test('of an earlier epoch is dropped', async () => {
    const { channel, say } = await connect();
    const lists: number[][] = [];
    const listener = ({ processes }: { processes: { pid: number }[] }) =>
      lists.push(processes.map(({ pid }) => pid));
    channel.observe({ ms: 1, listener });
    say(FrameType.processes, 0, follows, ...encode(line(71)));
    await channel.greet();
    say(FrameType.processes, 0, ends, ...encode(line(72)));
    expect(lists).toEqual([[72]]);
  });
});
