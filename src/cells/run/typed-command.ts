/** A command that the reader types below a cell. It runs in the cell's session, in the machine's present state. */
import { StepInterrupted } from '../../machine/errors.ts';
import type { Machine } from '../../machine/machine.ts';
import { toLines } from '../match/lines.ts';
import { explainFailure, failureOf } from './result.ts';
import type { StepOutcome } from './result.ts';

/** Displays the command's run. */
export interface CommandView {
  begin(): void;
  showOutput(text: string): void;
  /** Reports a program that reads keys with a time limit, and continues when none arrives. */
  showListens(program: string): void;
  end(outcome: StepOutcome): void;
  /** It did not complete; the sentence says why. `lines` are the output so far, if it has begun. */
  fail(reason: string, lines?: string[]): void;
}

/** The reader watches it, and can stop it, so its time limit is long: an hour, in milliseconds. */
const TIMEOUT_MS = 3_600_000;

export class TypedCommand {
  readonly text: string;
  readonly #session: string;
  readonly #view: CommandView;
  readonly #interrupt = new AbortController();
  readonly #stop = new AbortController();

  constructor(session: string, command: string, view: CommandView) {
    this.#session = session;
    this.text = command;
    this.#view = view;
  }

  /** Presses Ctrl-C every second until it ends. */
  interrupt(): void {
    this.#interrupt.abort();
  }

  /** Ends it with Ctrl-C, or by closing its session. */
  stop(): void {
    this.#stop.abort();
  }

  /** Shows that it will not run. */
  drop(): void {
    this.#view.fail('Not run.');
  }

  /** Runs it. Never rejects. */
  async run(machine: Machine): Promise<void> {
    const view = this.#view;
    const { name } = machine.state;
    if (name === 'idle' || name === 'failed') {
      return view.fail('The machine is off. Run the cell to start it.');
    }
    if (name === 'stopped') return view.fail(explainFailure({ name: 'GuestStopped', message: '' }));
    view.begin();
    let output = '';
    try {
      const { status, truncated } = await machine.run(
        {
          session: this.#session,
          command: this.text,
          timeout: TIMEOUT_MS,
          isByPerson: true,
        },
        {
          signal: this.#stop.signal,
          interrupt: this.#interrupt.signal,
          onOutput: (text) => {
            output += text;
            view.showOutput(text);
          },
          onListens: (program) => view.showListens(program),
        },
      );
      view.end({ lines: toLines(output), status, matches: true, truncated });
    } catch (error) {
      const isStopped = error instanceof StepInterrupted;
      const reason = isStopped ? 'Stopped.' : explainFailure(failureOf(error));
      view.fail(reason, toLines(output));
    }
  }
}
