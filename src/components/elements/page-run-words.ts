/** The texts of the machine's bar about a run of the whole page. */
import type { PageRun } from '../../cells/run/page-run.ts';
import { verdicts as allVerdicts } from '../../cells/run/result.ts';
import type { Verdict } from '../../cells/run/result.ts';
import { counted } from '../../counted.ts';

/** The words for a verdict after a number: "2 different". */
const words: Record<Verdict, string> = {
  passed: 'as printed',
  edited: 'edited',
  differs: 'different',
  'timed out': 'timed out',
  crashed: 'crashed',
  'not run': 'not run',
};

/** Whether the verdict is not a problem. */
const isFine = (verdict: Verdict): boolean => verdict === 'passed' || verdict === 'edited';

/** A sentence, and the cells that have a problem. */
export function describePageRun({ state, total, verdicts }: PageRun): {
  text: string;
  cells: string[];
} {
  const cells = [...verdicts].filter(([, verdict]) => !isFine(verdict)).map(([id]) => id);
  const found = [...verdicts.values()];
  const counts = allVerdicts.flatMap((verdict) => {
    const count = found.filter((each) => each === verdict).length;
    return count ? [`${count} ${words[verdict]}`] : [];
  });
  const ran = `${verdicts.size} of ${counted(total, 'cell')}`;
  const result = counts.length ? `: ${counts.join(', ')}` : '';
  switch (state) {
    case 'running':
      return { text: `Running ${counted(total, 'cell')}, ${verdicts.size} done.`, cells };
    case 'stopped':
      return { text: `Stopped after ${ran}${result}.`, cells };
    case 'over':
      return { text: `Ran ${ran}${result}.`, cells };
  }
}

/**
 * The announcements for screen readers: the start of a run, its half and its end. Its cells are silent. `nameOf` gives
 * the name of a cell for readers.
 */
export function describePageChange(
  before: PageRun | undefined,
  after: PageRun | undefined,
  nameOf: (id: string) => string,
): string | undefined {
  if (!after) return undefined;
  const isHalf = (run: PageRun | undefined): boolean =>
    run !== undefined && run.verdicts.size >= run.total / 2;
  const isStart = after.state === 'running' && before?.state !== 'running';
  const isOver = after.state !== 'running' && before?.state === 'running';
  if (!isStart && !isOver && (after.total < 4 || !isHalf(after) || isHalf(before))) {
    return undefined;
  }
  const { text, cells } = describePageRun(after);
  return isOver && cells.length ? `${text} Not as printed: ${cells.map(nameOf).join(', ')}.` : text;
}
