/** The sessions of one machine, by name and by stream. */
import { StepError } from '../errors.ts';
import { FrameType } from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';
import type { ScreenListener } from './screen.ts';
import { Session } from './session.ts';
import type { TerminalRecord } from './terminal.ts';

/** What has to be kept with a state so that its sessions can go on. */
export type SessionList = ({ name: string } & TerminalRecord)[];

export class Sessions {
  readonly #send: SendFrame;
  readonly #takeStream: () => number;
  readonly #onForeignInput: () => void;
  readonly #named = new Map<string, Session>();
  /** Those that were given up, too, as long as the agent has not ended them: their frames are nobody else's. */
  readonly #byStream = new Map<number, Session>();
  readonly #listeners = new Map<string, Set<ScreenListener>>();

  constructor(send: SendFrame, takeStream: () => number, onForeignInput: () => void) {
    this.#send = send;
    this.#takeStream = takeStream;
    this.#onForeignInput = onForeignInput;
  }

  hasStream(stream: number): boolean {
    return this.#byStream.has(stream);
  }

  /** The session of this name; opened when it is new or has ended. */
  get(name: string): Session {
    const known = this.#named.get(name);
    return known?.isOpen ? known : this.#add(name);
  }

  /** Calls the listener with what the terminal of this name shows, first with the last of what it has shown. */
  watch(name: string, listener: ScreenListener): () => void {
    const listeners = this.#listenersOf(name);
    const session = this.get(name);
    if (session.screen) listener(session.screen);
    listeners.add(listener);
    session.showPrompt();
    return () => void listeners.delete(listener);
  }

  /** Hands a frame to the session of its stream. */
  handle(frame: Frame): void {
    this.#byStream.get(frame.stream)?.handle(frame);
    if (frame.type === FrameType.exit || frame.type === FrameType.error)
      this.#byStream.delete(frame.stream);
  }

  /** The sessions as they stand. Throws a StepError while one of them is busy: after a restore, nobody would know of it. */
  describe(): SessionList {
    const open = [...this.#named].filter(([, session]) => session.isOpen);
    for (const [name, session] of open) {
      if (session.isBusy) throw new StepError(`session ${name} is busy`);
    }
    return open.map(([name, session]) => ({ name, ...session.describe() }));
  }

  /** Takes over the sessions of a restored machine; those that were here before are gone. */
  adopt(sessions: SessionList, reason: Error): void {
    for (const session of this.#named.values()) session.fail(reason);
    this.#named.clear();
    this.#byStream.clear();
    for (const { name, ...record } of sessions) this.#add(name, record);
  }

  /** Shows the terminals of a restored machine to those who look at them. */
  redraw(): void {
    for (const [name, { size }] of this.#listeners) if (size) void this.get(name).redraw();
  }

  /** Resolves when no change of a terminal's mode is on its way. */
  async switched(): Promise<void> {
    await Promise.all([...this.#named.values()].map((session) => session.switched()));
  }

  #listenersOf(name: string): Set<ScreenListener> {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known);
    return known;
  }

  #add(name: string, record?: TerminalRecord): Session {
    const session = new Session({
      name,
      stream: record?.stream ?? this.#takeStream(),
      send: this.#send,
      listeners: this.#listenersOf(name),
      onForeignInput: this.#onForeignInput,
      record,
    });
    this.#named.set(name, session);
    this.#byStream.set(session.stream, session);
    return session;
  }
}
