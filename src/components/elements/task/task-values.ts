/** The values of a task on the page. */
import { areValues, firstValues } from '../../../cells/task.ts';
import type { DrawnValues } from '../../../cells/task.ts';
import type { CourseTask } from './course-task.ts';

/** Gives a task these values, and shows them in its goal and solutions. Ignores values that it cannot have. */
export function setValues(element: CourseTask, values: DrawnValues): void {
  if (!areValues(element.activity, values)) return;
  element.activity.drawn = values;
  for (const shown of element.querySelectorAll<HTMLElement>('[data-value]')) {
    const value = values[shown.dataset['value'] ?? ''];
    if (value !== undefined && shown.textContent !== value) shown.textContent = value;
  }
}

/** The values in use. */
export function valuesOf({ activity }: CourseTask): DrawnValues {
  return activity.drawn ?? firstValues(activity);
}
