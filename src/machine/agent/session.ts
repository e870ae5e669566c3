/** One shell on a terminal of the machine, used by steps and by a person. */
import { SessionBusy, StepError, StepInterrupted } from '../errors.ts';
import type { Frame, SendFrame } from './frame.ts';
import type { ScreenListener } from './screen.ts';
import { linesOf, StepShell } from './step-shell.ts';
import type { OutputHooks, StepResult } from './step-shell.ts';
import { defaultSize, Terminal } from './terminal.ts';
import { isReport } from './terminal-report.ts';
import type { TerminalRecord, TerminalSize } from './terminal.ts';
import { TypedAhead } from './typed-ahead.ts';
import { WaitState } from './wait-state.ts';
import type { WaitRecord } from './wait-state.ts';

export interface SessionOptions {
  stream: number;
  send: SendFrame;
  /** The listeners of its terminal; they may change at any time. */
  listeners: ReadonlySet<ScreenListener>;
  /** Called when a person types. */
  onForeignInput: () => void;
  /** The size that a person sees. */
  size?: TerminalSize | undefined;
  record?: SessionRecord | undefined;
  /** The text that its terminal already shows, in the same state of the machine. */
  screen?: string | undefined;
}

/** A session's part of a saved state. */
export type SessionRecord = TerminalRecord & WaitRecord;

/** Milliseconds that a step waits for a person's command, which may be about to end. */
const PATIENCE_MS = 1000;
const POLL_MS = 50;
const HELD = 'Your last command is waiting for input in this session. End it first.';
/** If no step begins for this time, in ms, the terminal goes back to the person. */
const BETWEEN_STEPS_MS = 200;

/** Ctrl-U empties an unfinished line, see `VKILL` in termios(3). */
const KILL_LINE = '\u0015';

export class Session {
  readonly #terminal: Terminal;
  readonly #shell: StepShell;
  readonly #onForeignInput: () => void;
  readonly #wait: WaitState;
  readonly #hasScreen: boolean;
  #personSize: TerminalSize;
  #isStepRunning = false;
  #isStepByPerson = false;
  /** Whether Ctrl-C was pressed since the step began, perhaps before its command was typed. */
  #isStopped = false;
  /** Whether a person's keys went to the program of a step. */
  #hasKeys = false;
  /** Whether the step's program reads keys, such as top(1). */
  #isListening = false;
  readonly #typed = new TypedAhead();
  /** Whether a line that a person has typed waits for the switch to the person's mode. */
  #isLinePending = false;
  #giveBack: ReturnType<typeof setTimeout> | undefined;
  #redrawing: Promise<void> | undefined;
  /** The text on the screen before the next step's command. */
  #prompt = '$ ';

