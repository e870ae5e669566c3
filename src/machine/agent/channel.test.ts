import { describe, expect, test } from 'vitest';
import { Channel } from './channel.ts';
import { MachineError } from '../errors.ts';
import { encodeFrame, FrameReader, FrameType, PROTOCOL_VERSION } from './frame.ts';
import type { Frame } from './frame.ts';
import type { KernelReport } from './kernel-report.ts';
import { ReportPart, ReportState } from './observation.ts';

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

describe('a report', () => {
  const line = (pid: number) => `${pid}\t0\tS\t1,2,3,4,5,6,7,8\t${pid}\t/\tname\n`;
  const { processes, groups, networks, mounts, end } = ReportPart;
  const { follows, whole, cut } = ReportState;
  type Connection = Awaited<ReturnType<typeof connect>>;
  const send = ({ say }: Connection, part: number, state: number, text = ''): void =>
    say(FrameType.report, 0, part, state, ...encode(text));

  test.each([
    ['another listener', { ms: 1, listener: () => {} }],
    ['none', undefined],
  ])('during which %s is added is complete for each listener', async (_, between) => {
    const agent = await connect();
    const lists: number[][] = [];
    const stop = agent.channel.observe({ ms: 1, listener: () => {} });
    const text = line(1) + line(71);
    send(agent, processes, follows, text.slice(0, 40));
    stop();
    if (between) agent.channel.observe(between);
    agent.channel.observe({
      ms: 1,
      listener: (report) => lists.push(report.processes.map(({ pid }) => pid)),
    });
    send(agent, processes, whole, text.slice(40));
    send(agent, end, whole);
    send(agent, processes, whole, line(1) + line(72));
    send(agent, end, whole);
    expect(lists).toEqual([
      [1, 71],
      [1, 72],
    ]);
  });

  test('of an earlier epoch is dropped', async () => {
    const agent = await connect();
    const lists: number[][] = [];
    agent.channel.observe({
      ms: 1,
      listener: (report) => lists.push(report.processes.map(({ pid }) => pid)),
    });
    send(agent, processes, follows, line(71));
    await agent.channel.greet();
    send(agent, end, whole);
    send(agent, processes, whole, line(72));
    send(agent, end, whole);
    expect(lists).toEqual([[72]]);
  });

  test('is requested with what all observers need', async () => {
    const requests: number[][] = [];
    const { channel } = await connect(({ type, payload }) => {
      if (type === FrameType.observe) requests.push([...payload]);
    });
    const listener = (): void => {};
    expect(requests.splice(0)).toEqual([[0, 0, 0, 0, 0, 0, 0, 0, 0]]);
    const stop = channel.observe({ ms: 500, groups: true, listener });
    channel.observe({ ms: 1000, mountsOf: 258, listener });
    channel.observe({ ms: 300, networks: true, mountsOf: 7, listener });
    stop();
    expect(requests).toEqual([
      [0xf4, 1, 0, 0, 0b10, 0, 0, 0, 0],
      [0xf4, 1, 0, 0, 0b1010, 2, 1, 0, 0],
      [0x2c, 1, 0, 0, 0b1110, 7, 0, 0, 0],
      [0x2c, 1, 0, 0, 0b1100, 7, 0, 0, 0],
    ]);
  });

  test('comes when it has all that is wanted, and keeps what has not changed', async () => {
    const agent = await connect();
    const reports: KernelReport[] = [];
    const listener = (report: KernelReport): unknown => reports.push(report);
    agent.channel.observe({ ms: 1, groups: true, networks: true, mountsOf: 7, listener });
    send(agent, processes, cut, line(1));
    send(agent, networks, whole, 'n\t5\n');
    send(agent, mounts, whole, '7\n');
    send(agent, end, whole);
    expect(reports).toEqual([]);
    send(agent, groups, cut);
    send(agent, mounts, whole, '8\n'); // the choice of an earlier request
    send(agent, end, whole);
    send(agent, networks, whole, 'n\t6\n');
    send(agent, end, whole);
    expect(reports).toMatchObject([
      { cut: true, groups: [], groupsCut: true, networks: [{ namespace: 5 }], mounts: { pid: 7 } },
      { processes: [{ pid: 1 }], networks: [{ namespace: 6 }], networksCut: false },
    ]);
  });

  test('has no part that nobody wants any more', async () => {
    const agent = await connect();
    const reports: KernelReport[] = [];
    agent.channel.observe({ ms: 1, groups: true, listener: () => {} })();
    agent.channel.observe({ ms: 1, listener: (report) => reports.push(report) });
    send(agent, processes, whole, line(1));
    send(agent, groups, whole);
    send(agent, end, whole);
    expect(reports).toHaveLength(1);
    expect(Object.keys(reports[0] ?? {}).sort()).toEqual(['cut', 'processes']);
  });
});
