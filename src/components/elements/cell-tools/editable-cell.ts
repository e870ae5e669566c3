import type { PageCell } from '../../../cells/cell.ts';

/** The element of a cell. Its activity is what Run runs. */
export type EditableCell = HTMLElement & { readonly activity: PageCell };
