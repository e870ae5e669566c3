/** One shell on a terminal of the machine, as the page sees it. */
import { EchoFilter } from './echo-filter.ts';
import { StepError } from '../errors.ts';
import { InputFlow, OutputFlow, OUTPUT_WINDOW, readCount } from './flow.ts';
import { FrameType } from './frame.ts';
import type { Frame, SendFrame } from './frame.ts';

/** How a step ended. */
export interface StepResult {
  /** What the terminal showed, without the typed command; lines end in "\n". */
  output: string;
  /**
   * Exit status as `$?` has it. Undefined when no shell told one, because a program waits for input:
   * one that reads from the terminal, or a shell whose prompt is not ours.
   */
  status: number | undefined;
  /** Whether the session's first shell ended, so that the next step gets a new one. */
  ended: boolean;
  /** Whether output beyond MAX_OUTPUT characters was thrown away. */
  truncated: boolean;
}

/** What has to be kept with a state so that the session can go on after a restore. */
export interface SessionRecord {
  stream: number;
  /** Whether what is typed next comes back as output. */
  echoes: boolean;
}

/** Characters of a step's output that are kept. */
const MAX_OUTPUT = 1 << 20;
const ROWS = 24;
const COLUMNS = 80;
/** Longer lines are cut by the terminal itself, see "Canonical mode" in termios(3). */
const MAX_LINE = 4095;
const INTERRUPT = Uint8Array.of(3);

interface Step {
  /** Lines of the command that were not typed yet. */
  lines: string[];
  /** Before that, a new shell may still be starting. */
  typed: boolean;
  incomplete: boolean;
  output: string;
  truncated: boolean;
  onOutput: (text: string) => void;
  resolve: (result: StepResult) => void;
  reject: (reason: Error) => void;
}

/** Runs steps, one at a time. Made by a Channel. */
export class Session {
  readonly stream: number;
  readonly #send: SendFrame;
  #decoder = new TextDecoder();
  #step: Step | undefined;
  readonly #input: InputFlow;
  readonly #output: OutputFlow;
  #atPrompt: boolean;
  /** Whether what is typed next comes back as output. */
  #echoes: boolean;
  readonly #echo = new EchoFilter();
  #closed = false;

  constructor(stream: number, send: SendFrame, record?: SessionRecord) {
    this.stream = stream;
    this.#send = send;
    // Whole also for a restored session, see FRAME_CREDIT in guest/agent/frame.h.
    this.#input = new InputFlow(stream, send);
    this.#output = new OutputFlow(stream, send);
    this.#atPrompt = record !== undefined;
    this.#echoes = record?.echoes ?? false;
    if (!record) this.#open();
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** Whether a step runs, or input is on its way. */
  get isBusy(): boolean {
    if (this.#closed) return false;
    return this.#step !== undefined || !this.#atPrompt || !this.#input.isTaken;
  }

  /** For the record of a saved state. */
  describe(): SessionRecord {
    return { stream: this.stream, echoes: this.#echoes };
  }

  /**
   * Types a command and resolves when the terminal waits for the next line: the same shell, one that
   * the command started, the one that it left, or a program that reads. Rejects with a StepError for a command that cannot be
   * typed or is not complete, and with the reason given to `fail`.
   */
  run(command: string, onOutput: (text: string) => void = () => {}): Promise<StepResult> {
    const lines = command.split('\n');
    const long = lines.find((line) => new TextEncoder().encode(line).length > MAX_LINE);
    if (long) return Promise.reject(new StepError(`A line is longer than ${MAX_LINE} bytes.`));
    if (this.#closed) return Promise.reject(new StepError('The session has ended.'));
    if (this.#step) return Promise.reject(new StepError('The session is busy.'));
    return new Promise((resolve, reject) => {
      this.#step = {
        lines,
        typed: false,
        incomplete: false,
        output: '',
        truncated: false,
        onOutput,
        resolve,
        reject,
      };
      if (this.#atPrompt) this.#typeLine();
    });
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    this.#input.push(INTERRUPT);
  }

  /** Kills every process of the session. What was running ends, and the next step gets a new shell. */
  close(): void {
    if (!this.#closed) this.#send(FrameType.close, this.stream);
  }

  /** Rejects the step that is running; the session is gone. */
  fail(reason: Error): void {
    this.#closed = true;
    const step = this.#step;
    this.#step = undefined;
    step?.reject(reason);
  }

  handle(frame: Frame): void {
    const { payload } = frame;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    switch (frame.type) {
      case FrameType.output:
        return this.#takeOutput(payload);
      case FrameType.more:
        this.#echoes = payload[0] === 1;
        return this.#continue();
      case FrameType.prompt:
        this.#echoes = payload[0] === 1;
        return this.#prompt(view.getInt32(1, true));
      case FrameType.reading:
        this.#echoes = payload[0] === 1;
        return this.#prompt(undefined);
      case FrameType.credit:
        return this.#input.grant(readCount(payload));
      case FrameType.exit:
        this.#closed = true;
        return this.#finish(view.getInt32(0, true), true);
      case FrameType.error:
        return this.fail(new StepError(new TextDecoder().decode(payload)));
    }
  }

  #open(): void {
    const size = new Uint8Array(8);
    const view = new DataView(size.buffer);
    view.setUint16(0, ROWS, true);
    view.setUint16(2, COLUMNS, true);
    view.setUint32(4, OUTPUT_WINDOW, true);
    this.#send(FrameType.open, this.stream, size);
  }

  #typeLine(): void {
    const step = this.#step;
    const line = step?.lines.shift();
    if (!step || line === undefined) return;
    step.typed = true;
    this.#atPrompt = false;
    if (this.#echoes) this.#echo.expect(line);
    this.#input.push(new TextEncoder().encode(`${line}\n`));
  }

  #continue(): void {
    const step = this.#step;
    if (!step) return;
    if (step.lines.length) return this.#typeLine();
    step.incomplete = true;
    this.interrupt();
  }

  #prompt(status: number | undefined): void {
    // A shell that edits its line draws its prompt again when the terminal's size is set, as
    // lxc-attach does. What was typed since has not even been echoed.
    if (this.#echo.isUntouched) return;
    this.#atPrompt = true;
    if (this.#step?.lines.length) return this.#typeLine();
    this.#finish(status, false);
  }

  #finish(status: number | undefined, ended: boolean): void {
    const step = this.#step;
    if (!step) return;
    this.#keep(step, this.#echo.end());
    this.#step = undefined;
    if (step.incomplete) {
      step.reject(new StepError('The command is not complete: the shell waits for more.'));
      return;
    }
    const { output, truncated } = step;
    step.resolve({ output: output.replace(/(?<!\r)\r+\n/g, '\n'), status, ended, truncated });
  }

  #takeOutput(payload: Uint8Array): void {
    this.#output.take(payload.length);
    const text = this.#decoder.decode(payload, { stream: true });
    if (this.#step?.typed) this.#keep(this.#step, this.#echo.take(text));
  }

  #keep(step: Step, text: string): void {
    const kept = text.slice(0, MAX_OUTPUT - step.output.length);
    step.truncated ||= kept.length < text.length;
    step.output += kept;
    if (kept) step.onOutput(kept);
  }
}
