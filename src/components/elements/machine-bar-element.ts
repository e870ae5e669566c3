/** <machine-bar>: shows the state of a machine of the page, and its controls. */
import { describeMachine, describeQuestion } from './machine-words.ts';
import type { Admission, PageMachine } from './machines.ts';
import { machineOf, pageMachines } from './page-machines.ts';
import { required } from './required.ts';

/** MachineBar.astro contains its HTML. */
class MachineBar extends HTMLElement {
  #machine: PageMachine | undefined;
  #listening: AbortController | undefined;
  /** Answers the open question. */
  #answer: ((agreed: boolean) => void) | undefined;

  connectedCallback(): void {
    const machine = (this.#machine = machineOf(this));
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (selector: string, act: () => unknown): void =>
      this.#button(selector).addEventListener('click', act, { signal });
    on('.run-all', () => machine.runner.runAll());
    on('.stop-all', () => machine.runner.stop());
    on('.reset-all', () => this.#ignoreFailure(machine.runner.reset()));
    on('.retry', () => this.#ignoreFailure(machine.start()));
    on('.end', () => machine.end());
    on('.agree', () => this.#answer?.(true));
    on('.decline', () => this.#answer?.(false));
    machine.ask = (admission, stop) => this.#ask(admission, stop);
    // The cost of a start depends on the other machines.
    signal.addEventListener(
      'abort',
      pageMachines().subscribe(() => this.#show()),
    );
    this.hidden = false;
    this.#show();
  }

  disconnectedCallback(): void {
    this.#answer?.(false);
    this.#listening?.abort();
  }

  #show(): void {
    const machine = this.#machine;
    if (!machine) return;
    const { state } = machine;
    const isAsking = this.#answer !== undefined;
    this.setAttribute('state', isAsking ? 'asking' : state.name);
    if (!isAsking) this.#showText(describeMachine(state, machine.admission));
    const progress = required<HTMLProgressElement>(this, 'progress');
    progress.hidden = state.name !== 'fetching';
    if (state.name === 'fetching' && state.total) {
      progress.max = state.total;
      progress.value = state.loaded;
    }
    const working =
      state.name === 'fetching' || state.name === 'restoring' || state.name === 'busy';
    this.#button('.run-all').hidden = isAsking || working || state.name === 'failed';
    this.#button('.stop-all').hidden = isAsking || state.name !== 'busy';
    this.#button('.reset-all').hidden = isAsking || state.name !== 'ready';
    this.#button('.end').hidden = isAsking || state.name !== 'ready';
    this.#button('.retry').hidden = isAsking || state.name !== 'failed';
    this.#button('.agree').hidden = !isAsking;
    this.#button('.decline').hidden = !isAsking;
    const reason = required<HTMLElement>(this, '.machine-reason');
    reason.hidden = state.name !== 'failed';
    if (state.name === 'failed') {
      required(reason, 'p').textContent = `${state.failure}: ${state.message}`;
    }
  }

  /** Shows a question instead of the state and focuses its answer. Aborting the signal withdraws it. */
  #ask(admission: Admission, signal: AbortSignal): Promise<boolean> {
    const { text, agree } = describeQuestion(admission);
    const before = document.activeElement;
    this.#answer?.(false); // to an earlier question
    return new Promise((resolve) => {
      const answer = (agreed: boolean): void => {
        signal.removeEventListener('abort', decline);
        this.#answer = undefined;
        if (this.contains(document.activeElement) && before instanceof HTMLElement) {
          before.focus({ preventScroll: true });
        }
        this.#show();
        resolve(agreed);
      };
      const decline = (): void => answer(false);
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', decline);
      this.#answer = answer;
      this.#button('.agree').textContent = agree;
      this.#showText(text);
      this.#show();
      this.#button('.agree').focus({ preventScroll: true });
    });
  }

  #showText(text: string): void {
    required(this, '.machine-state').textContent = text;
  }

  #ignoreFailure(action: Promise<void>): void {
    action.catch(() => {
      // Either the reader declined, or the machine failed, which its state shows.
    });
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

if (!customElements.get('machine-bar')) customElements.define('machine-bar', MachineBar);
