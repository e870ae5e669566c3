/** Shows one step of a cell, with its printed or its live output. */
import { describeEnd } from '../../cells/cell.ts';
import { toLines } from '../../cells/match/lines.ts';
import type { StepOutcome } from '../../cells/run/result.ts';
import { required } from './required.ts';
import { watchScrolling } from './scroll-focus.ts';

/** Maximum number of characters of live output on the page; browsers lay out longer texts slowly. */
const SHOWN = 100_000;
/** Characters of output that are drawn while a step runs, so that a flood of it takes little of each frame. */
const DRAWN = 8_000;

/** Shows the printed output until the step begins, then the live output. */
export class StepView {
  readonly #output: HTMLElement;
  readonly #text: HTMLElement;
  readonly #status: HTMLElement;
  /** Contains the printed output while live output replaces it. */
  readonly #printed: HTMLElement;
  readonly #number: number;
  readonly #difference: HTMLElement;
  readonly #element: Element;
  readonly #initial: { text: string; status: string; hasOutput: boolean; hasStatus: boolean };
  #live = '';
  #frame = 0;

  /** `number` is that of the step, counted from 1. */
  constructor(element: Element, number: number) {
    this.#number = number;
    this.#output = required(element, '.output');
    this.#text = required(this.#output, 'samp');
    this.#status = required(element, '.status');
    this.#printed = required(element, '.printed');
    this.#difference = required(element, '.difference');
    this.#element = element;
    this.#initial = {
      text: this.#text.textContent ?? '',
      status: this.#status.textContent ?? '',
      hasOutput: !this.#output.hidden,
      hasStatus: !this.#status.hidden,
    };
  }

  showPrinted(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#output.style.minBlockSize = '';
    this.#text.textContent = this.#initial.text;
    this.#status.textContent = this.#initial.status;
    this.#output.hidden = !this.#initial.hasOutput;
    this.#status.hidden = !this.#initial.hasStatus;
    this.#printed.hidden = true;
    this.#difference.hidden = true;
    this.#output.removeAttribute('data-live');
  }

  begin(): void {
    this.#live = '';
    this.#printed.hidden = true;
    this.#difference.hidden = true;
    this.#status.hidden = true;
    this.#output.hidden = false;
    // The output keeps its height until its end, so that the text below does not jump.
    this.#output.style.minBlockSize = `${this.#output.offsetHeight}px`;
    this.#output.setAttribute('data-live', '');
    this.#text.textContent = '';
  }

  append(text: string): void {
    this.#live = (this.#live + text).slice(-DRAWN);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#text.textContent = toLines(this.#live).join('\n');
      this.#output.scrollTop = this.#output.scrollHeight;
    });
  }

  end({ lines, status, hasStopped, matches, truncated }: StepOutcome): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const text = lines.join('\n');
    const isCut = text.length > SHOWN;
    this.#output.style.minBlockSize = '';
    this.#text.textContent =
      (isCut ? '(The beginning is not shown.)\n' : '') +
      text.slice(-SHOWN) +
      (truncated ? '\n(The output was longer. Its end is not shown.)' : '');
    this.#output.hidden = !text;
    this.#status.hidden = status === 0 && matches;
    this.#status.textContent = describeEnd(status, hasStopped);
    this.#printed.hidden = matches;
    if (!matches) this.#fillPrinted();
    if (!matches) openFolds(this.#element);
  }

  /** Shows the list of differing lines and returns it. */
  showDifferenceList(): HTMLElement {
    this.#difference.hidden = false;
    return this.#difference;
  }

  /** Fills the fold with the printed output, at the first difference. */
  #fillPrinted(): void {
    if (this.#printed.querySelector('pre')) return;
    const text = document.createElement('samp');
    text.textContent = this.#initial.text;
    const output = document.createElement('pre');
    output.translate = false;
    output.role = 'group';
    output.ariaLabel = `Printed output ${this.#number}`;
    output.append(text);
    const status = document.createElement('p');
    status.textContent = this.#initial.status;
    this.#printed.append(output, status);
    watchScrolling(this.#printed);
  }
}

/** Opens the folds around a step: that of a hidden step, and a Detour. */
function openFolds(element: Element): void {
  for (let fold = element.closest('details'); fold;) {
    fold.open = true;
    fold = fold.parentElement?.closest('details') ?? null;
  }
}
