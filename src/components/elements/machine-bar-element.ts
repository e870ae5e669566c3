/** <machine-bar>: tells what the page's machine is doing, and offers what can be done. */
import { explain } from '../../machine/errors.ts';
import type { MachineState } from '../../machine/state.ts';
import { machine, runner } from './page-machine.ts';

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function describe(state: MachineState): string {
  switch (state.name) {
    case 'idle':
      return 'Press Run, and a Linux machine starts in this page.';
    case 'fetching':
      return state.total
        ? `Downloading the machine: ${megabytes(state.loaded)} of ${megabytes(state.total)} MB.`
        : 'Downloading the machine.';
    case 'restoring':
      return 'Starting the machine.';
    case 'ready':
      return 'The machine is ready.';
    case 'busy':
      return `The machine is busy in session “${state.sessions.join('” and “')}”.`;
    case 'paused':
      return 'The machine is paused.';
    case 'failed':
      return `${explain(state.failure)} The text and the printed outputs are complete without it.`;
  }
}

/** See MachineBar.astro for the HTML that it finds. */
class MachineBar extends HTMLElement {
  #stopListening: (() => void) | undefined;

  connectedCallback(): void {
    this.hidden = false;
    this.#button('.run-all').addEventListener('click', () => void runner().runAll());
    this.#button('.stop-all').addEventListener('click', () => runner().stop());
    this.#button('.reset-all').addEventListener('click', () =>
      this.#ignoreFailure(runner().reset()),
    );
    this.#button('.retry').addEventListener('click', () => this.#ignoreFailure(machine.start()));
    this.#stopListening = machine.subscribe((state) => this.#show(state));
  }

  disconnectedCallback(): void {
    this.#stopListening?.();
  }

  #show(state: MachineState): void {
    this.setAttribute('state', state.name);
    this.#part('.machine-state').textContent = describe(state);
    const progress = this.#part<HTMLProgressElement>('progress');
    progress.hidden = state.name !== 'fetching';
    if (state.name === 'fetching' && state.total) {
      progress.max = state.total;
      progress.value = state.loaded;
    }
    const working =
      state.name === 'fetching' || state.name === 'restoring' || state.name === 'busy';
    this.#button('.run-all').hidden = working || state.name === 'failed';
    this.#button('.stop-all').hidden = state.name !== 'busy';
    this.#button('.reset-all').hidden = state.name !== 'ready';
    this.#button('.retry').hidden = state.name !== 'failed';
    const reason = this.#part('.machine-reason');
    reason.hidden = state.name !== 'failed';
    if (state.name === 'failed') {
      this.#part('.machine-reason p').textContent = `${state.failure}: ${state.message}`;
    }
  }

  #ignoreFailure(action: Promise<void>): void {
    action.catch(() => {
      // It is shown by the state, which a failure always changes.
    });
  }

  #part<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.querySelector<T>(selector);
    if (!found) throw new Error(`<machine-bar> has no ${selector}`);
    return found;
  }

  #button(selector: string): HTMLButtonElement {
    return this.#part(selector);
  }
}

if (!customElements.get('machine-bar')) customElements.define('machine-bar', MachineBar);
