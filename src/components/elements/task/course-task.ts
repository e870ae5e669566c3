/** The part of a task's element that its scripts use. */
import type { ActivityView } from '../../../cells/run/activity-view.ts';
import type { PageTask } from '../../../cells/task.ts';

export interface CourseTask extends HTMLElement {
  readonly activity: PageTask;
  /** Shows its states, once that is loaded. */
  view: Pick<ActivityView, 'showState'> | undefined;
}
