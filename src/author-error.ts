// A mistake in an author's text, with its position, its reason and the next step. Needs neither
// Node nor a browser.

/** The position of a mistake. `line` and `column` count from 1. */
export interface Position {
  file: string;
  line: number;
  column?: number | undefined;
}

/** The position of the character at this offset in a file's text. */
export function positionAt(file: string, text: string, offset: number): Required<Position> {
  const lines = text.slice(0, offset).split('\n');
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** One mistake. Its `name` never changes, so that authors can search for it. */
export interface Mistake {
  name: string;
  title: string;
  message: string;
  hint: string;
  position: Position;
}

/**
 * Thrown for an author's mistake, or for several. Its `message` is the complete printed form of all, because the
 * build tools that catch and print errors keep the message but not the other fields.
 */
export class AuthorError extends Error {
  /** The short name of the kind of mistake, which error overlays use as their heading. */
  readonly title: string;
  /** The first mistake in parts, for reporters and tests. */
  readonly mistake: Mistake;
  /** All of them. */
  readonly mistakes: readonly Mistake[];
  /** The position again, in the fields that Astro's error overlay reads for components and for MDX. */
  readonly loc: Position;
  readonly line: number;
  readonly column: number;

  constructor(mistake: Mistake, options?: ErrorOptions & { others?: readonly Mistake[] }) {
    const mistakes = [mistake, ...(options?.others ?? [])];
    super(mistakes.map(printMistake).join('\n\n'), options);
    this.name = mistake.name;
    this.title = mistake.title;
    this.mistake = mistake;
    this.mistakes = mistakes;
    this.loc = { ...mistake.position };
    this.line = mistake.position.line;
    this.column = mistake.position.column ?? 1;
    // Build tools print it below the message. It would lead authors into code that is not theirs.
    this.stack = '';
  }
}

/** Prints a mistake as `file:line:column  Name`, then its message, then its hint. */
export function printMistake({ name, message, hint, position }: Mistake): string {
  const column = position.column === undefined ? '' : `:${position.column}`;
  return `${position.file}:${position.line}${column}  ${name}\n${message}\n${hint}`;
}

/** Finds the author's mistakes in a caught error, even if a build tool has wrapped it. */
export function findMistakes(error: unknown): readonly Mistake[] {
  if (!(error instanceof Error)) return [];
  // Not `instanceof AuthorError`: a bundler may have loaded this module a second time.
  if ('mistakes' in error) return error.mistakes as Mistake[];
  // Rolldown reports the errors of its plugins as a list.
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [...inner, error.cause].flatMap(findMistakes);
}

/** The printed form of the author's mistakes in a caught error, if there are any. */
export function explainMistakes(error: unknown): string | undefined {
  return findMistakes(error).map(printMistake).join('\n\n') || undefined;
}

/** Runs a step of a check. Adds the mistakes that it throws to the list, so that the next step can follow. */
export function collect<T>(mistakes: Mistake[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    const found = findMistakes(error);
    if (!found.length) throw error;
    mistakes.push(...found);
    return undefined;
  }
}

/** Throws one AuthorError for all mistakes of a list, if there are any. */
export function throwMistakes([first, ...others]: readonly Mistake[]): void {
  if (first) throw new AuthorError(first, { others });
}
