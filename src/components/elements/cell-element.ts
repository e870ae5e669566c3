/** <course-cell>: the buttons of a cell, and its live output in place of the printed one. */
import type { PageCell } from '../../cells/cell.ts';
import type { ActivityState } from '../../cells/run/activity-view.ts';
import type { StepOutcome } from '../../cells/run/result.ts';
import { withBase } from '../../with-base.ts';
import { linkToCell, nameOfCell } from './cell-link.ts';
import { describeState } from './cell-message.ts';
import type { CellDifference, CellMessage } from './cell-message.ts';
import type { CourseCell } from './course-cell.ts';
import { ElapsedTime } from './elapsed-time.ts';
import { fireOutcome } from './outcome-event.ts';
import type { ActivityElement } from './machines.ts';
import { machineOf } from './page-machines.ts';
import { keepFocus } from './keep-focus.ts';
import { onIntent } from './on-intent.ts';
import { onPress } from './on-press.ts';
import { askFirst } from './predict/ask-first.ts';
import { required } from './required.ts';
import { StepView } from './step-view.ts';
import { showInInspector } from './inspector/open-inspector.ts';
// In one script: a page with tasks has cells as well, and each script more costs bytes.
import './task-element.ts';
import { showTerminal } from './terminal/open-terminal.ts';
import { sessionOf } from './terminal/sessions.ts';

const explanations = withBase('/about/why-outputs-vary/', import.meta.env.BASE_URL);

/** Maximum wait for the module that explains a difference, in milliseconds. */
const EXPLAIN_MS = 3000;

/** Cell.astro contains its HTML. */
class CellElement extends HTMLElement implements ActivityElement, CourseCell {
  #steps: StepView[] = [];
  #listening: AbortController | undefined;
  #activity: PageCell | undefined;
  /** The outcomes of this run's steps. */
  outcomes: StepOutcome[] = [];
  /** The first difference of this run. */
  #difference: CellDifference | undefined;
  /** Resolves when all differences so far are explained. */
  #explained: Promise<void> = Promise.resolve();
  #state: ActivityState = { name: 'idle' };
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
    const { id, skip, show } = this.activity;
    // A skipped cell shows its reason instead of buttons.
    required<HTMLElement>(this, '.buttons').hidden = skip !== undefined;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const machine = machineOf(this);
    const on = (selector: string, act: () => unknown): void =>
      onPress(this.#button(selector), act, { signal });
    on('.run', () => askFirst(this, () => this.run()));
    on('.in-terminal', () =>
      askFirst(this, () => {
        void showTerminal(sessionOf(this));
        this.run();
      }),
    );
    for (const selector of ['.run', '.in-terminal']) {
      onIntent(this.#button(selector), () => machine.fetchAhead(), { signal });
    }
    if (show) on('.in-inspector', () => showInInspector(machine, show));
    on('.more', () => this.#openMenu());
    on('.stop', () => machine.runner.cancel(id));
    on('.reset', () => machine.runner.resetActivity(id));
    const openShared = (): void => {
      if (location.hash.startsWith(`#${id}:edit=`)) this.#openShared();
    };
    addEventListener('hashchange', openShared, { signal });
    openShared();
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
    this.#elapsed.show(false);
  }

  /** Runs the cell, without its questions. */
  run(): void {
    void machineOf(this).runner.run(this.activity.id);
  }

  showState(state: ActivityState): void {
    const before = this.getAttribute('state');
    this.#state = state;
    this.setAttribute('state', state.name === 'ended' ? state.result.verdict : state.name);
    this.showStale(false);
    this.removeAttribute('outdated');
    keepFocus(this, () => this.#showButtons(state), '.run, .stop');
    // A cell may run twice in one “Run all”.
    if (state.name === 'running') this.#forgetRun();
    this.#elapsed.show(state.name === 'running');
    if (state.name === 'ended') void this.#showResult(state);
    else this.#showMessage(describeState(state, nameOfCell));
    if (state.name === 'idle' || (state.name === 'queued' && before !== 'queued')) {
      this.#forgetRun();
      for (const step of this.#steps) step.showPrinted();
    }
  }

  /** Shows a run's result, once its differences are explained or that takes too long. */
  async #showResult(state: ActivityState & { name: 'ended' }): Promise<void> {
    if (state.result.verdict === 'differs') {
      const late = new Promise((resolve) => setTimeout(resolve, EXPLAIN_MS));
      await Promise.race([this.#explained, late]);
      if (this.#state !== state) return;
    }
    const { result } = state;
    this.#showMessage(describeState(state, nameOfCell, this.#difference));
    if (result.failure?.name === 'SessionBusy') {
      this.#offer('Show in the terminal', () => void showTerminal(sessionOf(this)));
    }
    const reason = result.failure?.name ?? this.#difference?.reason;
    fireOutcome(this, { id: this.activity.id, reason, ...result });
    if (!result.failure) this.#addPrompt();
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
    this.#showMessage({
      text: `“${program}” is still running. It reads keys, but does not wait for them.`,
    });
    this.#offer('Press Ctrl-C', interrupt);
    this.#offer('Show in the terminal', () => void showTerminal(sessionOf(this)));
  }

  showOutcome(index: number, outcome: StepOutcome): void {
    this.outcomes.push(outcome);
    const { steps } = this.activity;
    const step = steps[index];
    const view = this.#steps[index];
    view?.end(outcome);
    if (!step || !view || outcome.matches) return;
    const { outcomes } = this;
    this.#explained = Promise.all([import('./difference-view.ts'), this.#explained]).then(
      ([{ explainDifference }]) => {
        // Another run may have begun.
        if (this.outcomes !== outcomes) return;
        const difference = explainDifference(step, outcome, () => view.showDifferenceList());
        const at = steps.length > 1 ? index + 1 : 0;
        if (difference) this.#difference ??= { ...difference, step: at };
      },
      () => {
        // The module did not load. The cell then says only that the output differs.
      },
    );
  }

  /** Adds a button to the message. */
  #offer(label: string, act: () => void): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', act);
    required(this, '.message').append(' ', button);
  }

  #showButtons({ name }: ActivityState): void {
    const isActive = name === 'queued' || name === 'running';
    this.#button('.run').hidden = isActive;
    this.#button('.stop').hidden = !isActive;
    this.#button('.reset').hidden = isActive || name === 'idle';
  }

  #openMenu(): void {
    import('./cell-tools/cell-menu.ts').then(
      ({ openMenu }) => openMenu(this, this.#button('.more')),
      () => this.#showMessage({ text: 'The menu could not be loaded. Reload the page.' }),
    );
  }

  /** Shows the edited form that the page's address contains. */
  #openShared(): void {
    import('./cell-tools/edit-cell.ts').then(
      ({ openShared }) => openShared(this, location.hash),
      () => this.#showMessage({ text: 'The editor could not be loaded. Reload the page.' }),
    );
  }

  #addPrompt(): void {
    import('./cell-tools/cell-prompt.ts').then(
      ({ addPrompt }) => addPrompt(this),
      () => {
        // The cell is complete without it.
      },
    );
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
    if (cell) message.append(' ', linkToCell(cell, `Go to “${nameOfCell(cell)}”`));
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

if (!customElements.get('course-cell')) customElements.define('course-cell', CellElement);

// A built site contains neither this nor its imports.
if (import.meta.env.DEV) {
  void import('../../author-tools/page.ts').then(({ watchCells }) =>
    watchCells([...document.querySelectorAll<CellElement>('course-cell')]),
  );
}
