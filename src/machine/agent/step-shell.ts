/** Runs steps in a terminal's shell: types a command, and ends it when a program waits for the next input. */
import { StepError } from '../errors.ts';
import { EchoFilter } from './echo-filter.ts';
import { LineEnds } from './line-ends.ts';

/** How a step ended. */
export interface StepResult {
  /**
   * Exit status, as in `$?`. Undefined when no shell reported one: another program reads from the terminal, or a
   * shell uses a prompt of its own.
   */
  status: number | undefined;
  /** Whether the session's first shell ended. The next step then gets a new one. */
  ended: boolean;
  /** Whether output beyond MAX_OUTPUT characters was discarded. */
  truncated: boolean;
}

export interface OutputHooks {
  /** Called with the step's output, without the echo, as it arrives. Lines end in "\n". The machine does not keep it. */
  onOutput?: ((text: string) => void) | undefined;
  /**
   * Called with the name of a program that reads the terminal but continues without input after some time, such as
   * top(1). The step goes on.
   */
  onListens?: ((program: string) => void) | undefined;
}

/** Maximum number of characters of a step's output. */
const MAX_OUTPUT = 1 << 20;
/** The terminal truncates longer lines, see "Canonical mode" in termios(3). */
const MAX_LINE = 4095;
const INTERRUPT = '\u0003';

interface Step {
  /** Lines of the command that have not been typed yet. */
  lines: string[];
  /** False while a new shell may still be starting. */
  typed: boolean;
  incomplete: boolean;
  characters: number;
  truncated: boolean;
  hooks: OutputHooks;
  resolve: (result: StepResult) => void;
  reject: (reason: Error) => void;
}

/** The part of a terminal that StepShell uses. */
export interface StepTerminal {
  write(text: string): void;
  /** Whether the terminal echoes the next input. */
  readonly echoes: boolean;
}

/** Splits a command into lines. Throws a StepError when a line is too long for a terminal. */
export function linesOf(command: string): string[] {
  const lines = command.split('\n');
  const isLong = (line: string) => new TextEncoder().encode(line).length > MAX_LINE;
  if (lines.some(isLong)) throw new StepError(`A line is longer than ${MAX_LINE} bytes.`);
  return lines;
}

export class StepShell {
  readonly #terminal: StepTerminal;
  #step: Step | undefined;
  #isWaiting: boolean;
  readonly #echo = new EchoFilter();
  readonly #lineEnds = new LineEnds();

  /** `isWaiting`: whether the shell is at its prompt already. */
  constructor(terminal: StepTerminal, isWaiting: boolean) {
    this.#terminal = terminal;
    this.#isWaiting = isWaiting;
  }

  /** Whether the shell or another program waits for a line. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether a step is running. */
  get isRunning(): boolean {
    return this.#step !== undefined;
  }

  /** Notes that a person has typed a line. */
  leavePrompt(): void {
    this.#isWaiting = false;
  }

  /**
   * Types the lines of a command, and resolves when a program waits for the next input: the same shell, a shell
   * that the command started or returned to, or any other program that reads. Rejects with a StepError for an
   * incomplete command, and with the reason given to `fail`.
   */
  run(lines: readonly string[], hooks: OutputHooks): Promise<StepResult> {
    return new Promise((resolve, reject) => {
      this.#step = {
        lines: [...lines],
        typed: false,
        incomplete: false,
        characters: 0,
        truncated: false,
        hooks,
        resolve,
        reject,
      };
      if (this.#isWaiting) this.#typeLine();
    });
  }

  /** Presses Ctrl-C in the running step, if any. */
  interrupt(): void {
    if (this.#step) this.#terminal.write(INTERRUPT);
  }

  output(text: string): void {
    if (this.#step?.typed)
      this.#pass(this.#step, this.#lineEnds.normalize(this.#echo.filter(text)));
  }

  more(): void {
    const step = this.#step;
    if (!step) this.#isWaiting = true;
    else if (step.lines.length) this.#typeLine();
    else {
      step.incomplete = true;
      this.interrupt();
    }
  }

  wait(status: number | undefined): void {
    // A shell with line editing redraws its prompt when a program such as lxc-attach sets the terminal's
    // size. The line typed since has not been echoed yet, so this is not the end of its command.
    if (this.#echo.isUntouched) return;
    this.#isWaiting = true;
    if (this.#step?.lines.length) this.#typeLine();
    else this.#finish(status, false);
  }

  listen(program: string): void {
    this.#step?.hooks.onListens?.(program);
  }

  end(status: number): void {
    this.#finish(status, true);
  }

  fail(reason: Error): void {
    const step = this.#step;
    this.#step = undefined;
    step?.reject(reason);
  }

  #typeLine(): void {
    const step = this.#step;
    const line = step?.lines.shift();
    if (!step || line === undefined) return;
    step.typed = true;
    this.#isWaiting = false;
    if (this.#terminal.echoes) this.#echo.expect(line);
    this.#terminal.write(`${line}\n`);
  }

  #finish(status: number | undefined, ended: boolean): void {
    const step = this.#step;
    if (!step) return;
    this.#pass(step, this.#lineEnds.normalize(this.#echo.end()) + this.#lineEnds.end());
    this.#step = undefined;
    if (step.incomplete)
      step.reject(
        new StepError(
          'The command is not complete: the shell is waiting for more. Close its quotes, brackets and here-documents.',
        ),
      );
    else step.resolve({ status, ended, truncated: step.truncated });
  }

  #pass(step: Step, text: string): void {
    const passed = text.slice(0, MAX_OUTPUT - step.characters);
    step.truncated ||= passed.length < text.length;
    step.characters += passed.length;
    if (passed) step.hooks.onOutput?.(passed);
  }
}
