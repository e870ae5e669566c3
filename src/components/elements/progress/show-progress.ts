/** Marks what the reader has run and done: in the header of each cell and task, and in the navigation for each chapter. */
import { addStyles } from '../add-styles.ts';
import type { OutcomeDetail } from '../outcome-event.ts';
import type { CourseCell } from '../course-cell.ts';
import type { CourseTask } from '../task/course-task.ts';
import { setValues } from '../task/task-values.ts';
import { addressOf, allTexts, countDone, describeCount, progressStore } from './page-progress.ts';
import type { ProgressEntry } from './store.ts';
import styles from './progress.css?inline';

addStyles(styles);

const words: Record<NonNullable<ProgressEntry['ran']>, string> = {
  'as printed': 'run before; the output matched',
  differently: 'run before; the output differed',
};

/** Notes an outcome event. Edited commands are not the cell's, and a failure is no run. */
export function noteOutcome(event: Event): void {
  const { id, verdict } = (event as CustomEvent<OutcomeDetail>).detail;
  const text = (event.target as HTMLElement).dataset['text'];
  if (text === undefined || (verdict !== 'passed' && verdict !== 'differs')) return;
  const now = verdict === 'passed' ? 'as printed' : 'differently';
  progressStore.change(addressOf(location.pathname), id, text, (entry) => ({
    ...entry,
    // Later runs do not replace "as printed": the reader has seen that output.
    ran: entry.ran === 'as printed' ? entry.ran : now,
  }));
  show();
}

/** Draws all marks of this page anew. */
export function show(): void {
  showCells();
  showTasks();
  showNavigation().catch(() => {
    // Without the list of cells, the navigation has no marks. The next outcome tries again.
  });
}

function showCells(): void {
  const entries = progressStore.read().get(addressOf(location.pathname));
  for (const cell of document.querySelectorAll<HTMLElement>('course-cell')) {
    const found = entries?.get(cell.id);
    const entry = found?.text === cell.dataset['text'] ? found : undefined;
    if (entry?.answers) restoreAnswers(cell, entry.answers);
    const ran = entry?.ran;
    const shown = cell.querySelector<HTMLElement>('.ran');
    if (shown?.dataset['ran'] === ran) continue;
    shown?.remove();
    if (!ran) continue;
    const mark = document.createElement('span');
    mark.className = 'ran';
    mark.dataset['ran'] = ran;
    mark.title = words[ran];
    mark.append(hidden(words[ran]));
    cell.querySelector('.name')?.after(mark);
  }
}

/** The questions that the reader has answered before show the answers. */
function restoreAnswers(cell: HTMLElement, answers: Record<string, string>): void {
  import('../predict/questions.ts').then(
    ({ restore }) => restore(cell as CourseCell, answers),
    () => {
      // The questions are asked again.
    },
  );
}

/** Marks the tasks that are done, and shows the values that were drawn. */
function showTasks(): void {
  const address = addressOf(location.pathname);
  for (const task of document.querySelectorAll<CourseTask>('course-task')) {
    const entry = progressStore.find(address, task.id, task.dataset['text'] ?? '');
    const shown = task.querySelector('.done');
    if (!entry?.done) shown?.remove();
    else if (!shown) {
      const mark = document.createElement('span');
      mark.className = 'done';
      mark.textContent = 'Done';
      task.querySelector('.name')?.after(mark);
    }
    // Until its script has loaded, the element has no activity.
    const { values } = entry ?? {};
    if (values) {
      void customElements.whenDefined('course-task').then(() => setValues(task, values));
    }
  }
}

async function showNavigation(): Promise<void> {
  const texts = await allTexts();
  const progress = progressStore.read();
  const links = document.querySelectorAll<HTMLAnchorElement>('nav.sidebar a[href]');
  for (const [at, link] of links.entries()) {
    const address = addressOf(link.pathname);
    const count = countDone(progress, address, texts.get(address));
    const done = count.cells + count.tasks;
    const total = count.allCells + count.allTasks;
    link.querySelector('.cells-run')?.remove();
    link.removeAttribute('aria-describedby');
    if (!done) continue;
    // It describes the link, and is no part of its name.
    const description = hidden(describeCount(count));
    description.id = `cells-run-${at}`;
    link.setAttribute('aria-describedby', description.id);
    const mark = document.createElement('span');
    mark.className = 'cells-run';
    mark.ariaHidden = 'true';
    mark.append(done === total ? '✓' : `${done}/${total}`, description);
    link.append(mark);
  }
}

/** Text for screen readers. */
function hidden(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'sr-only';
  element.textContent = text;
  return element;
}

show();
// Another tab may run cells, or forget them.
addEventListener('storage', show);
