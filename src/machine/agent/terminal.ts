/** A terminal of the machine: bytes there and back, its size, and whose lines are typed on it. */
import { SessionHeld, StepError } from '../errors.ts';
import { InputFlow, OutputFlow, OUTPUT_WINDOW, readCount } from './flow.ts';
import { FrameType } from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';
import { Screen } from './screen.ts';
import type { ScreenListener } from './screen.ts';

export interface TerminalSize {
  rows: number;
  columns: number;
}

/**
 * Whose lines are typed: those of steps, without echo, and prompts are no output; or a person's, who sees the
 * prompt and what is typed, and edits the line.
 */
export type TerminalMode = 'steps' | 'person';

/** What has to be kept with a state so that the terminal can go on after a restore. */
export interface TerminalRecord extends TerminalSize {
  stream: number;
  mode: TerminalMode;
  /** Whether what is typed next comes back as output, from the terminal of a program in between. */
  echoes: boolean;
}

/** What a terminal reports, in the order in which it happens. */
export interface TerminalEvents {
  /** Text came, lines ending in "\r\n". */
  output(text: string): void;
  /** A shell waits for a command, after one that ended with this status; or a program reads, then it is undefined. */
  wait(status: number | undefined): void;
  /** A shell waits for the rest of a command. */
  more(): void;
  /** It is in the mode that was asked for; what was written since then is typed now. */
  switched(): void;
  /** The first shell has ended with this status. */
  end(status: number): void;
  /** The terminal is gone. */
  fail(reason: Error): void;
}

export interface TerminalOptions {
  /** Of its session, for messages. */
  name: string;
  stream: number;
  send: SendFrame;
  listeners: ReadonlySet<ScreenListener>;
  /** The terminal of a restored machine; without it a new one is opened. */
  record?: TerminalRecord | undefined;
}

const defaultSize: TerminalSize = { rows: 24, columns: 80 };

interface Switch {
  mode: TerminalMode;
  /** What came meanwhile. */
  output: string;
  promise: Promise<undefined>;
  resolve: (value: undefined) => void;
  reject: (reason: Error) => void;
}

export class Terminal {
  readonly stream: number;
  readonly screen: Screen;
  readonly #name: string;
  readonly #send: SendFrame;
  readonly #events: TerminalEvents;
  readonly #input: InputFlow;
  readonly #output: OutputFlow;
  readonly #decoder = new TextDecoder();
  #size: TerminalSize;
  #mode: TerminalMode;
  #echoes: boolean;
  #switch: Switch | undefined;
  #closed = false;

