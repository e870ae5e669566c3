// Runs all cells of a built page in a browser, as a reader would, and listens to their outcome events.
import { byMachine } from '../../../src/cells/activity.ts';
import type { Activity } from '../../../src/cells/activity.ts';
import { resultOfFailure } from '../../../src/cells/run/result.ts';
import type { RunResult } from '../../../src/cells/run/result.ts';
import type { OutcomeDetail } from '../../../src/components/elements/outcome-event.ts';
import { OUTCOME } from '../../../src/components/elements/outcome-event.ts';
import type { BrowserDriver } from './driver.ts';
import { pressEnd } from './page-buttons.ts';

/** Milliseconds after which the page answers, even if no activity has ended. */
const ANSWER_AFTER = 20_000;
/** If no activity ends for this many milliseconds, the page has failed; one step may take ten minutes. */
const QUIET = 12 * 60_000;

/**
 * Runs the activities of each machine of the page, one machine after the other. The page has to be open.
 * Resolves to the first result of each activity, by its id. Rejects when the browser fails or when nothing
 * ends for too long.
 */
export async function runPage(
  driver: BrowserDriver,
  activities: readonly Activity[],
): Promise<Map<string, RunResult>> {
  const found = new Map<string, RunResult>();
  await driver.evaluate(String(listen), OUTCOME);
  for (const [machine, mine] of byMachine(activities)) {
    await runMachine(driver, found, machine, mine);
    await driver.evaluate(String(pressEnd), machine);
  }
  return found;
}

/** Presses “Run all”, and then Run at each activity that was not reached after a failed one. */
async function runMachine(
  driver: BrowserDriver,
  found: Map<string, RunResult>,
  machine: string,
  activities: readonly Activity[],
): Promise<void> {
  const ids = activities.filter(({ skip }) => skip === undefined).map(({ id }) => id);
  await driver.evaluate(String(pressRunAll), machine);
  await listenUntil(driver, found, ids);
  for (const id of ids) {
    if (found.has(id)) continue;
    const pressed = await driver.evaluate<boolean>(String(pressRun), id);
    if (pressed) await listenUntil(driver, found, [id]);
    const reason = pressed
      ? 'A cell before it could not run.'
      : 'The page has no Run button for it.';
    if (!found.has(id)) found.set(id, resultOfFailure({ name: 'NotRun', message: reason }));
  }
}

/** The cells and tasks of the open page in their order, as JSON, for a comparison with the sources. */
export async function activitiesOf(driver: BrowserDriver): Promise<string[]> {
  return driver.evaluate<string[]>(String(readActivities));
}

/** Listens until all of these have ended, or until one could not run, after which the page stops. */
async function listenUntil(
  driver: BrowserDriver,
  found: Map<string, RunResult>,
  ids: readonly string[],
): Promise<void> {
  const missing = new Set(ids);
  let changed = Date.now();
  while (missing.size) {
    const ended = await driver.evaluate<OutcomeDetail[]>(String(takeOutcomes), ANSWER_AFTER);
    for (const outcome of ended) {
      missing.delete(outcome.id);
      // It may run again before another one; its first result counts.
      if (!found.has(outcome.id)) found.set(outcome.id, outcome);
    }
    if (ended.some(({ failure }) => failure)) return;
    if (ended.length) changed = Date.now();
    if (Date.now() - changed > QUIET)
      throw new Error('No cell has ended on the page for 12 minutes.');
  }
}

// The functions below run in the page, so they may use nothing from this file.

function readActivities(): string[] {
  const found = [...document.querySelectorAll<HTMLElement>('course-cell, course-task')];
  return found.map(({ dataset }) => dataset['cell'] ?? dataset['task'] ?? '');
}

/** The page's events, kept until they are requested. */
interface Listening {
  heard: OutcomeDetail[];
  wake: () => void;
}

function listen(event: string): void {
  const listening: Listening = { heard: [], wake: () => {} };
  document.addEventListener(event, (outcome) => {
    listening.heard.push((outcome as CustomEvent<OutcomeDetail>).detail);
    listening.wake();
  });
  Object.assign(window, { courseOutcomes: listening });
}

function takeOutcomes(patience: number): Promise<OutcomeDetail[]> {
  const { courseOutcomes: listening } = window as unknown as { courseOutcomes: Listening };
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      listening.wake = () => {};
      resolve(listening.heard.splice(0));
    };
    const timer = setTimeout(finish, patience);
    listening.wake = finish;
    if (listening.heard.length) finish();
  });
}

function pressRunAll(machine: string): Promise<void> {
  return new Promise((resolve) => {
    const press = () => {
      const bar = document.querySelector<HTMLElement>(`machine-bar[data-machine="${machine}"]`);
      const button = bar?.querySelector<HTMLButtonElement>('.run-all');
      // The bar becomes visible when its script has run.
      if (!bar || !button || bar.hidden) return;
      observer.disconnect();
      button.click();
      resolve();
    };
    const observer = new MutationObserver(press);
    observer.observe(document.body, { subtree: true, attributeFilter: ['hidden'] });
    press();
  });
}

function pressRun(id: string): Promise<boolean> {
  const cell = document.getElementById(id);
  const button = cell?.querySelector<HTMLButtonElement>('button.run');
  if (!cell || !button || button.hidden) return Promise.resolve(false);
  return new Promise((resolve) => {
    // A cell with questions asks them first. It runs without answers as well.
    const pass = () => {
      cell.querySelector<HTMLButtonElement>('button.pass')?.click();
      if (cell.getAttribute('state') === before) return;
      observer.disconnect();
      resolve(true);
    };
    const before = cell.getAttribute('state');
    const observer = new MutationObserver(pass);
    observer.observe(cell, { childList: true, subtree: true, attributeFilter: ['state'] });
    button.click();
    pass();
  });
}
