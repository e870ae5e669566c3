/** The shell of a terminal as steps see it: a command is typed, and ends when something waits for the next. */
import { StepError } from '../errors.ts';
import { EchoFilter } from './echo-filter.ts';
import { LineEnds } from './line-ends.ts';

/** How a step ended. */
export interface StepResult {
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

/** Characters of a step's output that are passed on. */
const MAX_OUTPUT = 1 << 20;
/** Longer lines are cut by the terminal itself, see "Canonical mode" in termios(3). */
const MAX_LINE = 4095;
const INTERRUPT = '\u0003';

interface Step {
  /** Lines of the command that were not typed yet. */
  lines: string[];
  /** Before that, a new shell may still be starting. */
  typed: boolean;
  incomplete: boolean;
  characters: number;
  truncated: boolean;
  onOutput: (text: string) => void;
  resolve: (result: StepResult) => void;
  reject: (reason: Error) => void;
}

/** What a shell needs of its terminal. */
export interface Typewriter {
  write(text: string): void;
  /** Whether what is typed next comes back as output. */
  readonly echoes: boolean;
}

/** The lines of a command. Throws a StepError when a terminal cannot take them. */
export function linesOf(command: string): string[] {
  const lines = command.split('\n');
  const isLong = (line: string) => new TextEncoder().encode(line).length > MAX_LINE;
  if (lines.some(isLong)) throw new StepError(`A line is longer than ${MAX_LINE} bytes.`);
  return lines;
}

export class StepShell {
  readonly #terminal: Typewriter;
  #step: Step | undefined;
  #isWaiting: boolean;
  readonly #echo = new EchoFilter();
  readonly #lineEnds = new LineEnds();

  /** `isWaiting`: whether it stands at its prompt already. */
  constructor(terminal: Typewriter, isWaiting: boolean) {
    this.#terminal = terminal;
    this.#isWaiting = isWaiting;
  }

  /** Whether a line can be typed now. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether a step has been given to it that has not ended. */
  get isRunning(): boolean {
    return this.#step !== undefined;
  }

  /** Notes that somebody else has typed a line. */
  leavePrompt(): void {
    this.#isWaiting = false;
  }

  /**
   * Types the lines of a command and resolves when the terminal waits for the next: the same shell, one that the
   * command started, the one that it left, or a program that reads. `onOutput` gets what the terminal shows but
   * for the typed lines, as it arrives; its lines end in "\n". Rejects with a StepError for a command that is not
   * complete, and with the reason given to `fail`.
   */
  run(lines: readonly string[], onOutput: (text: string) => void): Promise<StepResult> {
    return new Promise((resolve, reject) => {
      this.#step = {
        lines: [...lines],
        typed: false,
        incomplete: false,
        characters: 0,
        truncated: false,
        onOutput,
        resolve,
        reject,
      };
      if (this.#isWaiting) this.#typeLine();
    });
  }

  /** Presses Ctrl-C in the step that runs, if one does. */
  interrupt(): void {
    if (this.#step) this.#terminal.write(INTERRUPT);
  }

  output(text: string): void {
    if (this.#step?.typed) this.#pass(this.#step, this.#lineEnds.take(this.#echo.take(text)));
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
    // A shell that edits its line draws its prompt again when the terminal's size is set, as
    // lxc-attach does. What was typed since has not even been echoed.
    if (this.#echo.isUntouched) return;
    this.#isWaiting = true;
    if (this.#step?.lines.length) this.#typeLine();
    else this.#finish(status, false);
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
    this.#pass(step, this.#lineEnds.take(this.#echo.end()) + this.#lineEnds.end());
    this.#step = undefined;
    if (step.incomplete)
      step.reject(new StepError('The command is not complete: the shell waits for more.'));
    else step.resolve({ status, ended, truncated: step.truncated });
  }

  #pass(step: Step, text: string): void {
    const passed = text.slice(0, MAX_OUTPUT - step.characters);
    step.truncated ||= passed.length < text.length;
    step.characters += passed.length;
    if (passed) step.onOutput(passed);
  }
}
