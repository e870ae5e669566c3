/** Starts and checks a task, and shows its state. Loaded at the first press of one of its buttons. */
import { counted } from '../../../counted.ts';
import type { ActivityState, ActivityView } from '../../../cells/run/activity-view.ts';
import { explainFailure } from '../../../cells/run/result.ts';
import type { RunResult } from '../../../cells/run/result.ts';
import { hintFor } from '../../../cells/run/task-hint.ts';
import { drawValues } from '../../../cells/task.ts';
import { nameOfCell, linkToCell } from '../cell-link.ts';
import { addPrompt } from '../cell-tools/cell-prompt.ts';
import { keepFocus } from '../keep-focus.ts';
import { machineOf } from '../page-machines.ts';
import { addressOf, progressStore } from '../progress/page-progress.ts';
import { show as showProgress } from '../progress/show-progress.ts';
import type { ProgressEntry } from '../progress/store.ts';
import { required } from '../required.ts';
import type { CourseTask } from './course-task.ts';
import { hintNodes } from './hint-nodes.ts';
import { setValues, valuesOf } from './task-values.ts';

const views = new WeakMap<CourseTask, TaskView>();

/** Handles a press of one of the buttons of a task. Ignores the second click of a double click. */
export function press(element: CourseTask, { target, detail }: MouseEvent): void {
  if (detail > 1 || !(target instanceof HTMLButtonElement)) return;
  const view = views.get(element) ?? new TaskView(element);
  views.set(element, view);
  const { id } = element.activity;
  if (target.className === 'stop') machineOf(element).runner.cancel(id);
  else if (target.className === 'new-values') view.draw();
  else void view.run(target.className === 'start');
}

/** The rest of a task's element as the view of its activity. It shows nothing of the checks themselves. */
function viewOf(view: TaskView): ActivityView {
  const ignore = (): void => {};
  return {
    showState: (state) => view.showState(state),
    ...{ showStep: ignore, showOutput: ignore, showListens: ignore },
    ...{ showOutcome: ignore, showStale: ignore },
  };
}

class TaskView {
  readonly #element: CourseTask;
  /** Whether the cells before it have run, so that it can be checked. */
  #isStarted = false;

  constructor(element: CourseTask) {
    this.#element = element;
    Object.assign(element, viewOf(this));
    // Of a held key, only the first press counts: the button may have taken the place of another one.
    element.querySelector('.buttons')?.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).repeat) event.preventDefault();
    });
  }

  /** Prepares the machine, or checks its state. Never rejects. */
  async run(isStart: boolean): Promise<void> {
    const { activity } = this.#element;
    activity.isStart = isStart;
    await machineOf(this.#element).runner.run(activity.id);
  }

  /** Draws other values at random. */
  draw(): void {
    const { activity } = this.#element;
    setValues(this.#element, drawValues(activity, valuesOf(this.#element), Math.random));
    this.#note({ values: { ...activity.drawn } });
    if (this.#isStarted) this.#setState('ready');
    const values = Object.entries(valuesOf(this.#element)).map(
      ([name, value]) => `${name} ${value}`,
    );
    this.#say(`The goal now has new values: ${values.join(', ')}.`);
  }

  showState(state: ActivityState): void {
    const isActive = state.name === 'queued' || state.name === 'running';
    if (state.name === 'idle') this.#isStarted = false;
    if (state.name === 'ended') return this.#showResult(state.result);
    keepFocus(this.#element, () => this.#showButtons(isActive), '.check, .start, .stop');
    this.#setState(state.name);
    this.#say(...this.#describe(state));
  }

  #describe(state: Exclude<ActivityState, { name: 'ended' }>): (string | Node)[] {
    const { isStart } = this.#element.activity;
    switch (state.name) {
      case 'idle':
        return [];
      case 'queued':
        return ['Waiting for the machine.'];
      case 'running':
        return [isStart ? 'Preparing the machine.' : 'Checking.'];
      case 'stopped':
        return [isStart ? 'Stopped.' : 'Stopped. Nothing was checked.'];
      case 'blocked':
        return [
          `Not ${isStart ? 'started' : 'checked'}: “${nameOfCell(state.by)}” failed. `,
          linkToCell(state.by, `Go to “${nameOfCell(state.by)}”`),
        ];
    }
  }

  #showResult({ verdict, failure, outcomes }: RunResult): void {
    const { isStart } = this.#element.activity;
    const hasBegun = isStart === true && !failure && !this.#isStarted;
    if (failure && machineIsOff(this.#element)) this.#isStarted = false;
    else if (!failure) this.#isStarted = true;
    keepFocus(this.#element, () => this.#showButtons(false), '.check, .start');
    if (failure) {
      this.#setState(verdict);
      return this.#say(explainFailure(failure));
    }
    this.#addPrompt(hasBegun);
    if (isStart) {
      this.#setState('ready');
      return this.#say(
        'The machine is ready. Type commands below or in the terminal, then press Check.',
      );
    }
    const hint = hintFor(this.#element.activity, outcomes);
    if (hint) {
      this.#setState('not yet');
      return this.#say('Not yet. ', ...hintNodes(hint.say, hint.output));
    }
    this.#setState('passed');
    const checks = counted(outcomes.length, 'check');
    this.#say(`Done: ${outcomes.length === 1 ? 'the check' : `all ${checks}`} passed.`);
    this.#note({ done: true });
  }

  #showButtons(isActive: boolean): void {
    const set = (name: string, isShown: boolean): void => {
      const button = this.#element.querySelector<HTMLElement>(`.${name}`);
      if (button) button.hidden = !isShown;
    };
    set('start', !isActive && !this.#isStarted);
    set('check', !isActive && this.#isStarted);
    set('stop', isActive);
    set('new-values', !isActive);
  }

  #addPrompt(hasBegun: boolean): void {
    // A reader who has gone on to the solutions stays there.
    const hadFocus = required(this.#element, '.buttons').contains(document.activeElement);
    addPrompt(this.#element);
    const prompt = required<HTMLElement>(this.#element, '.try');
    const solutions = required(this.#element, '.solutions');
    if (prompt.nextElementSibling !== solutions) solutions.before(prompt);
    if (hasBegun && hadFocus) required<HTMLElement>(prompt, 'input').focus();
  }

  #note(change: Partial<ProgressEntry>): void {
    const { id, dataset } = this.#element;
    const address = addressOf(location.pathname);
    progressStore.change(address, id, dataset['text'] ?? '', (entry) => ({ ...entry, ...change }));
    showProgress();
  }

  #setState(state: string): void {
    this.#element.setAttribute('state', state);
  }

  #say(...parts: (string | Node)[]): void {
    required(this.#element, '.message').replaceChildren(...parts);
  }
}

function machineIsOff(element: CourseTask): boolean {
  const { name } = machineOf(element).state;
  return name === 'idle' || name === 'failed' || name === 'stopped';
}
