import type { PageCell } from '../../../cells/cell.ts';

/** The part of a cell's element that questions use. */
export interface AskingCell extends HTMLElement {
  readonly activity: PageCell;
}
