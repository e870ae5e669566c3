/** Sessions over the serial line: bytes of the engine on one side, steps on the other. */
import { MachineError, StepError } from './errors.ts';
import {
  encodeFrame,
  FrameReader,
  FrameType,
  MAX_PAYLOAD,
  PROTOCOL_VERSION,
  resynchronisation,
} from './frame.ts';
import type { Frame } from './frame.ts';
import { Session } from './session.ts';
import type { SendFrame, SessionRecord } from './session.ts';

export interface ChannelOptions {
  send: (bytes: Uint8Array) => void;
  /** Unix time in milliseconds. */
  now: () => number;
  /** So many random bytes for the guest's pool. */
  entropy: (bytes: number) => Uint8Array;
}

const EMPTY = new Uint8Array(0);

/** Talks with the agent of one machine. Feed it with `receive`, tell it of restores. */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #reader = new FrameReader();
  readonly #sessions = new Map<string, Session>();
  #epoch = 0;
  #nextStream = 1;
  #nextPing = 1;
  readonly #pings = new Map<number, { resolve: () => void; reject: (reason: Error) => void }>();
  #greeting: { resolve: (version: number) => void; reject: (reason: Error) => void } | undefined;
  #failed: MachineError | undefined;

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
    this.#epoch = (this.#epoch + 1) & 0xffff || 1;
    this.#reader.reset();
    const entropy = this.#options.entropy(32);
    const payload = new Uint8Array(9 + entropy.length);
    payload[0] = PROTOCOL_VERSION;
    new DataView(payload.buffer).setBigUint64(1, BigInt(Math.round(this.#options.now())), true);
    payload.set(entropy, 9);
    const answer = new Promise<number>((resolve, reject) => {
      this.#greeting = { resolve, reject };
    });
    this.#options.send(resynchronisation());
    this.#sendFrame(FrameType.hello, 0, payload);
    const version = await answer;
    if (version === PROTOCOL_VERSION) return;
    throw new MachineError(
      'BadMessage',
      `the agent speaks version ${version}, not ${PROTOCOL_VERSION}`,
    );
  }

  /** Resolves when the agent has handled everything sent before. */
  ping(): Promise<void> {
    return this.#ask(FrameType.ping);
  }

  /** Has the agent zero free memory, for a small snapshot. */
  settle(): Promise<void> {
    return this.#ask(FrameType.settle);
  }

  /** The session of this name; opened when it is new. */
  session(name: string): Session {
    const known = this.#sessions.get(name);
    if (known?.isOpen) return known;
    if (this.#failed) throw this.#failed;
    const session = new Session(this.#nextStream++, this.#sendFrame);
    this.#sessions.set(name, session);
    return session;
  }

  /**
   * The sessions as they stand, for a snapshot: name and stream of each. Throws a StepError while
   * one of them is busy, since no shell would be at its prompt after the restore.
   */
  describe(): SessionList {
    for (const [name, session] of this.#sessions) {
      if (session.isBusy) throw new StepError(`session ${name} is busy`);
    }
    const open = [...this.#sessions].filter(([, session]) => session.isOpen);
    return open.map(([name, session]) => ({ name, ...session.describe() }));
  }

  /** Takes over the sessions of a restored machine; those that were here before are gone. */
  adopt(sessions: SessionList): void {
    this.#endSessions(new StepError('The machine was reset.'));
    for (const { name, ...record } of sessions) {
      this.#sessions.set(name, new Session(record.stream, this.#sendFrame, record));
      this.#nextStream = Math.max(this.#nextStream, record.stream + 1);
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
    this.#sessions.clear();
    this.#pings.clear();
  }

  #ask(type: number): Promise<void> {
    const id = this.#nextPing++;
    const payload = new Uint8Array(4);
    new DataView(payload.buffer).setUint32(0, id, true);
    return new Promise((resolve, reject) => {
      this.#pings.set(id, { resolve, reject });
      this.#sendFrame(type, 0, payload);
    });
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
    for (const session of this.#sessions.values()) {
      if (session.stream === frame.stream) return session.handle(frame);
    }
  }

  #answerPing(payload: Uint8Array): void {
    if (payload.length < 4) return;
    const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
    this.#pings.get(id)?.resolve();
    this.#pings.delete(id);
  }
}

/** What has to be kept with a state so that its sessions can go on. */
export type SessionList = ({ name: string } & SessionRecord)[];
