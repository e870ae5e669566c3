/** Distinguishes a result that varies from one that is the same in each run. */
import type { Machine } from '../../machine/machine.ts';
import type { Activity } from '../activity.ts';
import { endMatches, isAsPrinted } from '../match/compare.ts';
import type { RunResult } from '../run/result.ts';
import { acceptOutcomes, passes } from './finding.ts';
import type { Finding, Pass } from './finding.ts';
import { proveAlone, proveInOrder } from './verify.ts';

/**
 * The most activities of a pass that run again. More of them differ when the machine or the whole page has
 * changed, which a second run would not explain.
 */
const MAX_AGAIN = 5;

/** Runs differing activities again, in the same pass, and yields those that printed something else this time. */
export async function* findVarying(
  machine: Machine,
  activities: readonly Activity[],
  findings: readonly Finding[],
): AsyncGenerator<{ id: string; pass: Pass }> {
  for (const pass of passes) {
    const firsts = findings.filter((each) => each.pass === pass && each.verdict === 'differs');
    if (!firsts.length || firsts.length > MAX_AGAIN) continue;
    for await (const second of runAgain(machine, activities, pass, firsts)) {
      const first = firsts.find(({ id }) => id === second.id);
      const activity = activities.find(({ id }) => id === second.id);
      if (first && activity && !isRepeated(activity, first, second)) yield { id: second.id, pass };
    }
  }
}

function runAgain(
  machine: Machine,
  activities: readonly Activity[],
  pass: Pass,
  firsts: readonly Finding[],
): AsyncGenerator<Finding> {
  const chosen = activities.filter(({ id }) => firsts.some((first) => first.id === id));
  if (pass === 'alone') return proveAlone(machine, activities, chosen);
  const last = activities.findLastIndex((activity) => chosen.includes(activity));
  return proveInOrder(machine, activities.slice(0, last + 1));
}

/** Whether the second run printed what the first one did, apart from what the page lets vary. */
function isRepeated(activity: Activity, first: RunResult, second: RunResult): boolean {
  if (first.outcomes.length !== second.outcomes.length) return false;
  switch (activity.kind) {
    case 'cell': {
      const { steps } = acceptOutcomes(activity, first.outcomes);
      return first.outcomes.every((before, i) => {
        const [step, after] = [steps[i], second.outcomes[i]];
        if (!step || !after || before.matches !== after.matches) return false;
        // No page can print these, so there is nothing to compare the second one with.
        const isUnprintable = before.truncated || !endMatches(step, before);
        return before.matches || isUnprintable || isAsPrinted(step, after);
      });
    }
    case 'task':
      return true;
  }
}
