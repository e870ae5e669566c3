// Writes the machine's output into the chapters where it differs.
import { readFile, writeFile } from 'node:fs/promises';
import type { Activity } from '../../src/cells/activity.ts';
import { replaceActivities } from '../../src/cells/text/chapter.ts';
import { isAsPrinted } from '../../src/cells/match/compare.ts';
import { acceptOutcomes, describeFinding } from '../../src/cells/prove/finding.ts';
import type { Finding, Proof } from '../../src/cells/prove/finding.ts';
import { judge } from '../../src/cells/run/result.ts';
import type { ChapterResult } from './record.ts';

/**
 * The differing activities of a chapter with their live output: from the pass in page order or, if that did
 * not run, from the pass alone. One that could not run, that the other pass contradicts, or that varies, keeps its text.
 */
function acceptedActivities({ input, findings }: ChapterResult): Activity[] {
  const inOrder = findings.filter(({ pass }) => pass === 'in page order');
  return (inOrder.length ? inOrder : findings).flatMap(({ id, verdict, outcomes }) => {
    const activity = input.activities.find((each) => each.id === id);
    if (activity?.kind !== 'cell' || verdict !== 'differs') return [];
    const accepted = acceptOutcomes(activity, outcomes);
    const all = findings.filter((finding) => finding.id === id);
    const agree = all.every(
      (finding) => !finding.varies && judgeAgain(accepted, finding).verdict === 'passed',
    );
    return agree ? [accepted] : [];
  });
}

/** Judges a finding again, by the new text of its activity. */
function judgeAgain(activity: Activity, finding: Finding): Finding {
  if (activity.kind === 'task') return finding;
  const outcomes = finding.outcomes.map((outcome, i) => {
    const step = activity.steps[i];
    return { ...outcome, matches: step !== undefined && isAsPrinted(step, outcome) };
  });
  return { ...finding, outcomes, verdict: judge(outcomes, finding.failure) };
}

export interface Accepted {
  /** The ids of the rewritten activities. */
  rewritten: string[];
  /** The remaining faults. */
  left: Proof[];
  /** Warnings about written outputs that may be mistakes. */
  warnings: string[];
}

/** The statuses by which a shell says that it has not run the program; see bash(1), EXIT STATUS. */
const notRun = new Map([
  [126, 'the program cannot be run'],
  [127, 'the machine has no such program, see docs/machine-programs.md'],
]);

function warningsOf(activity: Activity, file: string): string[] {
  switch (activity.kind) {
    case 'cell':
      return activity.steps.flatMap(({ line, command, status }) => {
        const reason = notRun.get(status);
        return reason ? [`${file}:${line}  $ ${command}\n  ended with ${status}: ${reason}.`] : [];
      });
    case 'task':
      return [];
  }
}

/**
 * Rewrites the outputs of a chapter in its file. Rejects when the file has changed since it was read.
 */
export async function acceptChapter(path: string, result: ChapterResult): Promise<Accepted> {
  const { file, text, activities } = result.input;
  const accepted = acceptedActivities(result);
  const left = result.findings.flatMap((finding) => {
    const activity = [...accepted, ...activities].find(({ id }) => id === finding.id);
    const proof = activity && describeFinding(activity, judgeAgain(activity, finding));
    return proof && proof.verdict !== 'passed' ? [proof] : [];
  });
  const warnings = accepted.flatMap((activity) => warningsOf(activity, file));
  if (!accepted.length) return { rewritten: [], left, warnings };
  if ((await readFile(path, 'utf8')) !== text) {
    throw new Error(
      `${file} was changed in the meantime, so nothing was written. Run the command again.`,
    );
  }
  await writeFile(path, replaceActivities(text, accepted));
  return { rewritten: accepted.map(({ id }) => id), left, warnings };
}
