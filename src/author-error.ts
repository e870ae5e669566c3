// A mistake in an author's text, with its position, its reason and the next step. Needs neither
// Node nor a browser.

/** The position of a mistake. `line` and `column` count from 1. */
export interface Position {
  file: string;
  line: number;
  column?: number | undefined;
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
 * Thrown for an author's mistake. Its `message` is the complete printed form, because the build tools
 * that catch and print errors keep the message but not the other fields.
 */
export class AuthorError extends Error {
  /** The short name of the kind of mistake, which error overlays use as their heading. */
  readonly title: string;
  /** The mistake in parts, for reporters and tests. */
  readonly mistake: Mistake;
  /** The position again, in the fields that Astro's error overlay reads for components and for MDX. */
  readonly loc: Position;
  readonly line: number;
  readonly column: number;

  constructor(mistake: Mistake, options?: ErrorOptions) {
    super(printMistake(mistake), options);
    this.name = mistake.name;
    this.title = mistake.title;
    this.mistake = mistake;
    this.loc = { ...mistake.position };
    this.line = mistake.position.line;
    this.column = mistake.position.column ?? 1;
  }
}

/** Prints a mistake as `file:line:column  Name`, then its message, then its hint. */
export function printMistake({ name, message, hint, position }: Mistake): string {
  const column = position.column === undefined ? '' : `:${position.column}`;
  return `${position.file}:${position.line}${column}  ${name}\n${message}\n${hint}`;
}

/** What a check returns, or the error that it throws, so that the next check can run. */
export function caught(check: () => unknown[]): unknown[] {
  try {
    return check();
  } catch (error) {
    return [error];
  }
}

/** Finds the author's mistake in a caught error, even if a build tool has wrapped it. */
export function findMistake(error: unknown): Mistake | undefined {
  if (!(error instanceof Error)) return undefined;
  // Not `instanceof AuthorError`: a bundler may have loaded this module a second time.
  if ('mistake' in error) return error.mistake as Mistake;
  // Rolldown reports the errors of its plugins as a list.
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  for (const wrapped of [...inner, error.cause]) {
    const mistake = findMistake(wrapped);
    if (mistake) return mistake;
  }
  return undefined;
}
