/** A terminal of the machine: its input and output, its size, and its mode. */
import { SessionBusy, StepError } from '../errors.ts';
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
 * Who types. For steps, the terminal has no echo, and prompts are not part of the output. A person sees the prompt
 * and the echo, and can edit the line.
 */
export type TerminalMode = 'steps' | 'person';

/** A terminal's part of a saved state; it continues after the restore. */
export interface TerminalRecord extends TerminalSize {
  stream: number;
  mode: TerminalMode;
  /** Whether the next input is echoed, by the terminal of a program in between. */
  echoes: boolean;
}

/** A terminal's events, in the order in which they happen. */
export interface TerminalEvents {
  /** Text has arrived; its lines end in "\r\n". */
  output(text: string): void;
  /** A shell waits for a command; `status` is that of the last one. Undefined when another program reads. */
  wait(status: number | undefined): void;
  /** A shell waits for the rest of a command. */
  more(): void;
  /** The program of this name reads the terminal, but continues without input after some time. */
  listen(program: string): void;
  /** The requested mode is active, and the input written since the request is being typed. */
  switched(): void;
  /** The first shell has ended with this status. */
  end(status: number): void;
  /** The terminal has ended. */
  fail(reason: Error): void;
}

export interface TerminalOptions {
  stream: number;
  send: SendFrame;
  listeners: ReadonlySet<ScreenListener>;
  /** Describes a terminal of a restored machine; without it, a new one is opened. */
  record?: TerminalRecord | undefined;
  /** The text that it already shows. */
  screen?: string | undefined;
}

/** The size for steps, and for a person until another one is set. */
export const defaultSize: TerminalSize = { rows: 24, columns: 80 };

interface Switch {
  mode: TerminalMode;
  /** Output received during the switch. */
  output: string;
  promise: Promise<undefined>;
  resolve: (value: undefined) => void;
  reject: (reason: Error) => void;
}

export class Terminal {
  readonly stream: number;
  readonly screen: Screen;
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

  constructor(
    { stream, send, listeners, record, screen }: TerminalOptions,
    events: TerminalEvents,
  ) {
    this.stream = stream;
    this.screen = new Screen(listeners, screen);
    this.#send = send;
    this.#events = events;
    // A restored session also begins with full credit, see FRAME_CREDIT in guest/agent/frame.h.
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

  /** Whether no input is in transit and no switch of the mode is pending. */
  get isIdle(): boolean {
    return this.#input.isConsumed && !this.#switch;
  }

  record(): TerminalRecord {
    return { stream: this.stream, mode: this.#mode, echoes: this.#echoes, ...this.#size };
  }

  write(text: string): void {
    if (!this.#closed) this.#input.push(new TextEncoder().encode(text));
  }

  /** Sets the size. If it has changed, programs get SIGWINCH. */
  resize({ rows, columns }: TerminalSize): void {
    if (rows === this.#size.rows && columns === this.#size.columns) return;
    this.#size = { rows, columns };
    if (!this.#closed) this.#send(FrameType.resize, this.stream, this.#writeSize());
  }

  /**
   * Switches to another mode; input written after this call belongs to that mode. Rejects with SessionBusy while a
   * person's command is still running, and with a StepError when the terminal has ended.
   */
  async setMode(mode: TerminalMode): Promise<void> {
    const before = this.#switch;
    if (before?.mode === mode) return before.promise;
    if (before) {
      await before.promise.catch(() => {});
      return this.setMode(mode);
    }
    if (this.#closed) throw new StepError('The session has ended.');
    if (mode === this.#mode) return;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#switch = { mode, output: '', promise, resolve, reject };
    this.#send(FrameType.mode, this.stream, Uint8Array.of(mode === 'person' ? 1 : 0));
    return promise;
  }

  /** Resolves when no switch of the mode is pending. */
  async switched(): Promise<void> {
    await this.#switch?.promise.catch(() => {});
  }

  /** Kills every process of the terminal; `end` follows. */
  close(): void {
    if (!this.#closed) this.#send(FrameType.close, this.stream);
  }

  /** Marks the terminal as ended or abandoned. */
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
        return this.#input.addCredit(readCount(payload));
      case FrameType.more:
        this.#endOutput(payload[0] === 1);
        return this.#events.more();
      case FrameType.prompt:
        this.#endOutput(payload[0] === 1);
        return this.#events.wait(view.getInt32(1, true));
      case FrameType.reading:
        this.#endOutput(payload[0] === 1);
        return this.#events.wait(undefined);
      case FrameType.listening:
        return this.#events.listen(new TextDecoder().decode(payload));
      case FrameType.mode:
        return this.#takeMode(payload[0] === 1 ? 'person' : 'steps');
      case FrameType.busy:
        return this.#endSwitch(this.#kept(payload));
      case FrameType.exit:
        this.#showText(this.#decoder.decode());
        this.#finish(new StepError('The session has ended.'));
        return this.#events.end(view.getInt32(0, true));
      case FrameType.error:
        return this.#refuse(new TextDecoder().decode(payload));
    }
  }

  /** The agent has not opened it, or has ended it. */
  #refuse(reason: string): void {
    this.screen.show(`\r\n[${reason}]\r\n`);
    this.fail(new StepError(reason));
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
    this.#output.consume(payload.length);
    this.#showText(this.#decoder.decode(payload, { stream: true }));
  }

  /** Handles the end of some output: the next output does not complete its last character. */
  #endOutput(echoes: boolean): void {
    this.#showText(this.#decoder.decode());
    this.#echoes = echoes;
  }

  #showText(text: string): void {
    if (!text) return;
    if (this.#switch) this.#switch.output += text;
    else this.screen.show(text);
    this.#events.output(text);
  }

  #takeMode(mode: TerminalMode): void {
    // The agent also reports a prompt that it had reprinted without a request.
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

  #kept(payload: Uint8Array): Error {
    const program = new TextDecoder().decode(payload.subarray(1)) || 'A program';
    return payload[0] === 1
      ? new SessionBusy(
          'The shell in this session waits for the rest of a command. Finish it first.',
        )
      : new SessionBusy(`"${program}" is running in this session. End it first.`);
  }
}

/** A switch makes the shell reprint its prompt on a new line. Removes the superfluous line. */
function tidy(output: string, mode: TerminalMode, isAtLineStart: boolean): string {
  if (mode === 'person') return isAtLineStart ? output.replace(/^\r\n/, '') : output;
  // The shell rings the bell when its line is already empty.
  const quiet = output.replaceAll('\u0007', '');
  // Moves up and clears the line for a step's command, unless the shell has printed a message.
  return quiet.split('\n').length === 2 ? `${quiet}\u001b[A\u001b[2K` : quiet;
}
