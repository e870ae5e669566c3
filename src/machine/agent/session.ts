/** One shell on a terminal of the machine, for steps and for a person. */
import { SessionHeld, StepError } from '../errors.ts';
import type { Frame, SendFrame } from './frame.ts';
import type { ScreenListener } from './screen.ts';
import { linesOf, StepShell } from './step-shell.ts';
import type { StepResult } from './step-shell.ts';
import { Terminal } from './terminal.ts';
import type { TerminalRecord, TerminalSize } from './terminal.ts';

export interface SessionOptions {
  name: string;
  stream: number;
  send: SendFrame;
  /** Those who look at its terminal; they may come and go. */
  listeners: ReadonlySet<ScreenListener>;
  /** Called when something is typed that no step made. */
  onForeignInput: () => void;
  record?: TerminalRecord | undefined;
}

/** A step waits so long, in ms, for what a person has begun: it may just be ending. */
const PATIENCE_MS = 1000;
const LOOK_MS = 50;
/** After a step, the terminal is a person's again once no other has begun for so long, in ms. */
const BETWEEN_STEPS_MS = 200;
/** Characters that may be typed while a step runs. */
const MAX_TYPED = 1 << 16;
/** What a terminal says by itself, when it is asked: its kind, its state, where the cursor is. See console_codes(4). */
// eslint-disable-next-line no-control-regex
const REPORT = /^(?:\u001b\[[?>]?[\d;]*[Rcn])+$/;
/** Ctrl-C and Ctrl-\ end what runs, and what was typed before them goes, as in every terminal. */
// eslint-disable-next-line no-control-regex
const ENDS_STEP = /[\u0003\u001c]/g;

export class Session {
  readonly #terminal: Terminal;
  readonly #shell: StepShell;
  readonly #onForeignInput: () => void;
  #isTaken = false;
  /** What a person has typed while a step runs. */
  #typed = '';
  /** Whether a line that a person has typed waits for the terminal to be a person's. */
  #isLinePending = false;
  #giveBack: ReturnType<typeof setTimeout> | undefined;
  /** What stands on the screen before the next step's command. */
  #prompt = '$ ';

  constructor({ onForeignInput, ...options }: SessionOptions) {
    const events = {
      output: (text: string) => this.#shell.output(text),
      wait: (status: number | undefined) => {
        this.#prompt = status === undefined ? '' : '$ ';
        this.#shell.wait(status);
      },
      more: () => this.#shell.more(),
      switched: () => {
        if (this.#isLinePending) this.#shell.leavePrompt();
        this.#isLinePending = false;
      },
      end: (status: number) => this.#shell.end(status),
      fail: (reason: Error) => this.#shell.fail(reason),
    };
    this.#terminal = new Terminal(options, events);
    this.#shell = new StepShell(this.#terminal, options.record !== undefined);
    this.#onForeignInput = onForeignInput;
  }

  get stream(): number {
    return this.#terminal.stream;
  }

  get isOpen(): boolean {
    return this.#terminal.isOpen;
  }

  /** Whether a step or a person's command runs, or input is on its way. */
  get isBusy(): boolean {
    if (!this.isOpen) return false;
    return this.#isTaken || !this.#shell.isWaiting || !this.#terminal.isAtRest;
  }

  /** The last of what its terminal has shown. */
  get screen(): string {
    return this.#terminal.screen.text;
  }

  /** For the record of a saved state. */
  describe(): TerminalRecord {
    return this.#terminal.record();
  }

  /**
   * Runs a command as a step, see StepShell. What a person has typed and not sent is cleared, as by Ctrl-U.
   * Rejects with SessionHeld, and types nothing, while what a person has begun has not ended.
   */
  async run(command: string, onOutput: (text: string) => void = () => {}): Promise<StepResult> {
    const lines = linesOf(command);
    if (!this.isOpen) throw new StepError('The session has ended.');
    if (this.#isTaken) throw new StepError('The session is busy.');
    this.#isTaken = true;
    clearTimeout(this.#giveBack);
    try {
      if (this.#terminal.mode === 'person' || !this.#terminal.isAtRest) await this.#takeTerminal();
      const shown = this.#terminal.echoes ? '' : `${lines.join('\r\n> ')}\r\n`;
      this.#terminal.screen.show(this.#prompt + shown);
      return await this.#shell.run(lines, onOutput);
    } finally {
      this.#isTaken = false;
      this.#giveBack = setTimeout(() => this.#giveToPerson(), BETWEEN_STEPS_MS);
    }
  }

  /** Presses Ctrl-C in the step that runs, if one does. */
  interrupt(): void {
    this.#shell.interrupt();
  }

  /**
   * Types what a person has typed. While a step runs, only Ctrl-C and Ctrl-\ get through; the rest is typed after
   * it. Throws a StepError when that is too much.
   */
  type(data: string): void {
    if (!this.#isTaken) return this.#write(data);
    const ends = data.match(ENDS_STEP)?.join('') ?? '';
    const rest = data.slice(data.search(/[^\u0003\u001c]*$/)); // eslint-disable-line no-control-regex
    if (ends) this.#typed = '';
    if (this.#typed.length + rest.length > MAX_TYPED)
      throw new StepError(`More than ${MAX_TYPED} characters were typed while a step runs.`);
    this.#typed += rest;
    if (!ends) return;
    this.#onForeignInput();
    this.#terminal.write(ends);
  }

  resize(size: TerminalSize): void {
    this.#terminal.resize(size);
  }

  /** Has the shell show its prompt to those who look, unless a step runs; then it comes after that. */
  showPrompt(): void {
    if (!this.#isTaken) this.#giveToPerson();
  }

  /** The same after a restore: what stood on the screen was of another state. */
  async redraw(): Promise<void> {
    this.#terminal.screen.clear();
    try {
      if (this.#terminal.mode === 'person') await this.#terminal.setMode('steps');
      this.showPrompt();
    } catch {
      // A program has the terminal.
    }
  }

  /** Resolves when no change of the terminal's mode is on its way. */
  async switched(): Promise<void> {
    await this.#terminal.switched();
  }

  /** Kills every process of the session. What was running ends, and the next step gets a new shell. */
  close(): void {
    this.#terminal.close();
  }

  /** Rejects the step that is running; the session is gone, or given up. */
  fail(reason: Error): void {
    clearTimeout(this.#giveBack);
    this.#terminal.fail(reason);
  }

  handle(frame: Frame): void {
    this.#terminal.handle(frame);
  }

  async #takeTerminal(): Promise<void> {
    for (let left = PATIENCE_MS; ; left -= LOOK_MS) {
      try {
        return await this.#terminal.setMode('steps');
      } catch (reason) {
        if (!(reason instanceof SessionHeld) || left <= 0) throw reason;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    }
  }

  #giveToPerson(): void {
    if (this.#isTaken || !this.isOpen) return;
    const typed = this.#typed;
    this.#typed = '';
    if (typed) this.#write(typed);
    else if (this.#terminal.screen.isWatched) this.#setPersonMode();
  }

  #write(data: string): void {
    if (!this.isOpen) throw new StepError('The session has ended.');
    if (!REPORT.test(data)) this.#onForeignInput();
    this.#setPersonMode();
    if (/[\r\n]/.test(data)) {
      this.#shell.leavePrompt();
      this.#isLinePending = this.#terminal.isSwitching;
    }
    this.#terminal.write(data);
  }

  #setPersonMode(): void {
    this.#terminal.setMode('person').catch(() => {
      // The terminal is gone; whoever types next gets a new one.
    });
  }
}
