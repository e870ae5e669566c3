// The mistakes in the comparison that concern more than one field.

interface Mistake {
  message: string;
  /** The place of the field: the names and indexes that lead to it. */
  path: (string | number)[];
}

interface Row {
  id: string;
  group: string;
  short?: Readonly<Record<string, string>> | undefined;
  cells: Readonly<Record<string, { verdict?: string | undefined }>>;
  measures: readonly { values: Readonly<Record<string, string>> }[];
}

interface Parts {
  columns: readonly { id: string }[];
  groups: readonly { id: string }[];
  rows: readonly Row[];
}

/** Finds ids that do not exist or occur twice, missing cells, and verdicts and figures that compare nothing. */
export function findComparisonMistakes({ columns, groups, rows }: Parts): Mistake[] {
  const kinds = columns.map(({ id }) => id);
  const short = rows.find((row) => row.short)?.short;
  return rows.flatMap((row, index) => {
    const at = (message: string, ...path: Mistake['path']) => ({
      message,
      path: ['rows', index, ...path],
    });
    const unknown = (values: object, ...path: Mistake['path']) =>
      Object.keys(values)
        .filter((id) => !kinds.includes(id))
        .map((id) => at(`There is no column "${id}"`, ...path, id));
    return [
      ...(rows.findIndex(({ id }) => id === row.id) === index
        ? []
        : [at(`Another row has the id "${row.id}"`, 'id')]),
      ...(groups.some(({ id }) => id === row.group)
        ? []
        : [at(`There is no group "${row.group}"`, 'group')]),
      ...kinds
        .filter((kind) => !(kind in row.cells))
        .map((kind) => at(`The cell for "${kind}" is missing`, 'cells')),
      ...unknown(row.cells, 'cells'),
      ...mistakesOfVerdicts(row).map(([id, message]) => at(message, 'cells', id)),
      ...unknown(row.short ?? {}, 'short'),
      ...(row.short && columnsOf(row.short) !== columnsOf(short)
        ? [at(`Write the same columns as in the first short row: ${columnsOf(short)}`, 'short')]
        : []),
      ...row.measures.flatMap(({ values }, i) => [
        ...unknown(values, 'measures', i, 'values'),
        ...(Object.keys(values).length < 2
          ? [at('Write values for at least two columns', 'measures', i, 'values')]
          : []),
      ]),
    ];
  });
}

function mistakesOfVerdicts({ cells }: Row): [id: string, message: string][] {
  const all = Object.entries(cells);
  const found = (isWrong: (verdict: string | undefined) => boolean, message: string) =>
    all.flatMap(([id, { verdict }]): [string, string][] =>
      isWrong(verdict) ? [[id, message]] : [],
    );
  if (all.every(([, { verdict }]) => !verdict)) return [];
  const hasEven = all.some(([, { verdict }]) => verdict === 'even');
  return [
    ...found((verdict) => !verdict, 'Write a verdict in each cell of the row, or in none'),
    ...found(
      (verdict) => Boolean(hasEven && verdict && verdict !== 'even'),
      'Another cell of the row is even; then all are',
    ),
  ];
}

function columnsOf(short: Row['short']): string {
  return Object.keys(short ?? {}).join(', ');
}
