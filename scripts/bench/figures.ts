/** What the bench measures with, and how its figures are told. */

/** So often everything is measured. */
export const RUNS = 5;

/** The value in the middle; NaN when there is none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Three digits that matter, and no more after the point than those. */
export function digits(value: number): string {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toFixed(Math.min(places, 2));
}

/** The median with its unit, then the least and the most: `12.3 ms (11.0 to 15.2)`. */
export function spread(values: readonly number[], unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const middle = `${digits(median(values))} ${unit}`;
  return least === most ? middle : `${middle} (${digits(least)} to ${digits(most)})`;
}

/** Milliseconds that a task took. Rejects as the task does. */
export async function time(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await task();
  return performance.now() - begun;
}

/** Milliseconds of each of so many runs of a task, one after the other. */
export async function times(task: () => Promise<unknown>, count = RUNS): Promise<number[]> {
  const measured: number[] = [];
  for (let i = 0; i < count; i++) measured.push(await time(task));
  return measured;
}

/** Tells on the error stream what is being measured, since the whole takes minutes. */
export function say(text: string): void {
  console.error(`bench: ${text}`);
}
