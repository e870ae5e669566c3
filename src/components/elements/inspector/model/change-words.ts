/** Sums up changes in a sentence, for people who do not see the drawing move. */
import { counted } from '../../../../counted.ts';

/** Compares two sets of PIDs: "2 processes appeared, 1 ended." Empty if nothing changed. */
export function describeChange(before: ReadonlySet<number>, after: ReadonlySet<number>): string {
  const appeared = [...after].filter((pid) => !before.has(pid)).length;
  const ended = [...before].filter((pid) => !after.has(pid)).length;
  if (appeared && ended)
    return `${counted(appeared, 'process', 'processes')} appeared, ${ended} ended.`;
  if (appeared) return `${counted(appeared, 'process', 'processes')} appeared.`;
  return ended ? `${counted(ended, 'process', 'processes')} ended.` : '';
}
