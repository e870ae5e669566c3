/** <course-cell>: the buttons of a cell, and its live output in place of the printed one. */
import type { PageCell } from '../../cells/cell.ts';
import { findDifference } from '../../cells/match/reason.ts';
import type { ActivityState } from '../../cells/run/activity-view.ts';
import type { StepOutcome } from '../../cells/run/result.ts';
import { withBase } from '../../with-base.ts';
import { linkToCell } from './cell-link.ts';
import { describeState } from './cell-message.ts';
import type { CellDifference, CellMessage } from './cell-message.ts';
import { ElapsedTime } from './elapsed-time.ts';
import { fireOutcome } from './outcome-event.ts';
import type { ActivityElement } from './machines.ts';
import { machineOf } from './page-machines.ts';
import { keepFocus } from './keep-focus.ts';
import { onPress } from './on-press.ts';
import { required } from './required.ts';
import { StepView } from './step-view.ts';
import { showTerminal } from './terminal/open-terminal.ts';
import { targetOf } from './terminal/sessions.ts';

const explanations = withBase('/about/why-outputs-vary/', import.meta.env.BASE_URL);

/** Cell.astro contains its HTML. */
class CourseCell extends HTMLElement implements ActivityElement {
  #steps: StepView[] = [];
  #listening: AbortController | undefined;
  #activity: PageCell | undefined;
  /** The outcomes of this run's steps. */
  outcomes: StepOutcome[] = [];
  /** The first difference of this run. */
  #difference: CellDifference | undefined;
  readonly #elapsed = new ElapsedTime(() => required(this, '.elapsed'));

  /** The cell, parsed once from the element's data. */
  get activity(): PageCell {
    return (this.#activity ??= JSON.parse(this.dataset['cell'] ?? '{}') as PageCell);
  }

  connectedCallback(): void {
    if (!this.#steps.length) {
      const steps = [...this.querySelectorAll('.step')];
      this.#steps = steps.map((step, i) => new StepView(step, i + 1));
    }
    const { id, skip } = this.activity;
    // A skipped cell shows its reason instead of buttons.
    required<HTMLElement>(this, '.buttons').hidden = skip !== undefined;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const machine = machineOf(this);
    const on = (selector: string, act: () => unknown): void =>
      onPress(this.#button(selector), act, { signal });
    on('.run', () => machine.runner.run(id));
    on('.in-terminal', () => {
      void showTerminal(targetOf(this));
      return machine.runner.run(id);
    });
    on('.stop', () => machine.runner.cancel(id));
    on('.reset', () => machine.runner.resetActivity(id));
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
    this.#elapsed.show(false);
  }

  showState(state: ActivityState): void {
    const before = this.getAttribute('state');
    this.setAttribute('state', state.name === 'ended' ? state.result.verdict : state.name);
    this.showStale(false);
    keepFocus(this, () => this.#showButtons(state), '.run, .stop');
    // A cell may run twice in one “Run all”.
    if (state.name === 'running') this.#forgetRun();
    this.#elapsed.show(state.name === 'running');
    this.#showMessage(describeState(state, this.#difference));
    if (state.name === 'idle' || (state.name === 'queued' && before !== 'queued')) {
      this.#forgetRun();
      for (const step of this.#steps) step.showPrinted();
    }
    if (state.name !== 'ended') return;
    const { result } = state;
    const reason = result.failure?.name ?? this.#difference?.reason;
    fireOutcome(this, { id: this.activity.id, reason, ...result });
  }

  showStale(isStale: boolean): void {
    this.toggleAttribute('stale', isStale);
    required<HTMLElement>(this, '.stale').hidden = !isStale;
  }

  showStep(index: number): void {
    this.#steps[index]?.begin();
  }

  showOutput(index: number, text: string): void {
    this.#steps[index]?.append(text);
  }

  showListens(program: string, interrupt: () => void): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Press Ctrl-C';
    button.addEventListener('click', interrupt, { once: true });
    this.#showMessage({
      text: `“${program}” is still running. It reads keys, but does not wait for them.`,
    });
    required(this, '.message').append(' ', button);
  }

  showOutcome(index: number, outcome: StepOutcome): void {
    this.outcomes.push(outcome);
    const { steps } = this.activity;
    const step = steps[index];
    const difference = step && findDifference(step, outcome);
    if (difference) this.#difference ??= { ...difference, step: steps.length > 1 ? index + 1 : 0 };
    this.#steps[index]?.end(outcome, difference);
  }

  #showButtons({ name }: ActivityState): void {
    const isActive = name === 'queued' || name === 'running';
    this.#button('.run').hidden = isActive;
    this.#button('.in-terminal').hidden = isActive;
    this.#button('.stop').hidden = !isActive;
    this.#button('.reset').hidden = isActive || name === 'idle';
  }

  #forgetRun(): void {
    this.#difference = undefined;
    this.outcomes = [];
  }

  #showMessage({ text, about, cell }: CellMessage): void {
    const message = required<HTMLElement>(this, '.message');
    // The bar speaks during a run of the whole page.
    const isPageRun = machineOf(this).runner.pageRun.value?.state === 'running';
    message.ariaLive = isPageRun ? 'off' : 'polite';
    message.textContent = text;
    if (about) {
      const link = document.createElement('a');
      link.href = `${explanations}#${about}`;
      link.textContent = 'Why outputs vary';
      message.append(' ', link);
    }
    if (cell) message.append(' ', linkToCell(cell, `Go to “${cell}”`));
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

if (!customElements.get('course-cell')) customElements.define('course-cell', CourseCell);

// A built site contains neither this nor its imports.
if (import.meta.env.DEV) {
  void import('../../author-tools/page.ts').then(({ watchCells }) =>
    watchCells([...document.querySelectorAll<CourseCell>('course-cell')]),
  );
}
