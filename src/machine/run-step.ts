/** One step of a session, from its first key to its end, whatever that is. */
import type { Channel } from './agent/channel.ts';
import { StepInterrupted, StepTimeout } from './errors.ts';
import type { RunHooks, RunRequest } from './machine.ts';
import { pressInterrupt } from './press-interrupt.ts';
import type { StepResult } from './agent/session.ts';

/**
 * Ctrl-C is pressed so often, as a person would: it is lost when it comes between a shell's fork and
 * the moment when the terminal is the new program's.
 */
const INTERRUPTS = 3;
/** Milliseconds from one Ctrl-C to the next, and from the last to the end of the session's processes. */
const INTERRUPT_MS = 1000;
/** After those were killed, so long until the machine is reset. */
const KILL_MS = 3000;
const STEP_MS = 60_000;
/** Milliseconds between two looks at the time. */
const LOOK_MS = 250;

/** What a step needs of its machine. */
export interface StepSurroundings {
  /** Returns to the clean machine. */
  restore: () => Promise<void>;
  /** Whether the guest's time stands still; then the step's does, too. */
  isPaused: () => boolean;
}

/**
 * Runs a step. Rejects with StepInterrupted when the signal stopped it and with StepTimeout when it took
 * too long; `restore` is called before that when neither Ctrl-C nor SIGKILL has ended it.
 */
export async function runStep(
  channel: Channel,
  request: RunRequest,
  { onOutput, signal, interrupt }: RunHooks,
  { restore, isPaused }: StepSurroundings,
): Promise<StepResult> {
  const session = channel.session(request.session);
  const step = session.run(request.command, onOutput);
  let stopped: Error | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const press = (left: number): void => {
    if (left) session.interrupt();
    else session.close();
    overdue = left
      ? setTimeout(() => press(left - 1), INTERRUPT_MS)
      : setTimeout(() => channel.adopt([]), KILL_MS);
  };
  const stop = (reason: Error): void => {
    if (stopped) return;
    stopped = reason;
    press(INTERRUPTS);
  };
  const onAbort = (): void => stop(new StepInterrupted());
  const ms = request.timeout ?? STEP_MS;
  let [left, last] = [ms, performance.now()];
  const late = setInterval(() => {
    const now = performance.now();
    if (!isPaused()) left -= now - last;
    last = now;
    if (left <= 0) stop(new StepTimeout(`The step took longer than ${ms / 1000} s.`));
  }, LOOK_MS);
  const settle = pressInterrupt(() => session.interrupt(), interrupt);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  try {
    const result = await step.catch(async (reason: unknown) => {
      if (stopped) await restore();
      throw stopped ?? reason;
    });
    if (stopped) throw stopped;
    return result;
  } finally {
    clearInterval(late);
    clearTimeout(overdue);
    signal?.removeEventListener('abort', onAbort);
    await settle();
  }
}
