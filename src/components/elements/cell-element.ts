/** <course-cell>: the buttons of a cell, and its live output in place of the printed one. */
import type { PageCell } from '../../cells/cell.ts';
import { findDifference } from '../../cells/match/reason.ts';
import type { CellState, CellView } from '../../cells/run/page-runner.ts';
import type { StepOutcome } from '../../cells/run/run-cell.ts';
import { tellState } from './cell-message.ts';
import type { CellDifference, CellMessage } from './cell-message.ts';
import { runner } from './page-machine.ts';
import { required } from './required.ts';
import { StepView } from './step-view.ts';

const explanations = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}about/why-outputs-vary/`;

/** See Cell.astro for the HTML that it finds. */
class CourseCell extends HTMLElement implements CellView {
  #steps: StepView[] = [];
  /** How the steps of this run went. */
  outcomes: StepOutcome[] = [];
  /** The first one of this run. */
  #difference: CellDifference | undefined;

  #cell: PageCell | undefined;

  /** Its text is read once. */
  get cell(): PageCell {
    return (this.#cell ??= JSON.parse(this.dataset['cell'] ?? '{}') as PageCell);
  }

  connectedCallback(): void {
    this.#steps = [...this.querySelectorAll('.step')].map((step, i) => new StepView(step, i + 1));
    // A skipped cell says why it is not run.
    required<HTMLElement>(this, '.buttons').hidden = this.cell.skip !== undefined;
    this.#button('.run').addEventListener('click', () => void runner().run(this.cell.id));
    this.#button('.stop').addEventListener('click', () => runner().stop());
    this.#button('.reset').addEventListener('click', () => {
      runner()
        .reset()
        .catch(() => {
          // The machine failed; the bar says why and offers to start it again.
        });
    });
  }

  showState(state: CellState): void {
    const before = this.getAttribute('state');
    this.setAttribute('state', state.name);
    const active = state.name === 'queued' || state.name === 'running';
    const focused =
      this.contains(document.activeElement) && document.activeElement?.matches('button');
    this.#button('.run').hidden = active;
    this.#button('.stop').hidden = !active;
    this.#button('.reset').hidden = active || state.name === 'idle';
    // The button that had the focus may be gone; the one in its place takes it over.
    if (focused) this.#button(active ? '.stop' : '.run').focus();
    // A cell may run twice in one “Run all”.
    if (state.name === 'running') {
      this.#difference = undefined;
      this.outcomes = [];
    }
    this.#tell(tellState(state, this.#difference));
    if (state.name === 'idle' || (state.name === 'queued' && before !== 'queued')) {
      this.#difference = undefined;
      this.outcomes = [];
      for (const step of this.#steps) step.showPrinted();
    }
  }

  showStep(index: number): void {
    this.#steps[index]?.begin();
  }

  showOutput(index: number, text: string): void {
    this.#steps[index]?.append(text);
  }

  showOutcome(index: number, outcome: StepOutcome): void {
    this.outcomes.push(outcome);
    const { steps } = this.cell;
    const step = steps[index];
    const difference = step && findDifference(step, outcome);
    if (difference) this.#difference ??= { ...difference, step: steps.length > 1 ? index + 1 : 0 };
    this.#steps[index]?.end(outcome, difference);
  }

  #tell({ text, about }: CellMessage): void {
    const message = required<HTMLElement>(this, '.message');
    message.textContent = text;
    if (!about) return;
    const link = document.createElement('a');
    link.href = `${explanations}#${about}`;
    link.textContent = 'Why outputs vary';
    message.append(' ', link);
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

if (!customElements.get('course-cell')) customElements.define('course-cell', CourseCell);

// Left out of a built site, with all that it imports.
if (import.meta.env.DEV) {
  void import('../../author-tools/page.ts').then(({ watchCells }) =>
    watchCells([...document.querySelectorAll<CourseCell>('course-cell')]),
  );
}
