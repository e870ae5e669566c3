/** A number with its noun: "1 cell", "1,000 cells". The plural of the noun ends in s unless it is given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
