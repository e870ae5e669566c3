/** The order in which activities run. Pure. */

/** What is needed of an activity to order it. */
export interface Ordered {
  id: string;
  after: readonly string[];
  fresh?: true;
  skip?: string;
}

/** What to run next: on the machine as it stands, or on a clean one. */
export interface Job<T> {
  activity: T;
  clean: boolean;
}

/** The activities that have to run before this one, in order, without itself. */
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

/** The whole chain of an activity and then itself, from the clean machine. */
export function jobsFromClean<T extends Ordered>(activities: readonly T[], activity: T): Job<T>[] {
  const whole = [...chainOf(activities, activity.id), activity];
  return whole.map((each, i) => ({ activity: each, clean: i === 0 }));
}

/**
 * What has to run for this activity on a machine on which those in `done` ran: those of its chain
 * that did not, then itself. All of them, on a clean machine, when one of them is fresh.
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

/**
 * The whole page, in its order, from the clean machine, without what is skipped. After a fresh one the
 * machine has lost what those above it did, so those that a later one names run once more before it.
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
      return needed;
    });
  return jobs.map((job, i) => ({ ...job, clean: job.clean || i === 0 }));
}
