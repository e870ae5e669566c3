/** The part of a cell's element that its other scripts use. */
import type { PageCell } from '../../cells/cell.ts';

export interface CourseCell extends HTMLElement {
  /** The Run button runs it. */
  readonly activity: PageCell;
}
