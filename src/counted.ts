/** A number with its noun: "1 cell", "1,000 cells". The plural of the noun ends in s. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
