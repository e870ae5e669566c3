/** Asks the questions of a cell before its output shows. The code that asks is loaded at the first question. */
import type { CourseCell } from '../course-cell.ts';

const load = () => import('./questions.ts');

/** Calls `then` once the reader has answered or passed all questions of a cell. Edited commands have no questions. */
export function askFirst(cell: CourseCell, then: () => void): void {
  if (cell.activity.isEdited || !cell.querySelector('.unanswered')) return then();
  load().then(({ ask }) => ask(cell, then), then);
}

// A press on the question opens the form instead of the output. If the form does not load, it opens the output.
document.addEventListener('click', (event) => {
  const summary = (event.target as Element).closest('.unanswered > summary');
  const cell = summary?.closest<CourseCell>('course-cell');
  if (!summary || !cell || cell.activity.isEdited) return;
  const fold = summary.parentElement as HTMLDetailsElement;
  event.preventDefault();
  load().then(
    ({ askOne }) => askOne(cell, fold),
    () => (fold.open = true),
  );
});
