/** Sessions over the serial line: bytes of the engine on one side, steps on the other. */
import { MachineError, StepError } from '../errors.ts';
import { readCount, writeCount, writeTime } from './flow.ts';
import {
  encodeFrame,
  FrameReader,
  FrameType,
  MAX_PAYLOAD,
  PROTOCOL_VERSION,
  resynchronisation,
} from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';
import { parseProcesses } from './processes.ts';
import type { Observe } from './processes.ts';
import { Session } from './session.ts';
import type { SessionRecord } from './session.ts';
import { GetFile, PutFile } from './transfer.ts';
import type { Transfer } from './transfer.ts';

export interface ChannelOptions {
  send: (bytes: Uint8Array) => void;
  /** Unix time in milliseconds. */
  now: () => number;
  /** Milliseconds of the guest's time, which stands still while the machine is paused or held up. */
  guestTime: () => number;
  /** So many random bytes for the guest's pool. */
  entropy: (bytes: number) => Uint8Array;
}

const EMPTY = new Uint8Array(0);
/** So late the guest's clock may be; to set it each time would let it go back now and then. */
const CATCH_UP_MS = 1000;
/** The first byte of a PROCESSES frame (guest/agent/frame.h). */
const PART_FOLLOWS = 0;
const PART_CUT = 2;

