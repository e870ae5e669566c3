/** What can be asked of a machine's agent: bytes of the serial line on one side, sessions, files and processes on the other. */
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
import { GuestDate } from './guest-date.ts';
import type { Clocks } from './guest-date.ts';
import { Observation } from './observation.ts';
import type { Observe } from './processes.ts';
import type { ScreenListener } from './screen.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import type { SessionList } from './sessions.ts';
import { Transfers } from './transfers.ts';

export interface ChannelOptions extends Clocks {
  send: (bytes: Uint8Array) => void;
  /** Random bytes for the guest's pool, of this number. */
  entropy: (bytes: number) => Uint8Array;
}

interface Answer<T> {
  resolve: (value: T) => void;
  reject: (reason: Error) => void;
}

const EMPTY = new Uint8Array(0);

/** Talks with the agent of one machine. Feed it with `receive`, tell it of restores. */
export class Channel {
  /** Called when something is typed that no step made. */
  onForeignInput: () => void = () => {};
  readonly #options: ChannelOptions;
  readonly #reader = new FrameReader();
  readonly #sessions: Sessions;
  readonly #transfers: Transfers;
  readonly #observation: Observation;
  readonly #date: GuestDate;
  readonly #pings = new Map<number, Answer<void>>();
  #greeting: Answer<number> | undefined;
  #epoch = 0;
  #lastStream = 0;
  #nextPing = 1;
  #failed: MachineError | undefined;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.#date = new GuestDate(options);
    const takeStream = (): number => this.#takeStream();
    this.#sessions = new Sessions(this.#send, takeStream, () => this.onForeignInput());
    this.#transfers = new Transfers(this.#send, takeStream);
    this.#observation = new Observation((ms) => this.#send(FrameType.observe, 0, writeCount(ms)));
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
    this.#observation.forget();
    const entropy = this.#options.entropy(32);
    const payload = new Uint8Array(9 + entropy.length);
    payload[0] = PROTOCOL_VERSION;
    payload.set(writeTime(this.#date.set()), 1);
    payload.set(entropy, 9);
    const answer = new Promise<number>((resolve, reject) => {
      this.#greeting = { resolve, reject };
    });
    this.#options.send(resynchronisation());
    this.#send(FrameType.hello, 0, payload);
    const version = await answer;
    if (version !== PROTOCOL_VERSION) {
      const reason = `the agent speaks version ${version}, not ${PROTOCOL_VERSION}`;
      throw new MachineError('BadMessage', reason);
    }
    this.#observation.ask();
    this.#sessions.redraw();
  }

  /** Resolves when the agent has handled everything sent before. */
  ping(): Promise<void> {
    return this.#ask(FrameType.ping);
  }

  /** Ends the preparation of a snapshot: freed memory is zeroed no longer. */
  settle(): Promise<void> {
    return this.#ask(FrameType.settle);
  }

  /** Sets the guest's clock forward by the time for which it stood still, if that is a second or more. */
  catchUp(): void {
    const late = this.#date.takeLate();
    if (late) this.#send(FrameType.clock, 0, writeTime(late));
  }

  /** Writes a file of the machine. Rejects with a StepError that says why it cannot. */
  async putFile(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
    if (this.#failed) throw this.#failed;
    return this.#transfers.put(path, bytes, mode);
  }

  /** Reads a file of the machine. Rejects with a StepError that says why it cannot. */
  async getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#failed) throw this.#failed;
    return this.#transfers.get(path);
  }

  /** Calls the listener with the processes, now and when they change. Returns how to stop that. */
  observe(observe: Observe): () => void {
    return this.#observation.add(observe);
  }

  /** The session of this name; opened when it is new. */
  session(name: string): Session {
    if (this.#failed) throw this.#failed;
    return this.#sessions.get(name);
  }

  /** Calls the listener with what the terminal of a session shows, now and from now on. Returns how to stop that. */
  watch(name: string, listener: ScreenListener): () => void {
    return this.#sessions.watch(name, listener);
  }

  /** Resolves when no change of a terminal's mode is on its way. */
  switched(): Promise<void> {
    return this.#sessions.switched();
  }

  /**
   * The sessions as they stand, for a snapshot. Throws a StepError while one of them is busy, since no shell would
   * be at its prompt after the restore, or a file is on its way.
   */
  describe(): SessionList {
    if (this.#transfers.isBusy) throw new StepError('a file is on its way');
    return this.#sessions.describe();
  }

  /** Takes over the sessions of a restored machine; those that were here before are gone. */
  adopt(sessions: SessionList): void {
    this.#end(new StepError('The machine was reset.'), sessions);
  }

  /** Ends everything that is pending, for good. */
  fail(error: MachineError): void {
    this.#failed = error;
    this.#greeting?.reject(error);
    this.#end(error, []);
  }

  #end(reason: Error, sessions: SessionList): void {
    this.#sessions.adopt(sessions, reason);
    this.#transfers.fail(reason);
    for (const ping of this.#pings.values()) ping.reject(reason);
    this.#pings.clear();
  }

  #ask(type: number): Promise<void> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = this.#nextPing++;
    return new Promise((resolve, reject) => {
      this.#pings.set(id, { resolve, reject });
      this.#send(type, 0, writeCount(id));
    });
  }

  /** A number for a new stream; frames have 16 bits for it, and 0 is the agent itself. */
  #takeStream(): number {
    const isUsed = (stream: number): boolean =>
      this.#transfers.hasStream(stream) || this.#sessions.hasStream(stream);
    do this.#lastStream = (this.#lastStream % 0xffff) + 1;
    while (isUsed(this.#lastStream));
    return this.#lastStream;
  }

  readonly #send: SendFrame = (type, stream, payload = EMPTY) => {
    for (let at = 0; at === 0 || at < payload.length; at += MAX_PAYLOAD) {
      const part = payload.subarray(at, at + MAX_PAYLOAD);
      this.#options.send(encodeFrame({ type, epoch: this.#epoch, stream, payload: part }));
    }
  };

  #handle(frame: Frame): void {
    if (frame.epoch !== this.#epoch) return;
    switch (frame.type) {
      case FrameType.hello:
        return this.#greeting?.resolve(frame.payload[0] ?? 0);
      case FrameType.ping:
        return this.#answerPing(frame.payload);
      case FrameType.processes:
        return this.#observation.take(frame.payload);
      default:
        if (!this.#transfers.handle(frame)) this.#sessions.handle(frame);
    }
  }

  #answerPing(payload: Uint8Array): void {
    if (payload.length < 4) return;
    const id = readCount(payload);
    this.#pings.get(id)?.resolve();
    this.#pings.delete(id);
  }
}
