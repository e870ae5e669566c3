// Tries the tasks of a built page in a browser, as a reader would: Start, Check, a solution at the prompt, Check.
import { failureOf } from '../../../src/cells/run/result.ts';
import type { RunResult, Verdict } from '../../../src/cells/run/result.ts';
import type { Task } from '../../../src/cells/task.ts';
import type { BrowserDriver } from './driver.ts';
import { pressEnd } from './page-buttons.ts';

/** Milliseconds after which the page answers, even if nothing has changed. */
const ANSWER_AFTER = 20_000;
/** A button's work or a command that takes longer than this number of milliseconds has failed. */
const QUIET = 5 * 60_000;

/** Tries each task on a machine of its own. The page has to be open. Resolves to the results by id. */
export async function runTasks(
  driver: BrowserDriver,
  tasks: readonly Task[],
): Promise<Map<string, RunResult>> {
  const found = new Map<string, RunResult>();
  for (const task of tasks.filter(({ skip }) => skip === undefined)) {
    const begun = performance.now();
    // A task that does not end must not lose the results of the others.
    const fault = await tryTask(driver, task).catch((error: unknown) => failureOf(error).message);
    const milliseconds = performance.now() - begun;
    found.set(task.id, { ...toResult(fault), outcomes: [], milliseconds });
    await driver.evaluate(String(pressEnd), task.machine);
  }
  return found;
}

function toResult(fault: string | undefined): Pick<RunResult, 'verdict' | 'failure'> {
  const verdict: Verdict = fault === undefined ? 'passed' : 'differs';
  return {
    verdict,
    ...(fault !== undefined && { failure: { name: 'NotSolved', message: fault } }),
  };
}

/** Resolves to what went wrong; undefined if the task could be solved. */
async function tryTask(
  driver: BrowserDriver,
  { id, solutions }: Task,
): Promise<string | undefined> {
  // The prompt takes one line at a time.
  const number = solutions.findIndex((commands) => commands.every((line) => !line.includes('\n')));
  if (number < 0)
    return 'Each solution contains a command of several lines, which the prompt cannot take.';
  const press = async (name: string, expected: string): Promise<string | undefined> => {
    const isPressed = await driver.evaluate<boolean>(String(pressIn), id, name, ANSWER_AFTER);
    if (!isPressed) return `The task does not show a button “${name}”.`;
    const { state, text } = await settled(driver, id);
    return state === expected
      ? undefined
      : `After “${name}”, the state of the task is “${state}”: ${text}`;
  };
  const type = async (): Promise<undefined> => {
    for (let at = 0; at < (solutions[number]?.length ?? 0); at++) {
      await driver.evaluate(String(typeSolution), id, number, at);
      await settled(driver, id);
    }
  };
  return (
    (await press('start', 'ready')) ??
    (await press('check', 'not yet')) ??
    (await type()) ??
    (await press('check', 'passed'))
  );
}

interface TaskState {
  isBusy: boolean;
  state: string;
  text: string;
}

/** Waits until the task does nothing and no typed command runs. */
async function settled(driver: BrowserDriver, id: string): Promise<TaskState> {
  const begun = Date.now();
  for (;;) {
    const now = await driver.evaluate<TaskState>(String(settledWithin), id, ANSWER_AFTER);
    if (!now.isBusy) return now;
    if (Date.now() - begun > QUIET)
      throw new Error(`The task "${id}" did not end within 5 minutes.`);
  }
}

// The functions below run in the page, so they may use nothing from this file.

/** Presses a button of a task once it is shown. Resolves to whether it was. */
function pressIn(id: string, name: string, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isPressed: boolean): void => {
      clearTimeout(timer);
      observer.disconnect();
      resolve(isPressed);
    };
    const press = (): void => {
      const button = document.querySelector<HTMLElement>(`course-task#${id} .${name}`);
      if (!button || button.closest('[hidden]')) return;
      // It has no effect before the state changes.
      const task = button.closest<HTMLElement>('course-task');
      task?.setAttribute('data-pressed', '');
      const change = new MutationObserver(() => {
        change.disconnect();
        task?.removeAttribute('data-pressed');
      });
      if (task) change.observe(task, { attributeFilter: ['state'] });
      button.click();
      finish(true);
    };
    const observer = new MutationObserver(press);
    const timer = setTimeout(() => finish(false), patience);
    observer.observe(document.body, { subtree: true, attributeFilter: ['hidden'] });
    press();
  });
}

/** Types one command of a solution as the page shows it, with the values of the goal. */
function typeSolution(id: string, number: number, at: number): void {
  const task = document.getElementById(id);
  const solution = task?.querySelectorAll('.solutions [role="group"]')[number];
  const command = solution?.querySelectorAll('.command')[at]?.textContent ?? '';
  const input = task?.querySelector<HTMLInputElement>('.try input');
  if (!input) return;
  input.value = command;
  input.form?.requestSubmit();
}

function settledWithin(id: string, patience: number): Promise<TaskState> {
  const task = document.getElementById(id);
  const look = (): TaskState => {
    const state = task?.getAttribute('state') ?? '';
    const isBusy =
      task?.hasAttribute('data-pressed') === true ||
      ['idle', 'queued', 'running'].includes(state) ||
      !!task?.querySelector('[aria-busy="true"]');
    return { isBusy, state, text: task?.querySelector('.message')?.textContent ?? '' };
  };
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      observer.disconnect();
      resolve(look());
    };
    const observer = new MutationObserver(() => look().isBusy || finish());
    const timer = setTimeout(finish, patience);
    if (task) observer.observe(task, { subtree: true, childList: true, attributes: true });
    if (!look().isBusy) finish();
  });
}
