/** Reads `git log --format=t:%ct --name-only`: the newest commit's date for each path. */
export function parseGitDates(log: string): Map<string, Date> {
  const dates = new Map<string, Date>();
  let date = new Date(0);
  for (const line of log.split('\n')) {
    if (line.startsWith('t:')) date = new Date(Number(line.slice(2)) * 1000);
    else if (line && !dates.has(line)) dates.set(line, date);
  }
  return dates;
}