  constructor({ name, stream, send, listeners, record }: TerminalOptions, events: TerminalEvents) {
    this.stream = stream;
    this.screen = new Screen(listeners);
    this.#name = name;
    this.#send = send;
    this.#events = events;
    // Whole also for a restored session, see FRAME_CREDIT in guest/agent/frame.h.
    this.#input = new InputFlow(stream, send);
    this.#output = new OutputFlow(stream, send);
    const { rows, columns } = record ?? defaultSize;
    this.#size = { rows, columns };
    this.#mode = record?.mode ?? 'steps';
    this.#echoes = record?.echoes ?? false;
    if (!record) send(FrameType.open, stream, this.#writeSize(OUTPUT_WINDOW));
  }

  get mode(): TerminalMode {
    return this.#mode;
  }

  get echoes(): boolean {
    return this.#echoes;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  get isSwitching(): boolean {
    return this.#switch !== undefined;
  }

  /** Whether no input is on its way, and no other mode. */
  get isAtRest(): boolean {
    return this.#input.isTaken && !this.#switch;
  }

  record(): TerminalRecord {
    return { stream: this.stream, mode: this.#mode, echoes: this.#echoes, ...this.#size };
  }

  write(text: string): void {
    if (!this.#closed) this.#input.push(new TextEncoder().encode(text));
  }

  /** Sets the size; programs get SIGWINCH. */
  resize({ rows, columns }: TerminalSize): void {
    this.#size = { rows, columns };
    if (!this.#closed) this.#send(FrameType.resize, this.stream, this.#writeSize());
  }

  /**
   * Goes over to another mode; what is written after this call is input of that mode. Rejects with SessionHeld
   * when what a person has begun has not ended.
   */
  async setMode(mode: TerminalMode): Promise<void> {
    const before = this.#switch;
    if (before?.mode === mode) return before.promise;
    if (before) {
      await before.promise.catch(() => {});
      return this.setMode(mode);
    }
    if (this.#closed || mode === this.#mode) return;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#switch = { mode, output: '', promise, resolve, reject };
    this.#send(FrameType.mode, this.stream, Uint8Array.of(mode === 'person' ? 1 : 0));
    return promise;
  }

  /** Resolves when no other mode is on its way. */
  async switched(): Promise<void> {
    await this.#switch?.promise.catch(() => {});
  }

  /** Kills every process of the terminal; `end` follows. */
  close(): void {
    if (!this.#closed) this.#send(FrameType.close, this.stream);
  }

  /** The terminal is gone, or given up. */
  fail(reason: Error): void {
    if (this.#closed) return;
    this.#finish(reason);
    this.#events.fail(reason);
  }

  handle({ type, payload }: Frame): void {
    if (this.#closed) return;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    switch (type) {
      case FrameType.output:
        return this.#takeOutput(payload);
      case FrameType.credit:
        return this.#input.grant(readCount(payload));
      case FrameType.more:
        this.#echoes = payload[0] === 1;
        return this.#events.more();
      case FrameType.prompt:
        this.#echoes = payload[0] === 1;
        return this.#events.wait(view.getInt32(1, true));
      case FrameType.reading:
        this.#echoes = payload[0] === 1;
        return this.#events.wait(undefined);
      case FrameType.mode:
        return this.#takeMode(payload[0] === 1 ? 'person' : 'steps');
      case FrameType.held:
        return this.#endSwitch(this.#held(payload));
      case FrameType.exit:
        this.#finish(new StepError('The session has ended.'));
        return this.#events.end(view.getInt32(0, true));
      case FrameType.error:
        return this.fail(new StepError(new TextDecoder().decode(payload)));
    }
  }

  #finish(reason: Error): void {
    this.#closed = true;
    this.#endSwitch(reason);
  }

  #writeSize(credit?: number): Uint8Array {
    const payload = new Uint8Array(credit === undefined ? 4 : 8);
    const view = new DataView(payload.buffer);
    view.setUint16(0, this.#size.rows, true);
    view.setUint16(2, this.#size.columns, true);
    if (credit !== undefined) view.setUint32(4, credit, true);
    return payload;
  }

  #takeOutput(payload: Uint8Array): void {
    this.#output.take(payload.length);
    const text = this.#decoder.decode(payload, { stream: true });
    if (this.#switch) this.#switch.output += text;
    else this.screen.show(text);
    this.#events.output(text);
  }

  #takeMode(mode: TerminalMode): void {
    // The agent also reports a prompt that it has had printed anew by itself.
    if (this.#switch?.mode !== mode) return;
    this.#mode = mode;
    this.#events.switched();
    this.#endSwitch();
  }

  #endSwitch(reason?: Error): void {
    const { output = '', mode, resolve, reject } = this.#switch ?? {};
    this.#switch = undefined;
    this.screen.show(reason || !mode ? output : tidy(output, mode, this.screen.isAtLineStart));
    if (reason) reject?.(reason);
    else resolve?.(undefined);
  }

  #held(payload: Uint8Array): Error {
    const program = new TextDecoder().decode(payload.subarray(1)) || 'A program';
    const session = `the session "${this.#name}"`;
    return payload[0] === 1
      ? new SessionHeld(`The shell in ${session} waits for the rest of a command. Finish it first.`)
      : new SessionHeld(`"${program}" is running in ${session}. End it first.`);
  }
}

/** A switch has a prompt printed anew, on a line of its own. Takes back the one that is not needed. */
function tidy(output: string, mode: TerminalMode, isAtLineStart: boolean): string {
  if (mode === 'person') return isAtLineStart ? output.replace(/^\r\n/, '') : output;
  // A shell rings when there is nothing to clear.
  const quiet = output.replaceAll('\u0007', '');
  // Up, and clear the line: a step's command is to stand there. Unless the shell has had something to say.
  return quiet.split('\n').length === 2 ? `${quiet}\u001b[A\u001b[2K` : quiet;
}
