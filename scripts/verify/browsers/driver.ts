// The interface of a browser for the check of all cells.

/** A browser with one page. All methods reject when the browser has ended. */
export interface BrowserDriver {
  /** As the browser reports it, for example `153.0`. */
  version: string;
  /** Loads an address and waits until its scripts have run. */
  open(url: string): Promise<void>;
  /** Runs a function's source with JSON arguments in the page, and resolves to its result. */
  evaluate<T>(source: string, ...args: unknown[]): Promise<T>;
  close(): Promise<void>;
}

/** Thrown when a browser or its driver is not installed; the message names the package. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

/** The expression that calls a function's source with its arguments. */
export function callExpression(source: string, args: readonly unknown[]): string {
  return `(${source})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}
