/** The parts of a chapter's proof, which can run on different machines at the same time. */
import { byMachine } from '../../src/cells/activity.ts';
import type { Activity } from '../../src/cells/activity.ts';
import { chainOf } from '../../src/cells/run/plan.ts';
import { trialsOf } from '../../src/cells/prove/task-trial.ts';

/** The cells of a section in page order, each cell alone, or the tasks. */
export type ProofPart = 'in page order' | 'alone' | 'tasks';

/** A request: a part of the proof of a chapter's activities, or of the chosen ones only. */
export interface ChapterTask {
  file: string;
  activities: readonly Activity[];
  part: ProofPart;
  chosen?: readonly string[];
}

/** A chapter whose proof has not been divided yet. */
export interface WholeChapter extends Omit<ChapterTask, 'part'> {
  /** Whether to leave out the pass that runs each cell alone. */
  quick?: boolean;
}

/**
 * The activities of a page in sections that share no state: a section begins with a fresh cell, and nothing in it or after it needs
 * an activity above it.
 */
function sectionsOf(activities: readonly Activity[]): Activity[][] {
  // The sections of several machines are mixed on the page, and a page without activities is one empty section.
  if (byMachine(activities).size !== 1) return [[...activities]];
  const needsAbove = (i: number): boolean =>
    activities
      .slice(i)
      .some(({ id }) => chainOf(activities, id).some((each) => activities.indexOf(each) < i));
  const sections: Activity[][] = [];
  for (const [i, activity] of activities.entries()) {
    const begins = activity.kind === 'cell' && activity.fresh && !needsAbove(i);
    const section = sections.at(-1);
    if (!section || begins) sections.push([activity]);
    else section.push(activity);
  }
  return sections;
}

/**
 * The parts of a chapter's proof. With `chosen`, only these activities are proved, and not in page order. The pass in page order has a
 * part for each section.
 */
export function partsOf({ quick = false, ...chapter }: WholeChapter): ChapterTask[] {
  const { activities, chosen } = chapter;
  const inOrder: ChapterTask[] = (chosen ? [] : sectionsOf(activities)).map((section) => {
    return { ...chapter, activities: section, part: 'in page order' };
  });
  const hasTasks = activities.some(
    ({ kind, id }) => kind === 'task' && (chosen?.includes(id) ?? true),
  );
  return [
    ...inOrder,
    ...(quick ? [] : [{ ...chapter, part: 'alone' as const }]),
    ...(hasTasks ? [{ ...chapter, part: 'tasks' as const }] : []),
  ];
}

/** An estimate of the time that a part takes: the number of its commands. */
export function commandsOf({ activities, part, chosen }: ChapterTask): number {
  return activities
    .filter(({ id }) => chosen?.includes(id) ?? true)
    .reduce((sum, activity) => sum + commandsOfActivity(activity, part), 0);
}

function commandsOfActivity(activity: Activity, part: ProofPart): number {
  switch (activity.kind) {
    case 'cell':
      return part === 'tasks' ? 0 : activity.steps.length;
    case 'task': {
      if (part !== 'tasks') return 0;
      const { checks } = activity;
      return trialsOf(activity).reduce(
        (sum, { commands }) => sum + commands.length + checks.length,
        0,
      );
    }
  }
}
