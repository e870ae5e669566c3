// Runs all cells of a built page in a browser, as a reader would, and reads what the page says of them.
import type { CellResult } from '../../../src/course-data/verified-cells.ts';
import type { BrowserDriver } from './driver.ts';

/** What was found for a cell of a page. */
export type Found = Pick<CellResult, 'cell' | 'result' | 'reason'>;

/** A cell as the page shows it. */
interface Shown {
  id: string;
  state: string;
  /** What the page says of a cell that is not as printed. */
  told: string;
}

/** Milliseconds after which the page answers, even if nothing has changed. */
const ANSWER_AFTER = 20_000;
/** Milliseconds without any change until a page is given up; a step itself may take ten minutes. */
const QUIET = 12 * 60_000;

/**
 * Presses “Run all”, and Run at each cell that was not reached because one before it failed. The
 * page has to be open. Rejects when the browser fails or nothing changes for long.
 */
export async function runPage(driver: BrowserDriver): Promise<Found[]> {
  const found = new Map<string, Found>();
  await driver.evaluate(String(pressRunAll));
  for (const shown of await settle(driver)) note(found, shown);
  for (const { id, state } of await look(driver)) {
    if (found.has(id) || state !== 'idle') continue;
    const pressed = await driver.evaluate<boolean>(String(pressRun), id);
    for (const shown of pressed ? await settle(driver) : []) note(found, shown);
    const reason = pressed
      ? 'A cell that it comes after failed.'
      : 'The page offers no Run for it.';
    if (!found.has(id)) found.set(id, { cell: id, result: 'not run', reason });
  }
  return [...found.values()];
}

/** The cells of the open page, as JSON, for a comparison with the sources. */
export async function cellsOf(driver: BrowserDriver): Promise<string[]> {
  return driver.evaluate<string[]>(String(readCells));
}

function note(found: Map<string, Found>, { id, state, told }: Shown): void {
  // A cell may run again before another one; its first result counts.
  if (found.has(id)) return;
  if (state === 'passed') found.set(id, { cell: id, result: 'passed' });
  if (state === 'differs' || state === 'failed') {
    found.set(id, { cell: id, result: state, reason: told.slice(0, 400) });
  }
}

const look = (driver: BrowserDriver): Promise<Shown[]> =>
  driver.evaluate<Shown[]>(String(nextChange), 'anything', 0);

/** Waits until no cell runs or waits to run. */
async function settle(driver: BrowserDriver): Promise<Shown[]> {
  let shown = await look(driver);
  let changed = Date.now();
  while (shown.some(({ state }) => state === 'queued' || state === 'running')) {
    const before = shown.map(({ state }) => state).join();
    shown = await driver.evaluate<Shown[]>(String(nextChange), before, ANSWER_AFTER);
    if (shown.map(({ state }) => state).join() !== before) changed = Date.now();
    if (Date.now() - changed > QUIET)
      throw new Error('Nothing changed on the page for 12 minutes.');
  }
  return shown;
}

// The functions below run in the page, so they may use nothing from this file.

function readCells(): string[] {
  const cells = [...document.querySelectorAll<HTMLElement>('course-cell')];
  return cells.map((cell) => cell.dataset['cell'] ?? '');
}

function pressRunAll(): Promise<void> {
  return new Promise((resolve) => {
    const press = () => {
      const bar = document.querySelector<HTMLElement>('machine-bar');
      const button = bar?.querySelector<HTMLButtonElement>('.run-all');
      // The bar shows itself when its script has run.
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

function pressRun(id: string): boolean {
  const cell = document.getElementById(id);
  const button = cell?.querySelector<HTMLButtonElement>('button.run');
  if (!button || button.hidden) return false;
  button.click();
  return true;
}

function nextChange(before: string, patience: number): Promise<Shown[]> {
  const cells = [...document.querySelectorAll('course-cell')];
  const states = () => cells.map((cell) => cell.getAttribute('state') ?? '');
  const textOf = (node: Element | null) => node?.textContent?.trim() ?? '';
  const show = () =>
    cells.map((cell, i) => {
      const message = textOf(cell.querySelector('.message'));
      const lines = [...cell.querySelectorAll('.difference:not([hidden]) li')].map(textOf);
      const machine = textOf(document.querySelector('.machine-reason:not([hidden]) p'));
      const told = [
        message.replace(/^Ran in [\d.]+ s\. | Why outputs vary$/g, ''),
        ...lines,
        machine,
      ];
      return { id: cell.id, state: states()[i] ?? '', told: told.filter(Boolean).join(' · ') };
    });
  return new Promise((resolve) => {
    const finish = () => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(show());
    };
    const observer = new MutationObserver(() => {
      if (states().join() !== before) finish();
    });
    const timer = setTimeout(finish, patience);
    observer.observe(document.body, { subtree: true, attributeFilter: ['state'] });
    if (states().join() !== before) finish();
  });
}
