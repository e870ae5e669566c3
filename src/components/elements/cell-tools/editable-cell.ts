import type { PageCell } from '../../../cells/cell.ts';

/** The element of a cell. The Run button runs its activity. */
export type EditableCell = HTMLElement & { readonly activity: PageCell };