/** Talks with the agent of one machine. Feed it with `receive`, tell it of restores. */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #reader = new FrameReader();
  readonly #sessions = new Map<string, Session>();
  readonly #transfers = new Map<number, Transfer>();
  #observers: readonly Observe[] = [];
  #decoder = new TextDecoder();
  #processes = '';
  #epoch = 0;
  #lastStream = 0;
  #nextPing = 1;
  readonly #pings = new Map<number, { resolve: () => void; reject: (reason: Error) => void }>();
  #greeting: { resolve: (version: number) => void; reject: (reason: Error) => void } | undefined;
  #failed: MachineError | undefined;
  /** Both times at the moment when the guest's clock was right. */
  #right = { now: 0, guest: 0 };

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  /** Takes bytes from the engine. */
  receive(bytes: Uint8Array): void {
    for (const frame of this.#reader.read(bytes)) this.#handle(frame);
  }

  /**
   * Begins a new epoch: the agent takes the clock and entropy, and all that was on its way is
   * dropped. Resolves when the agent has answered.
   */
  async greet(): Promise<void> {
    if (this.#failed) throw this.#failed;
    this.#epoch = (this.#epoch + 1) & 0xffff || 1;
    this.#reader.reset();
    this.#decoder = new TextDecoder();
    this.#processes = '';
    const entropy = this.#options.entropy(32);
    this.#right = this.#times();
    const payload = new Uint8Array(9 + entropy.length);
    payload[0] = PROTOCOL_VERSION;
    payload.set(writeTime(this.#right.now), 1);
    payload.set(entropy, 9);
    const answer = new Promise<number>((resolve, reject) => {
      this.#greeting = { resolve, reject };
    });
    this.#options.send(resynchronisation());
    this.#sendFrame(FrameType.hello, 0, payload);
    const version = await answer;
    if (version === PROTOCOL_VERSION) return this.#askForProcesses();
    throw new MachineError(
      'BadMessage',
      `the agent speaks version ${version}, not ${PROTOCOL_VERSION}`,
    );
  }

  /** Resolves when the agent has handled everything sent before. */
  ping(): Promise<void> {
    return this.#ask(FrameType.ping);
  }

  /**
   * Sets the guest's clock forward by the time for which it stood still, if that is a second or more. By so
   * much, not to a time, since the reader may have set it to another.
   */
  catchUp(): void {
    const { now, guest } = this.#times();
    const late = now - this.#right.now - (guest - this.#right.guest);
    // Below zero our own clock was set back.
    if (late >= 0 && late < CATCH_UP_MS) return;
    this.#right = { now, guest };
    if (late > 0) this.#sendFrame(FrameType.clock, 0, writeTime(late));
  }

  /** Ends the preparation of a snapshot: freed memory is zeroed no longer. */
  settle(): Promise<void> {
    return this.#ask(FrameType.settle);
  }

  /** Writes a file of the machine. Rejects with a StepError that says why it cannot. */
  putFile(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
    return this.#transfer((stream) => new PutFile(stream, this.#sendFrame, path, bytes, mode));
  }

  /** Reads a file of the machine. Rejects with a StepError that says why it cannot. */
  getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#transfer((stream) => new GetFile(stream, this.#sendFrame, path));
  }

  /**
   * Calls the listeners with the processes, now and when they change; as often as the most impatient
   * wants. They take the place of those before. A list of which a part was sent before goes to those
   * that listen at its end, since the agent does not send that part again.
   */
  observe(observers: readonly Observe[]): void {
    this.#observers = observers;
    this.#askForProcesses();
  }

  /** The session of this name; opened when it is new. */
  session(name: string): Session {
    const known = this.#sessions.get(name);
    if (known?.isOpen) return known;
    if (this.#failed) throw this.#failed;
    const session = new Session(this.#takeStream(), this.#sendFrame);
    this.#sessions.set(name, session);
    return session;
  }

  /**
   * The sessions as they stand, for a snapshot: name and stream of each. Throws a StepError while
   * one of them is busy, since no shell would be at its prompt after the restore, or a file is on its way.
   */
  describe(): SessionList {
    for (const [name, session] of this.#sessions) {
      if (session.isBusy) throw new StepError(`session ${name} is busy`);
    }
    if (this.#transfers.size) throw new StepError('a file is on its way');
    const open = [...this.#sessions].filter(([, session]) => session.isOpen);
    return open.map(([name, session]) => ({ name, ...session.describe() }));
  }

  /** Takes over the sessions of a restored machine; those that were here before are gone. */
  adopt(sessions: SessionList): void {
    this.#endSessions(new StepError('The machine was reset.'));
    for (const { name, ...record } of sessions) {
      this.#sessions.set(name, new Session(record.stream, this.#sendFrame, record));
    }
  }

  /** Ends everything that is pending, for good. */
  fail(error: MachineError): void {
    this.#failed = error;
    this.#greeting?.reject(error);
    this.#endSessions(error);
  }

  #endSessions(error: Error): void {
    for (const session of this.#sessions.values()) session.fail(error);
    for (const ping of this.#pings.values()) ping.reject(error);
    for (const transfer of this.#transfers.values()) transfer.fail(error);
    this.#transfers.clear();
    this.#sessions.clear();
    this.#pings.clear();
  }

  #ask(type: number): Promise<void> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = this.#nextPing++;
    return new Promise((resolve, reject) => {
      this.#pings.set(id, { resolve, reject });
      this.#sendFrame(type, 0, writeCount(id));
    });
  }

  async #transfer<T>(create: (stream: number) => Transfer & { done: Promise<T> }): Promise<T> {
    if (this.#failed) throw this.#failed;
    const stream = this.#takeStream();
    const transfer = create(stream);
    this.#transfers.set(stream, transfer);
    try {
      return await transfer.done;
    } finally {
      this.#transfers.delete(stream);
    }
  }

  /** A number for a new stream; frames have 16 bits for it, and 0 is the agent itself. */
  #takeStream(): number {
    const used = new Set(this.#transfers.keys());
    // Closed sessions, too, as long as they are here: they would take the new one's frames.
    for (const { stream } of this.#sessions.values()) used.add(stream);
    do this.#lastStream = (this.#lastStream % 0xffff) + 1;
    while (used.has(this.#lastStream));
    return this.#lastStream;
  }

  #times(): { now: number; guest: number } {
    return { now: this.#options.now(), guest: this.#options.guestTime() };
  }

  #askForProcesses(): void {
    const ms = this.#observers.length ? Math.min(...this.#observers.map((each) => each.ms)) : 0;
    this.#sendFrame(FrameType.observe, 0, writeCount(ms));
  }

  #takeProcesses(payload: Uint8Array): void {
    this.#processes += this.#decoder.decode(payload.subarray(1), { stream: true });
    if (payload[0] === PART_FOLLOWS) return;
    const processes = parseProcesses(this.#processes);
    this.#processes = '';
    for (const { listener } of this.#observers)
      listener({ processes, cut: payload[0] === PART_CUT });
  }

  readonly #sendFrame: SendFrame = (type, stream, payload = EMPTY) => {
    for (let at = 0; at === 0 || at < payload.length; at += MAX_PAYLOAD) {
      const part = payload.subarray(at, at + MAX_PAYLOAD);
      this.#options.send(encodeFrame({ type, epoch: this.#epoch, stream, payload: part }));
    }
  };

  #handle(frame: Frame): void {
    if (frame.epoch !== this.#epoch) return;
    if (frame.type === FrameType.hello) return this.#greeting?.resolve(frame.payload[0] ?? 0);
    if (frame.type === FrameType.ping) return this.#answerPing(frame.payload);
    if (frame.type === FrameType.processes) return this.#takeProcesses(frame.payload);
    const transfer = this.#transfers.get(frame.stream);
    if (transfer) return transfer.handle(frame);
    for (const session of this.#sessions.values()) {
      if (session.stream === frame.stream) return session.handle(frame);
    }
  }

  #answerPing(payload: Uint8Array): void {
    if (payload.length < 4) return;
    const id = readCount(payload);
    this.#pings.get(id)?.resolve();
    this.#pings.delete(id);
  }
}

/** What has to be kept with a state so that its sessions can go on. */
export type SessionList = ({ name: string } & SessionRecord)[];
