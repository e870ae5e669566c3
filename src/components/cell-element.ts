/** <course-cell>: the buttons of a cell, and its live output in place of the printed one. */
import type { PageCell } from '../cells/cell.ts';
import { toLines } from '../cells/compare.ts';
import type { CellState, CellView } from '../cells/page-runner.ts';
import type { StepOutcome } from '../cells/run.ts';
import { runner } from './page-machine.ts';

/** Characters of live output that are shown; a browser lays out more only slowly. */
const SHOWN = 100_000;

function required<T extends Element>(root: Element, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`<${root.localName}> has no ${selector}`);
  return found;
}

function duration(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

function describe(state: CellState): string {
  switch (state.name) {
    case 'idle':
      return '';
    case 'queued':
      return 'Waiting for the machine.';
    case 'running':
      return 'Running.';
    case 'passed':
      return `Ran in ${duration(state.milliseconds)}. Same as printed.`;
    case 'differs':
      return `Ran in ${duration(state.milliseconds)}. Differs from what is printed.`;
    case 'stopped':
      return 'Stopped. The machine is as it was at the start.';
    case 'failed':
      return state.reason;
  }
}

/** The parts of one step, and the text it has printed so far. */
class StepView {
  readonly #output: HTMLElement;
  readonly #text: HTMLElement;
  readonly #status: HTMLElement;
  readonly #printed: HTMLElement;
  /** What folds a hidden step. */
  readonly #fold: HTMLDetailsElement | null;
  readonly #initial: { text: string; status: string; hasOutput: boolean; hasStatus: boolean };
  #live = '';
  #frame = 0;

  constructor(element: Element) {
    this.#output = required(element, '.output');
    this.#text = required(this.#output, 'samp');
    this.#status = required(element, '.status');
    this.#printed = required(element, '.printed');
    this.#fold = element.closest<HTMLDetailsElement>('details.setup');
    this.#initial = {
      text: this.#text.textContent ?? '',
      status: this.#status.textContent ?? '',
      hasOutput: !this.#output.hidden,
      hasStatus: !this.#status.hidden,
    };
  }

  showPrinted(): void {
    cancelAnimationFrame(this.#frame);
    this.#text.textContent = this.#initial.text;
    this.#status.textContent = this.#initial.status;
    this.#output.hidden = !this.#initial.hasOutput;
    this.#status.hidden = !this.#initial.hasStatus;
    this.#printed.hidden = true;
    this.#output.removeAttribute('data-live');
  }

  begin(): void {
    this.#live = '';
    this.#printed.hidden = true;
    this.#status.hidden = true;
    this.#output.hidden = false;
    this.#output.setAttribute('data-live', '');
    this.#text.textContent = '';
  }

  append(text: string): void {
    this.#live = (this.#live + text).slice(-SHOWN);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#text.textContent = toLines(this.#live).join('\n');
      this.#output.scrollTop = this.#output.scrollHeight;
    });
  }

  end({ lines, status, matches, truncated }: StepOutcome): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const text = lines.join('\n');
    const cut = truncated || text.length > SHOWN;
    this.#text.textContent = (cut ? '(The beginning is not shown.)\n' : '') + text.slice(-SHOWN);
    this.#output.hidden = !text;
    this.#status.hidden = status === 0 && matches;
    this.#status.textContent =
      status === undefined ? 'A program waits for input.' : `Exit status ${status}`;
    this.#printed.hidden = matches;
    if (this.#fold && !matches) this.#fold.open = true;
  }
}

/** See Cell.astro for the HTML that it finds. */
class CourseCell extends HTMLElement implements CellView {
  #steps: StepView[] = [];

  get cell(): PageCell {
    return JSON.parse(this.dataset['cell'] ?? '{}') as PageCell;
  }

  connectedCallback(): void {
    this.#steps = [...this.querySelectorAll('.step')].map((step) => new StepView(step));
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
    required<HTMLElement>(this, '.message').textContent = describe(state);
    if (state.name === 'idle' || (state.name === 'queued' && before !== 'queued')) {
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
    this.#steps[index]?.end(outcome);
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

if (!customElements.get('course-cell')) customElements.define('course-cell', CourseCell);
