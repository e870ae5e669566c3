/** The numbers of shown and of all rows and columns in a filtered comparison. */
export interface Shown {
  rows: number;
  allRows: number;
  columns: number;
  allColumns: number;
}

/** Describes how much of the comparison is shown: "Shown: all 16 properties of 2 of 4 kinds." */
export function countShown({ rows, allRows, columns, allColumns }: Shown): string {
  const count = (shown: number, all: number) =>
    shown === all ? `all ${all}` : `${shown} of ${all}`;
  return `Shown: ${count(rows, allRows)} properties of ${count(columns, allColumns)} kinds.`;
}
