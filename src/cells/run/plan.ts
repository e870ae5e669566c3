/** Plans the order in which activities run. Pure. */

/** The properties of an activity that decide its order. */
export interface Ordered {
  id: string;
  after: readonly string[];
  fresh?: true;
  skip?: string;
  steps?: readonly { stops?: true }[];
}

/** One activity of a plan, run in the machine's present state or on a clean machine. */
export interface Job<T> {
  activity: T;
  clean: boolean;
}

/** The activities that have to run before this one, in order. */
export function chainOf<T extends Ordered>(activities: readonly T[], id: string): T[] {
  const found = new Set<T>();
  const visit = (activity: T | undefined): void => {
    if (!activity || found.has(activity)) return;
    for (const before of activity.after) visit(activities.find((other) => other.id === before));
    found.add(activity);
  };
  for (const before of activities.find((activity) => activity.id === id)?.after ?? []) {
    visit(activities.find((other) => other.id === before));
  }
  return [...found];
}

/** Jobs for the whole chain of an activity and then itself, from the clean machine. */
export function jobsFromClean<T extends Ordered>(activities: readonly T[], activity: T): Job<T>[] {
  const whole = [...chainOf(activities, activity.id), activity];
  return whole.map((each, i) => ({ activity: each, clean: i === 0 }));
}

/**
 * Jobs for an activity on a machine that has run those in `done`: the missing ones of its chain, then itself.
 * If one of these is fresh, the whole chain runs on a clean machine.
 */
export function jobsFor<T extends Ordered>(
  activities: readonly T[],
  activity: T,
  done: ReadonlySet<string>,
): Job<T>[] {
  const whole = [...chainOf(activities, activity.id), activity];
  const missing = whole.filter((each) => each === activity || !done.has(each.id));
  if (missing.some(({ fresh }) => fresh)) return jobsFromClean(activities, activity);
  return missing.map((each) => ({ activity: each, clean: false }));
}

const stops = ({ steps = [] }: Ordered): boolean => steps.some((step) => step.stops);

/**
 * Jobs for all activities of a page in order, from the clean machine, without skipped ones. A fresh activity
 * undoes those above it, and so does a cell that stops the machine. The ones that a later activity needs then run again before it.
 */
export function jobsForPage<T extends Ordered>(activities: readonly T[]): Job<T>[] {
  const done = new Set<string>();
  const jobs = activities
    .filter(({ skip }) => skip === undefined)
    .flatMap((activity) => {
      const needed = jobsFor(activities, activity, done);
      for (const job of needed) {
        if (job.clean) done.clear();
        done.add(job.activity.id);
      }
      if (stops(activity)) done.clear();
      return needed;
    });
  return jobs.map((job, i) => {
    const last = jobs[i - 1]?.activity;
    return { ...job, clean: job.clean || !last || stops(last) };
  });
}
