/** One step of a session, from its first key to its end, whatever that is. */
import type { Session } from './agent/session.ts';
import type { StepResult } from './agent/step-shell.ts';
import { StepError, StepInterrupted, StepTimeout } from './errors.ts';
import type { RunHooks, RunRequest } from './machine.ts';
import { pressInterrupt } from './press-interrupt.ts';

/**
 * Number of times that Ctrl-C is pressed, as a person would: it is lost when it comes between a shell's fork and
 * the moment when the terminal is the new program's.
 */
const INTERRUPTS = 3;
/** Milliseconds from one Ctrl-C to the next, and from the last to the end of the session's processes. */
const INTERRUPT_MS = 1000;
/** Maximum wait for their end, in ms; a process that waits for its disk, for instance, does not end. */
const KILL_MS = 3000;
const STEP_MS = 60_000;
/** Milliseconds between two looks at the time. */
const LOOK_MS = 250;

/**
 * Runs a step. Rejects with StepInterrupted when the signal stopped it and with StepTimeout when it took
 * too long. When neither Ctrl-C nor SIGKILL has ended it, the session is given up, and the next step of that name
 * gets a new one. `isPaused` says whether the guest's time stands still; then the step's does, too.
 */
export async function runStep(
  session: Session,
  request: RunRequest,
  { onOutput, signal, interrupt }: RunHooks,
  isPaused: () => boolean,
): Promise<StepResult> {
  const step = session.run(request.command, onOutput);
  let stopped: Error | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const press = (left: number): void => {
    if (left) session.interrupt();
    else session.close();
    overdue = left
      ? setTimeout(() => press(left - 1), INTERRUPT_MS)
      : setTimeout(() => session.fail(new StepError('The session was given up.')), KILL_MS);
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
    const result = await step.catch((reason: unknown) => {
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
