/** The connection to a machine's agent: turns bytes of the serial line into sessions, files and reports. */
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
import type { ObserveKernel } from './kernel-report.ts';
import { Observation } from './observation.ts';
import type { ScreenListener } from './screen.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import type { SessionList } from './sessions.ts';
import type { TerminalSize } from './terminal.ts';
import { Transfers } from './transfers.ts';

export interface ChannelOptions extends Clocks {
  send: (bytes: Uint8Array) => void;
  /** Returns this number of random bytes, for the guest's entropy pool. */
  entropy: (bytes: number) => Uint8Array;
}

interface Answer<T> {
  resolve: (value: T) => void;
  reject: (reason: Error) => void;
}

const EMPTY = new Uint8Array(0);

/** Talks to the agent of one machine. Call `receive` with its bytes, and `adopt` and `greet` at each restore. */
export class Channel {
  /** Called when a person types. */
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
    this.#observation = new Observation((request) => this.#send(FrameType.observe, 0, request));
  }

  /** Takes bytes from the engine. */
  receive(bytes: Uint8Array): void {
    for (const frame of this.#reader.read(bytes)) this.#handle(frame);
  }

  /**
   * Begins a new epoch: sends the agent the date and entropy. Both ends drop frames of earlier epochs.
   * Resolves when the agent has answered.
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
      const reason = `The agent uses protocol version ${version}, not ${PROTOCOL_VERSION}.`;
      throw new MachineError('BadMessage', reason);
    }
    this.#observation.ask();
    this.#sessions.redraw();
  }

  /** Resolves when the agent has handled all earlier frames. */
  ping(): Promise<void> {
    return this.#ask(FrameType.ping);
  }

  /** Ends the preparation of a snapshot: the kernel stops zeroing the memory that it frees. */
  stopZeroing(): Promise<void> {
    return this.#ask(FrameType.prepared);
  }

  /** If the guest's clock stood still for a second or more, sets it forward by that time. */
  catchUp(): void {
    const lag = this.#date.takeLag();
    if (lag) this.#send(FrameType.clock, 0, writeTime(lag));
  }

  /** Writes a file on the machine. Rejects with a StepError that gives the reason. */
  async putFile(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
    if (this.#failed) throw this.#failed;
    return this.#transfers.put(path, bytes, mode);
  }

  /** Reads a file from the machine. Rejects with a StepError that gives the reason. */
  async getFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#failed) throw this.#failed;
    return this.#transfers.get(path);
  }

  /** Calls the listener with the kernel's objects, now and when they change. Returns a function that unsubscribes. */
  observe(observe: ObserveKernel): () => void {
    return this.#observation.add(observe);
  }

  /** The session of this name; a new name opens a session. */
  session(name: string): Session {
    if (this.#failed) throw this.#failed;
    return this.#sessions.get(name);
  }

  /** Sets the size of a session's terminal; a new name opens a session. */
  resize(name: string, size: TerminalSize): void {
    if (this.#failed) throw this.#failed;
    this.#sessions.resize(name, size);
  }

  /** Calls the listener with a terminal's recent and future output. Returns a function that unsubscribes. */
  watch(name: string, listener: ScreenListener): () => void {
    return this.#sessions.watch(name, listener);
  }

  /** Whether a terminal is changing its mode. */
  get isSwitching(): boolean {
    return this.#sessions.isSwitching;
  }

  /** Resolves when no terminal is changing its mode. */
  switched(): Promise<void> {
    return this.#sessions.switched();
  }

  /**
   * Describes the open sessions, for a saved state. Throws a StepError while one of them is busy, since its shell
   * would not be at its prompt after a restore, and while a file is being transferred.
   */
  describe(): SessionList {
    if (this.#transfers.isBusy) throw new StepError('A file is being transferred.');
    return this.#sessions.describe();
  }

  /** Replaces the sessions with those of a restored machine. With `keepScreens`, `greet` does not clear their terminals. */
  adopt(sessions: SessionList, keepScreens = false): void {
    this.#end(new StepError('The machine was reset.'), sessions, keepScreens);
  }

  /** Rejects all pending requests, because the guest has stopped. After `adopt` and `greet` it can be used again. */
  stop(error: MachineError): void {
    this.#greeting?.reject(error);
    this.#end(error);
  }

  /** Rejects all pending and all future requests. */
  fail(error: MachineError): void {
    this.#failed = error;
    this.stop(error);
  }

  #end(reason: Error, sessions: SessionList = [], keepScreens = false): void {
    this.#sessions.adopt(sessions, { reason, keepScreens });
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

  /** Chooses an unused number for a new stream. It has 16 bits, and 0 stands for the agent itself. */
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
      case FrameType.report:
        return this.#observation.receive(frame.payload);
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
