/** A machine's sessions, by name and by stream. */
import { StepError } from '../errors.ts';
import { FrameType } from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';
import type { ScreenListener } from './screen.ts';
import { Session } from './session.ts';
import type { SessionOptions, SessionRecord } from './session.ts';
import type { TerminalSize } from './terminal.ts';

/** The sessions of a saved state; they continue after its restore. */
export type SessionList = ({ name: string } & SessionRecord)[];

type Restored = Pick<SessionOptions, 'record' | 'screen'>;

export class Sessions {
  readonly #send: SendFrame;
  readonly #takeStream: () => number;
  readonly #onForeignInput: () => void;
  readonly #named = new Map<string, Session>();
  /** Includes abandoned sessions until the agent has ended them, so that no other session gets their frames. */
  readonly #byStream = new Map<number, Session>();
  readonly #listeners = new Map<string, Set<ScreenListener>>();
  /** The sizes that a person sees. They belong to the page, so a restore leaves them as they are. */
  readonly #sizes = new Map<string, TerminalSize>();

  constructor(send: SendFrame, takeStream: () => number, onForeignInput: () => void) {
    this.#send = send;
    this.#takeStream = takeStream;
    this.#onForeignInput = onForeignInput;
  }

  hasStream(stream: number): boolean {
    return this.#byStream.has(stream);
  }

  /** The session of this name. A new name, or that of an ended session, opens one. */
  get(name: string): Session {
    const known = this.#named.get(name);
    return known?.isOpen ? known : this.#add(name);
  }

  /** Sets the size of this session's terminal, also for its later shells. */
  resize(name: string, size: TerminalSize): void {
    this.#sizes.set(name, size);
    this.get(name).resize(size);
  }

  /** Calls the listener with the recent output of this session's terminal, then with new output. */
  watch(name: string, listener: ScreenListener): () => void {
    const listeners = this.#listenersOf(name);
    const session = this.get(name);
    if (session.screen) listener(session.screen);
    listeners.add(listener);
    session.showPrompt();
    return () => void listeners.delete(listener);
  }

  /** Passes a frame to the session of its stream. */
  handle(frame: Frame): void {
    this.#byStream.get(frame.stream)?.handle(frame);
    if (frame.type === FrameType.exit || frame.type === FrameType.error)
      this.#byStream.delete(frame.stream);
  }

  /** Describes the open sessions. Throws a StepError while one is busy: after a restore its step would be lost. */
  describe(): SessionList {
    const open = [...this.#named].filter(([, session]) => session.isOpen);
    for (const [name, session] of open) {
      if (session.isBusy) throw new StepError(`The session "${name}" is busy.`);
    }
    return open.map(([name, session]) => ({ name, ...session.describe() }));
  }

  /** Replaces the sessions with those of a restored machine. Steps of the former reject with the reason. */
  adopt(
    sessions: SessionList,
    { reason, keepScreens }: { reason: Error; keepScreens: boolean },
  ): void {
    const screens = new Map([...this.#named].map(([name, { screen }]) => [name, screen]));
    for (const session of this.#named.values()) session.fail(reason);
    this.#named.clear();
    this.#byStream.clear();
    for (const { name, ...record } of sessions)
      this.#add(name, { record, ...(keepScreens && { screen: screens.get(name) }) });
  }

  /** Redraws all watched terminals after a restore, unless their screens were kept. */
  redraw(): void {
    for (const [name, { size }] of this.#listeners) if (size) this.get(name).redraw();
  }

  /** Whether a terminal is changing its mode. */
  get isSwitching(): boolean {
    return [...this.#named.values()].some((session) => session.isSwitching);
  }

  /** Resolves when no terminal is changing its mode. */
  async switched(): Promise<void> {
    await Promise.all([...this.#named.values()].map((session) => session.switched()));
  }

  #listenersOf(name: string): Set<ScreenListener> {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known);
    return known;
  }

  #add(name: string, { record, screen }: Restored = {}): Session {
    const session = new Session({
      stream: record?.stream ?? this.#takeStream(),
      send: this.#send,
      listeners: this.#listenersOf(name),
      onForeignInput: this.#onForeignInput,
      size: this.#sizes.get(name),
      record,
      screen,
    });
    this.#named.set(name, session);
    this.#byStream.set(session.stream, session);
    return session;
  }
}