  constructor({ onForeignInput, size = defaultSize, ...options }: SessionOptions) {
    const events = {
      output: (text: string) => this.#shell.output(text),
      wait: (status: number | undefined) => {
        this.#wait.note(status, this.#isStepRunning && this.#isStepByPerson);
        this.#prompt = status === undefined ? '' : '$ ';
        this.#shell.wait(status);
      },
      listen: (program: string) => {
        // A person who watches sees the program's screen and can press keys, so the terminal gets that person's size.
        this.#isListening = true;
        if (this.#terminal.screen.isWatched) this.#terminal.resize(this.#personSize);
        const typed = this.#typed.take();
        if (typed) this.#passKeys(typed);
        this.#shell.listen(program);
      },
      more: () => this.#shell.more(),
      switched: () => {
        if (this.#isLinePending) this.#shell.leavePrompt();
        this.#isLinePending = false;
      },
      end: (status: number) => {
        const note = `[The shell exited with status ${status}. Press Enter to start a new one.]`;
        this.#terminal.screen.show(`\r\n${note}\r\n`);
        this.#shell.end(status);
      },
      fail: (reason: Error) => this.#shell.fail(reason),
    };
    this.#terminal = new Terminal(options, events);
    this.#shell = new StepShell(this.#terminal, options.record !== undefined);
    this.#onForeignInput = onForeignInput;
    this.#personSize = size;
    this.#hasScreen = options.screen !== undefined;
    this.#wait = new WaitState(options.record);
  }

  get stream(): number {
    return this.#terminal.stream;
  }

  get isOpen(): boolean {
    return this.#terminal.isOpen;
  }

  /** Whether a step or a person's command is running, or input is in transit. */
  get isBusy(): boolean {
    if (!this.isOpen) return false;
    return this.#isStepRunning || !this.#shell.isWaiting || !this.#terminal.isIdle;
  }

  /** Whether a program that a person started is waiting for input; a cell's step must not become that input. */
  get #isHeld(): boolean {
    return this.#wait.isHeldByPerson && !this.#isStepByPerson;
  }

  /** The last part of its terminal's output. */
  get screen(): string {
    return this.#terminal.screen.text;
  }

  /** Describes it for a saved state. */
  describe(): SessionRecord {
    return { ...this.#terminal.record(), ...this.#wait.record() };
  }

  /**
   * Runs a command as a step, see StepShell. Clears a line that a person has typed but not sent, as Ctrl-U does.
   * Rejects with SessionBusy, and types nothing, while a person's command is still running. `isByPerson`: whether a
   * person typed the command. It then also runs while that person's last command waits, and becomes its input.
   */
  async run(command: string, hooks: OutputHooks = {}, isByPerson = false): Promise<StepResult> {
    const lines = linesOf(command);
    if (!this.isOpen) throw new StepError('The session has ended.');
    if (this.#isStepRunning) throw new StepError('The session is busy.');
    this.#isStepByPerson = isByPerson;
    this.#isStepRunning = true;
    this.#isStopped = false;
    this.#isListening = false;
    clearTimeout(this.#giveBack);
    try {
      const isFree = this.#terminal.mode === 'steps' && this.#terminal.isIdle && !this.#isHeld;
      if (!isFree) await this.#takeTerminal();
      this.#resizeTo(defaultSize);
      // The program may have ended without reading the last keys.
      if (this.#hasKeys && this.#wait.isAtPrompt) this.#terminal.write(KILL_LINE);
      this.#hasKeys = false;
      const shown = this.#terminal.echoes ? '' : `${lines.join('\r\n> ')}\r\n`;
      this.#terminal.screen.show(this.#prompt + shown);
      return await this.#shell.run(lines, hooks);
    } finally {
      this.#isStepRunning = false;
      this.#giveBack = setTimeout(() => this.#giveToPerson(), BETWEEN_STEPS_MS);
    }
  }

  /** Presses Ctrl-C in the running step, if any. One whose command has not been typed yet rejects with StepInterrupted. */
  interrupt(): void {
    this.#isStopped = true;
    // As in a terminal, this discards earlier input.
    this.#typed.take();
    this.#shell.interrupt();
  }

  /**
   * Passes on a person's input. While a step runs, a program that reads keys gets all input. Otherwise, Ctrl-C and
   * Ctrl-\ get through, a terminal's reports are dropped, and other input waits until the step ends
   * or its program reads keys. Throws a StepError when too much input is waiting.
   */
  type(data: string): void {
    if (!this.#isStepRunning) return this.#write(data);
    if (this.#isListening) return this.#passKeys(data);
    // No program reads it now. At the prompt, it would become part of the next command.
    if (isReport(data)) return;
    const ends = this.#typed.add(data);
    if (!ends) return;
    this.#onForeignInput();
    this.#terminal.write(ends);
  }

  /** Sets the size that a person sees. A step keeps its own, unless its program reads keys. */
  resize(size: TerminalSize): void {
    this.#personSize = size;
    if (!this.#isStepRunning || this.#isListening) this.#terminal.resize(size);
  }

  /** Has the shell show its prompt, at once or after the running step. */
  showPrompt(): void {
    if (!this.#isStepRunning) this.#giveToPerson();
  }

  /** The same after a restore, on a cleared screen: its old text belongs to another state, unless it was given. */
  redraw(): void {
    this.#redrawing = this.#redraw();
  }

  async #redraw(): Promise<void> {
    if (!this.#hasScreen) this.#terminal.screen.clear();
    try {
      if (this.#terminal.mode === 'person' && !this.#hasScreen)
        await this.#terminal.setMode('steps');
      this.showPrompt();
    } catch {
      // A program is using the terminal.
    }
  }

  /** Whether the terminal is changing its mode. */
  get isSwitching(): boolean {
    return this.#terminal.isSwitching;
  }

  /** Resolves when the terminal is not changing its mode. */
  async switched(): Promise<void> {
    await this.#redrawing;
    while (this.isSwitching) await this.#terminal.switched();
  }

  /** Kills every process of the session. A running step ends, and the next one gets a new shell. */
  close(): void {
    this.#terminal.close();
  }

  /** Rejects the running step: the session has ended or was abandoned. */
  fail(reason: Error): void {
    clearTimeout(this.#giveBack);
    this.#terminal.fail(reason);
    // A terminal that has ended no longer passes this on.
    this.#shell.fail(reason);
  }

  handle(frame: Frame): void {
    this.#terminal.handle(frame);
  }

  /**
   * Takes the terminal for a step, once no program that a person started uses it. Such a program may be about to end.
   * Rejects with SessionBusy if it does not end in time, and with StepInterrupted if Ctrl-C was pressed meanwhile.
   */
  async #takeTerminal(): Promise<void> {
    for (let [left, isTaken] = [PATIENCE_MS, false]; !isTaken; left -= POLL_MS) {
      try {
        if (this.#isHeld) throw new SessionBusy(HELD);
        await this.#terminal.setMode('steps');
        isTaken = true;
      } catch (reason) {
        if (!(reason instanceof SessionBusy) || left <= 0) throw reason;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      if (!this.isOpen) throw new StepError('The session has ended.');
      if (this.#isStopped) throw new StepInterrupted();
    }
  }

  /** Passes keys to a step's program. */
  #passKeys(data: string): void {
    if (!isReport(data)) this.#onForeignInput();
    this.#hasKeys = true;
    this.#terminal.write(data);
  }

  #giveToPerson(): void {
    if (this.#isStepRunning || !this.isOpen) return;
    const typed = this.#typed.take();
    if (typed) this.#write(typed);
    else if (this.#terminal.screen.isWatched) this.#setPersonMode();
  }

  #write(data: string): void {
    if (!this.isOpen) throw new StepError('The session has ended.');
    if (!isReport(data)) this.#onForeignInput();
    this.#terminal.resize(this.#personSize);
    this.#setPersonMode();
    if (/[\r\n]/.test(data)) {
      this.#shell.leavePrompt();
      this.#isLinePending = this.#terminal.isSwitching;
    }
    this.#terminal.write(data);
  }

  /**
   * Sets the size of the terminal for a step or a person: programs format their output for the width, and the printed
   * outputs were recorded at one width. If a program such as lxc-attach runs a shell on its own terminal, the size does
   * not change. That shell redraws its prompt after a resize, and the prompt could be mistaken for the end of a step.
   */
  #resizeTo(size: TerminalSize): void {
    if (!this.#terminal.echoes) this.#terminal.resize(size);
  }

  #setPersonMode(): void {
    this.#resizeTo(this.#personSize);
    this.#terminal.setMode('person').catch(() => {
      // The terminal has ended; the next input opens a new one.
    });
  }
}
