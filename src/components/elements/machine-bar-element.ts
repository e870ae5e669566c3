/** <machine-bar>: shows the state of a machine of the page, and its controls. */
import { needsReload } from '../../machine/errors.ts';
import type { StartProgress } from '../../machine/image/start-files.ts';
import type { MachineState } from '../../machine/state.ts';
import { DownloadSpeed } from './download-speed.ts';
import type { PageRun } from '../../cells/run/page-run.ts';
import { linkToCell, nameOfCell } from './cell-link.ts';
import { keepFocus } from './keep-focus.ts';
import { onIntent } from './on-intent.ts';
import { onPress } from './on-press.ts';
import { describeChange, describeMachine, describeQuestion } from './machine-words.ts';
import type { MachineContext } from './machine-words.ts';
import type { Admission, PageMachine } from './machines.ts';
import { isTooLarge, machineOf, pageMachines } from './page-machines.ts';
import { required } from './required.ts';
import { sessionsOfPage } from './terminal/sessions.ts';

/** MachineBar.astro contains its HTML. */
class MachineBar extends HTMLElement {
  #machine: PageMachine | undefined;
  #listening: AbortController | undefined;
  /** Answers the open question. */
  #answer: ((agreed: boolean) => void) | undefined;
  #shown: MachineState = { name: 'idle' };
  readonly #speed = new DownloadSpeed();
  #pageRun: PageRun | undefined;
  /** Loaded at the first run of the whole page. */
  #words: typeof import('./page-run-words.ts') | undefined;
  #unfollow: (() => void) | undefined;
  /** Whether the Undo button is connected, or is being connected. */
  #hasTools = false;
  /** Measures the bars, because the page scrolls a focused element to a place above them. */
  readonly #sizes = new ResizeObserver(() => {
    const bars = this.closest<HTMLElement>('.machine-bars');
    if (!bars) return;
    const height = `${bars.offsetHeight}px`;
    document.documentElement.style.setProperty('--machine-bars', height);
  });

  connectedCallback(): void {
    const machine = (this.#machine = machineOf(this));
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (selector: string, act: () => unknown): void =>
      onPress(this.#button(selector), act, { signal });
    on('.run-all', () => machine.runner.runAll());
    on('.stop-all', () => machine.runner.stop());
    on('.reset-all', () => this.#ignoreFailure(machine.runner.reset()));
    on('.retry', () => this.#ignoreFailure(machine.start()));
    on('.end', () => machine.end());
    on('.reload', () => location.reload());
    on('.agree', () => this.#answer?.(true));
    on('.decline', () => this.#answer?.(false));
    // On a page with cells, the terminal starts the first machine.
    const openers = document.querySelectorAll('.open-terminal');
    const starts = sessionsOfPage()[0]?.machine === machine ? [...openers] : [];
    for (const button of [this.#button('.run-all'), ...starts]) {
      onIntent(button, () => machine.fetchAhead(), { signal });
    }
    machine.ask = (admission, stop) => this.#ask(admission, stop);
    // The cost of a start depends on the other machines.
    signal.addEventListener(
      'abort',
      pageMachines().subscribe(() => this.#show()),
    );
    this.hidden = false;
    this.#sizes.observe(this);
    this.#follow(machine);
    this.#show();
  }

  disconnectedCallback(): void {
    this.#answer?.(false);
    this.#listening?.abort();
    this.#sizes.disconnect();
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  #show(): void {
    const machine = this.#machine;
    if (!machine) return;
    keepFocus(this, () => this.#showState(machine));
  }

  #showState(machine: PageMachine): void {
    const { state } = machine;
    const isAsking = this.#answer !== undefined;
    this.setAttribute('state', isAsking ? 'asking' : state.name);
    if (state.name === 'fetching') {
      // The samples from before a retry would make the download seem slow.
      if (state.retrying || state.making) this.#speed.clear();
      this.#speed.add(state.loaded, performance.now());
    }
    const { bytesPerSecond } = this.#speed;
    const hasCells = !machine.runner.isEmpty;
    const cost = costOf(this.dataset['cost']);
    const context = { admission: machine.admission, bytesPerSecond, hasCells, cost };
    const change = describeChange(this.#shown, state, context);
    if (change) this.#announce(change);
    this.#shown = state;
    if (!isAsking) this.#showText(describeMachine(state, context));
    this.#showPageRun(isAsking || state.name === 'failed' ? undefined : this.#pageRun);
    const progress = required<HTMLProgressElement>(this, 'progress');
    progress.hidden = state.name !== 'fetching';
    if (state.name === 'fetching') showProgress(progress, state);
    const working =
      state.name === 'fetching' || state.name === 'restoring' || state.name === 'busy';
    this.#button('.run-all').hidden = isAsking || working || state.name === 'failed' || !hasCells;
    this.#button('.stop-all').hidden = isAsking || state.name !== 'busy';
    const isSilent = state.name === 'busy' && state.silent;
    const isStopped = state.name === 'stopped';
    this.#button('.reset-all').hidden = isAsking || !(state.name === 'ready' || isSilent);
    const { isStarting } = machine;
    const canEnd = state.name === 'ready' || isSilent || isStopped || isStarting;
    this.#button('.end').hidden = isAsking || !canEnd;
    this.#button('.end').textContent = isStarting ? 'Cancel' : 'End';
    this.#button('.retry').hidden = isAsking || !(state.name === 'failed' || isStopped);
    if (state.name === 'ready') this.#loadUndo(machine);
    this.#button('.reload').hidden =
      isAsking || state.name !== 'failed' || !needsReload(state.failure);
    this.#button('.agree').hidden = !isAsking;
    this.#button('.decline').hidden = !isAsking;
    const reason = required<HTMLElement>(this, '.machine-reason');
    reason.hidden = state.name !== 'failed';
    if (state.name === 'failed') {
      required(reason, 'p').textContent = `${state.failure}: ${state.message}`;
    }
  }

  #loadUndo(machine: PageMachine): void {
    if (this.#hasTools) return;
    this.#hasTools = true;
    Promise.all([import('./undo-button.ts'), import('./machine-notices.ts')]).then(
      ([{ connectUndo }, { showNotices }]) => {
        connectUndo(this.#button('.undo'), machine, (text) => {
          this.#showText(text);
          this.#announce(text);
        });
        showNotices(this, machine, (text) => this.#announce(text));
      },
      () => {
        // Reset returns to the start without it.
        this.#hasTools = false;
      },
    );
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
        this.#announce('');
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
      this.#announce(text);
      this.#show();
      this.#button('.agree').focus({ preventScroll: true });
    });
  }

  /** Shows and announces each run of the page, whoever has requested it. Its words are loaded at the first one. */
  #follow({ runner }: PageMachine): void {
    let loading: Promise<typeof import('./page-run-words.ts')> | undefined;
    this.#unfollow = runner.pageRun.subscribe((run) => {
      if (run) loading ??= import('./page-run-words.ts');
      loading?.then(
        (words) => this.#showRun(words, run),
        () => {
          // The cells show their results themselves.
        },
      );
    });
  }

  #showRun(words: typeof import('./page-run-words.ts'), run: PageRun | undefined): void {
    this.#words = words;
    const change = words.describePageChange(this.#pageRun, run, nameOfCell);
    this.#pageRun = run;
    this.#show();
    if (change) this.#announce(change);
  }

  /** Shows the progress of the page's run, and links to the differing cells. */
  #showPageRun(run: PageRun | undefined): void {
    const element = required<HTMLElement>(this, '.page-run');
    element.hidden = !run;
    const { text, cells } =
      run && this.#words ? this.#words.describePageRun(run) : { text: '', cells: [] };
    required(element, 'span').textContent = text;
    // Links that stay are not made again, since one of them may have the focus.
    const links = [...element.querySelectorAll('a')];
    const idOf = ({ hash }: HTMLAnchorElement): string => hash.slice(1);
    for (const link of links) if (!cells.includes(idOf(link))) link.remove();
    const shown = links.map(idOf);
    for (const cell of cells) if (!shown.includes(cell)) element.append(' ', linkToCell(cell));
  }

  #showText(text: string): void {
    required(this, '.machine-state').textContent = text;
  }

  #announce(text: string): void {
    required(this, '[role="status"]').textContent = text;
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

/** Reads the cost of a start; see src/course-data/start-cost.ts. */
function costOf(json: string | undefined): MachineContext['cost'] {
  if (json === undefined) return undefined;
  const { megabytes, machines } = JSON.parse(json) as { megabytes: number; machines: number };
  return { megabytes, isTooLarge: isTooLarge(machines) };
}

/** Shows the steps until the machine is made, or the bytes of its download. */
function showProgress(
  element: HTMLProgressElement,
  { loaded, total, making }: StartProgress,
): void {
  const [value, max] = making ? [making.done, making.of] : [loaded, total];
  element.ariaLabel = making ? 'Making the machine' : 'Download';
  if (!max) return element.removeAttribute('value');
  element.max = max;
  element.value = value;
}

if (!customElements.get('machine-bar')) customElements.define('machine-bar', MachineBar);
