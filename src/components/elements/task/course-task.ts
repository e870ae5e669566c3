/** The part of a task's element that its scripts use. */
import type { PageTask } from '../../../cells/task.ts';

export interface CourseTask extends HTMLElement {
  readonly activity: PageTask;
}
