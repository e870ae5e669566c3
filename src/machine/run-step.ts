/** Runs one step of a session, from its first keystroke to its end. */
import type { Session } from './agent/session.ts';
import type { StepResult } from './agent/step-shell.ts';
import { StepError, StepInterrupted, StepTimeout } from './errors.ts';
import type { RunHooks, RunRequest } from './machine.ts';
import { pressInterrupt } from './press-interrupt.ts';

/**
 * How often Ctrl-C is pressed. One is lost when it arrives after a shell's fork, but before the new program owns
 * the terminal.
 */
const INTERRUPTS = 3;
/** Milliseconds from one Ctrl-C to the next, and from the last one to SIGKILL. */
const INTERRUPT_MS = 1000;
/** Maximum wait after SIGKILL, in ms. A process that waits for its disk, for instance, does not end. */
const KILL_MS = 3000;
const STEP_MS = 60_000;
/** Milliseconds between two checks of the time limit. */
const CHECK_MS = 250;

/**
 * Runs a step. Rejects with StepInterrupted when the signal stopped it, and with StepTimeout when it exceeded
 * its time limit. If neither Ctrl-C nor SIGKILL ends it, the session is abandoned and its name gets a new
 * one. While `isWaiting` returns true, the guest waits for the page, and the time limit does not run.
 */
export async function runStep(
  session: Session,
  request: RunRequest,
  { onOutput, onListens, signal, interrupt }: RunHooks,
  isWaiting: () => boolean,
): Promise<StepResult> {
  const step = session.run(request.command, { onOutput, onListens }, request.isByPerson);
  let stopped: Error | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const press = (left: number): void => {
    if (left) session.interrupt();
    else session.close();
    overdue = left
      ? setTimeout(() => press(left - 1), INTERRUPT_MS)
      : setTimeout(() => session.fail(new StepError('The session does not end.')), KILL_MS);
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
    if (!isWaiting()) left -= now - last;
    last = now;
    if (left <= 0) stop(new StepTimeout(`The step took longer than ${ms / 1000} s.`));
  }, CHECK_MS);
  const stopPressing = pressInterrupt(() => session.interrupt(), interrupt);
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
    await stopPressing();
  }
}
