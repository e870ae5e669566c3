/** <course-task>: the buttons of a task. What they do is loaded at their first use. */
import type { ActivityState } from '../../cells/run/activity-view.ts';
import type { PageTask } from '../../cells/task.ts';
import type { ActivityElement } from './machines.ts';
import { onIntent } from './on-intent.ts';
import { machineOf } from './page-machines.ts';
import { required } from './required.ts';
import type { CourseTask } from './task/course-task.ts';

const ignore = (): void => {};

/** Task.astro contains its HTML. */
class TaskElement extends HTMLElement implements CourseTask, ActivityElement {
  readonly activity = JSON.parse(this.dataset['task'] ?? '{}') as PageTask;
  view: CourseTask['view'];
  readonly showStep = ignore;
  readonly showOutput = ignore;
  readonly showListens = ignore;
  readonly showOutcome = ignore;
  readonly showStale = ignore;

  connectedCallback(): void {
    const buttons = required<HTMLElement>(this, '.buttons');
    buttons.hidden = this.activity.skip !== undefined;
    buttons.onclick = ({ target, detail }) => {
      if (detail < 2 && target instanceof HTMLButtonElement) this.#press(target);
    };
    onIntent(required(this, '.start'), () => machineOf(this).fetchAhead());
  }

  showState(state: ActivityState): void {
    this.view?.showState(state);
  }

  #press(button: HTMLButtonElement): void {
    import('./task/task-view.ts').then(
      ({ pressIn }) => pressIn(this, button),
      () => (required(this, '.message').textContent = 'This could not be loaded. Reload the page.'),
    );
  }
}

if (!customElements.get('course-task')) customElements.define('course-task', TaskElement);
