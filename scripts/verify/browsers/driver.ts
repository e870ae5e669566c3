// What the check of all cells needs of a browser, whoever drives it.

/** A browser with one page. All methods reject when the browser is gone. */
export interface BrowserDriver {
  /** As the browser tells it, for example `153.0`. */
  version: string;
  /** Loads an address and waits until its scripts have run. */
  open(url: string): Promise<void>;
  /** Runs a function's source with JSON arguments in the page and waits for what it returns. */
  evaluate<T>(source: string, ...args: unknown[]): Promise<T>;
  close(): Promise<void>;
}

/** Thrown when a browser or its driver is not installed; the message says what to install. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

/** The expression that calls a function's source with its arguments. */
export function callExpression(source: string, args: readonly unknown[]): string {
  return `(${source})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}
