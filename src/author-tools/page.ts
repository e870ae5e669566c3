/**
 * Tools for the author of a page on the dev server: after a reload, changed cells run, and a cell that
 * differs gets a button that accepts its output.
 */
import type { StepOutcome } from '../cells/run/result.ts';
import { onPress } from '../components/elements/on-press.ts';
import { withBase } from '../with-base.ts';
import { acceptPath } from './acceptance.ts';
import type { Acceptance } from './acceptance.ts';
import './page.css';

/** The part of a cell's element that the tools use. */
export interface AuthorCell extends HTMLElement {
  readonly outcomes: readonly StepOutcome[];
  run(): void;
}

const storageKey = `${import.meta.env.BASE_URL}author-tools:${location.pathname}`;

/** Watches the cells of the page. Call it once all of them exist. */
export function watchCells(cells: readonly AuthorCell[]): void {
  for (const cell of cells) {
    const observer = new MutationObserver(() => offerAccept(cell));
    observer.observe(cell, { attributeFilter: ['state'] });
  }
  for (const cell of changedSince(cells)) cell.run();
}

/** The cells whose text has changed since this tab last showed the page. */
function changedSince(cells: readonly AuthorCell[]): AuthorCell[] {
  const kept = sessionStorage.getItem(storageKey);
  const texts = cells.map((cell) => cell.dataset['cell'] ?? '');
  sessionStorage.setItem(storageKey, JSON.stringify(texts));
  if (kept === null) return [];
  const known = JSON.parse(kept) as string[];
  return cells.filter((_, i) => !known.includes(texts[i] ?? ''));
}

function offerAccept(cell: AuthorCell): void {
  cell.querySelector('.author-tools')?.remove();
  if (cell.getAttribute('state') !== 'differs') return;
  const folds = cell.querySelectorAll<HTMLDetailsElement>('.printed, .predict');
  for (const details of folds) details.open = true;
  const tools = document.createElement('p');
  tools.className = 'author-tools';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Accept';
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.textContent = `Writes this output into ${cell.dataset['sourceFile'] ?? ''}.`;
  onPress(button, () => {
    button.disabled = true;
    accept(cell).then(
      () => (status.textContent = 'Written. The page reloads.'),
      (error: unknown) => {
        button.disabled = false;
        status.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  });
  tools.append(button, status);
  cell.querySelector('figure')?.append(tools);
}

async function accept(cell: AuthorCell): Promise<void> {
  const { cell: text = '', sourceFile: file = '' } = cell.dataset;
  const acceptance: Acceptance = { file, cell: text, outcomes: [...cell.outcomes] };
  const response = await fetch(withBase(acceptPath, import.meta.env.BASE_URL), {
    method: 'POST',
    body: JSON.stringify(acceptance),
  });
  if (!response.ok) throw new Error(await response.text());
}
