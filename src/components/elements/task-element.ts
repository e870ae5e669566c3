/** <course-task>: the buttons of a task. The code of their work and of a task's states is loaded at the first press. */
import type { PageTask } from '../../cells/task.ts';
import { onIntent } from './on-intent.ts';
import { machineOf } from './page-machines.ts';
import { required } from './required.ts';
import type { CourseTask } from './task/course-task.ts';

/** Task.astro contains its HTML. */
class TaskElement extends HTMLElement implements CourseTask {
  readonly activity = JSON.parse(this.dataset['task'] ?? '{}') as PageTask;

  connectedCallback(): void {
    // A skipped task has none.
    const buttons = this.querySelector<HTMLElement>('.buttons');
    if (!buttons) return;
    buttons.hidden = false;
    buttons.onclick = (event) => {
      import('./task/task-view.ts').then(
        ({ press }) => press(this, event),
        () =>
          (required(this, '.message').textContent =
            'The task could not be loaded. Reload the page.'),
      );
    };
    onIntent(buttons, () => machineOf(this).fetchAhead());
  }

  /** A reset may come before the first press. */
  showState(): void {}
}

if (!customElements.get('course-task')) customElements.define('course-task', TaskElement);
