/** Asks what a step will print, in place of its output, and then shows the answer beside the output. */
import type { Step } from '../../../cells/cell.ts';
import { isWhatPrints, rightChoice, withoutMarks } from '../../../cells/match/prediction.ts';
import { addStyles } from '../add-styles.ts';
import { addressOf, progressStore } from '../progress/page-progress.ts';
import { required } from '../required.ts';
import type { CourseCell } from '../course-cell.ts';
import { makeForm, PASS, sayPurpose } from './question-form.ts';
import styles from './predict.css?inline';

addStyles(styles);

/** The folded outputs whose question the reader has not answered. */
const OPEN = '.predict.unanswered';

/** For each cell with open questions: the run that the reader has asked for. It begins when all are answered or passed. */
const waiting = new WeakMap<HTMLElement, () => void>();
const watched = new WeakSet<HTMLElement>();
const forms = new WeakMap<HTMLDetailsElement, HTMLFormElement>();

/** Asks the questions of a cell one after the other, and then calls `then`. */
export function ask(cell: CourseCell, then: () => void): void {
  waiting.set(cell, then);
  askNext(cell);
}

/** Asks one question of a cell. */
export function askOne(cell: CourseCell, fold: HTMLDetailsElement): void {
  watchState(cell);
  const form = forms.get(fold) ?? addForm(cell, fold);
  sayPurpose(form, waiting.has(cell));
  fold.hidden = true;
  fold.before(form);
  required<HTMLElement>(form, 'input').focus();
}

function addForm(cell: CourseCell, fold: HTMLDetailsElement): HTMLFormElement {
  const form = makeForm(fold);
  forms.set(fold, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = String(new FormData(form).get('answer') ?? '').trim();
    if (!answer) return;
    keepAnswer(cell, fold, answer);
    show(cell, fold, answer);
    goOn(cell, fold);
  });
  required(form, PASS).addEventListener('click', () => {
    // A reader who only wants to run the cell is not asked the other questions.
    const passed = waiting.has(cell) ? cell.querySelectorAll<HTMLDetailsElement>(OPEN) : [fold];
    for (const each of passed) show(cell, each);
    goOn(cell, fold);
  });
  return form;
}

/** Shows answers that the reader gave at an earlier visit, by the number of the step. */
export function restore(cell: CourseCell, answers: Readonly<Record<string, string>>): void {
  for (const fold of cell.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    const answer = answers[indexOf(cell, fold)];
    if (answer === undefined || forms.has(fold)) continue;
    watchState(cell);
    show(cell, fold, answer);
  }
}

function askNext(cell: CourseCell): void {
  const next = cell.querySelector<HTMLDetailsElement>(OPEN);
  if (next) return askOne(cell, next);
  const then = waiting.get(cell);
  waiting.delete(cell);
  // Run is hidden then, and the focus goes on to Stop.
  required<HTMLElement>(cell, '.run').focus({ preventScroll: true });
  then?.();
}

function goOn(cell: CourseCell, fold: HTMLDetailsElement): void {
  if (waiting.has(cell)) return askNext(cell);
  const target = fold.querySelector<HTMLElement>('.said') ?? fold.querySelector('summary');
  target?.focus({ preventScroll: true });
}

/** Unfolds the output of a step, with the reader's answer beside it if there is one. */
function show(cell: CourseCell, fold: HTMLDetailsElement, answer?: string): void {
  forms.get(fold)?.remove();
  forms.delete(fold);
  fold.hidden = false;
  fold.open = true;
  fold.classList.remove('unanswered');
  const step = cell.activity.steps[indexOf(cell, fold)];
  if (answer === undefined || !step) return;
  const said = element('p', 'said');
  said.tabIndex = -1;
  said.append(element('b', '', 'Your answer'), ' ', element('span', '', answer));
  const judgement = judge(step, answer);
  if (judgement) said.append(' ', element('span', 'judged', judgement));
  const came = element('p', 'came');
  came.append(element('b', '', 'Output'));
  required(fold, '.predicted').prepend(said, came);
}

/** What can be said about an answer. A typed answer that is not word for word what is printed may still be right. */
function judge(step: Omit<Step, 'line'>, answer: string): string {
  const choices = step.ask?.choices;
  if (!choices) return isWhatPrints(step, answer) ? '✓ matches the output' : '';
  const right = choices[rightChoice(step) ?? -1];
  if (!right) return '';
  const text = withoutMarks(right.text);
  return text === answer ? '✓ correct' : `✗ The correct answer is “${text}”.`;
}

function indexOf(cell: CourseCell, fold: HTMLDetailsElement): number {
  return [...cell.querySelectorAll('.step')].findIndex((step) => step.contains(fold));
}

function keepAnswer(cell: CourseCell, fold: HTMLDetailsElement, answer: string): void {
  changeAnswers(cell, (answers) => ({ ...answers, [indexOf(cell, fold)]: answer }));
}

function changeAnswers(
  { id, dataset }: HTMLElement,
  change: (answers: Record<string, string>) => Record<string, string>,
): void {
  const address = addressOf(location.pathname);
  progressStore.change(address, id, dataset['text'] ?? '', (entry) => ({
    ...entry,
    answers: change(entry.answers ?? {}),
  }));
}

/** The cell runs, at another request. Its questions that are still open are then about the output alone. */
function forgetRun(cell: CourseCell): void {
  if (!waiting.delete(cell)) return;
  for (const fold of cell.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    const form = forms.get(fold);
    if (form) sayPurpose(form, false);
  }
}

/** The states of a cell that has not run: it was waiting, or it could not run. When it leaves them, nothing is reset. */
const UNRUN = ['idle', 'queued', 'blocked', 'crashed', 'not run'];

/** Forgets the requested run once the cell runs, and brings the questions back when it is reset. */
function watchState(cell: CourseCell): void {
  if (watched.has(cell)) return;
  watched.add(cell);
  const observer = new MutationObserver(([first]) => {
    const isReset = cell.getAttribute('state') === 'idle';
    if (!isReset) forgetRun(cell);
    if (!isReset || UNRUN.includes(first?.oldValue ?? 'idle')) return;
    changeAnswers(cell, () => ({}));
    for (const fold of cell.querySelectorAll<HTMLDetailsElement>('.predict:not(.unanswered)')) {
      fold.classList.add('unanswered');
      fold.open = false;
      for (const part of fold.querySelectorAll('.said, .came')) part.remove();
    }
  });
  observer.observe(cell, { attributeFilter: ['state'], attributeOldValue: true });
}

function element(name: 'b' | 'p' | 'span', className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
