/** Measuring and printing times for the benchmark. */

/** Number of times that each measurement is repeated. */
export const RUNS = 5;

/** The median; NaN for an empty list. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Prints three significant digits, with at most two decimals. */
export function digits(value: number): string {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toFixed(Math.min(places, 2));
}

/** The median with its unit, then minimum and maximum: `12.3 ms (11.0 to 15.2)`. */
export function spread(values: readonly number[], unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const middle = `${digits(median(values))} ${unit}`;
  return least === most ? middle : `${middle} (${digits(least)} to ${digits(most)})`;
}

/** The milliseconds that a task takes. Rejects as the task does. */
export async function time(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await task();
  return performance.now() - begun;
}

/** The milliseconds of each of `count` sequential runs of a task. */
export async function times(task: () => Promise<unknown>, count = RUNS): Promise<number[]> {
  const measured: number[] = [];
  for (let i = 0; i < count; i++) measured.push(await time(task));
  return measured;
}

/** Prints progress to stderr, since the benchmark takes minutes. */
export function say(text: string): void {
  console.error(`bench: ${text}`);
}
