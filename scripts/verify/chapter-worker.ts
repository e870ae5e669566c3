/** A worker of `npm run verify`: proves chapters on a machine of its own, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Activity } from '../../src/cells/activity.ts';
import type { Finding } from '../../src/cells/prove/finding.ts';
import { proveAlone, proveInOrder } from '../../src/cells/prove/verify.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { CachedMachine } from './cached-machine.ts';
import type { PageCache } from './cached-machine.ts';

/** What each worker is given when it is made. */
export interface WorkerSettings {
  /** Folder of the image and the snapshot. */
  folder: string;
  /** Milliseconds by which the guest's wall clock is ahead of ours. */
  clockAhead: number;
  /** What the page cache holds at each clean start; what the snapshot holds unless given. */
  pageCache?: PageCache | undefined;
}

/** What the worker is asked: a chapter's activities, and those to prove alone; all, in both passes, if not given. */
export interface ChapterTask {
  file: string;
  activities: readonly Activity[];
  chosen?: readonly string[];
}

/** What it answers: each finding, by id, then an end. Errors cross as their names, since classes do not cross. */
export type ChapterAnswer =
  | { type: 'finding'; finding: Finding }
  | { type: 'done' }
  | { type: 'crashed'; reason: string }
  /** A sign of life. */
  | { type: 'alive' };

const ALIVE_MS = 5000;

const { folder, clockAhead, pageCache } = workerData as WorkerSettings;
const effects = { ...nodeEffects(folder), now: () => Date.now() + clockAhead };
const machine = pageCache ? new CachedMachine(effects, pageCache) : new LocalMachine(effects);
const answer = (message: ChapterAnswer): void => parentPort?.postMessage(message);

async function prove({ activities, chosen }: ChapterTask): Promise<void> {
  await machine.start();
  if (!chosen) {
    for await (const finding of proveInOrder(machine, activities)) {
      answer({ type: 'finding', finding });
    }
  }
  const alone = chosen ? activities.filter(({ id }) => chosen.includes(id)) : activities;
  for await (const finding of proveAlone(machine, activities, alone)) {
    answer({ type: 'finding', finding });
  }
}

setInterval(() => answer({ type: 'alive' }), ALIVE_MS).unref();
parentPort?.on('message', (task: ChapterTask) => {
  prove(task).then(
    () => answer({ type: 'done' }),
    (error: unknown) => answer({ type: 'crashed', reason: String(error) }),
  );
});
