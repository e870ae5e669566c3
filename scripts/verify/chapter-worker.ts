/** A worker of `npm run verify`: verifies chapters on its own machine, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Activity } from '../../src/cells/activity.ts';
import type { Finding, Pass } from '../../src/cells/prove/finding.ts';
import { findVarying } from '../../src/cells/prove/varying.ts';
import { proveTasks } from '../../src/cells/prove/task.ts';
import { proveAlone, proveInOrder } from '../../src/cells/prove/verify.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { CachedMachine } from './cached-machine.ts';
import type { PageCache } from './cached-machine.ts';

/** The settings of a worker. */
export interface WorkerSettings {
  /** Folder of the images and the snapshots. */
  folder: string;
  /** The image of all chapters that it verifies. */
  image: string;
  /** Milliseconds by which the guest's clock is ahead of the computer's. */
  clockAhead: number;
  /** The page cache at each clean start; by default the snapshot's. */
  pageCache?: PageCache | undefined;
}

/** A request: a chapter's activities, and those to verify alone; without the latter, all of them in both passes. */
export interface ChapterTask {
  file: string;
  activities: readonly Activity[];
  chosen?: readonly string[];
}

/** An answer: each finding, by id, then an end. Errors cross as names, since classes do not survive postMessage. */
export type ChapterAnswer =
  | { type: 'finding'; finding: Finding }
  /** A cell that differed printed something else when it ran again. */
  | { type: 'varies'; id: string; pass: Pass }
  | { type: 'done' }
  | { type: 'crashed'; reason: string }
  /** Sent regularly, as a heartbeat. */
  | { type: 'alive' };

const ALIVE_MS = 5000;

const { folder, image, clockAhead, pageCache } = workerData as WorkerSettings;
const effects = { ...nodeEffects(folder, image), now: () => Date.now() + clockAhead };
const machine = pageCache ? new CachedMachine(effects, pageCache) : new LocalMachine(effects);
const answer = (message: ChapterAnswer): void => parentPort?.postMessage(message);

async function prove({ activities, chosen }: ChapterTask): Promise<void> {
  await machine.start();
  const findings: Finding[] = [];
  const report = (finding: Finding): void => {
    findings.push(finding);
    answer({ type: 'finding', finding });
  };
  if (!chosen) for await (const finding of proveInOrder(machine, activities)) report(finding);
  const alone = chosen ? activities.filter(({ id }) => chosen.includes(id)) : activities;
  for await (const finding of proveAlone(machine, activities, alone)) report(finding);
  for await (const finding of proveTasks(machine, activities, alone)) report(finding);
  for await (const { id, pass } of findVarying(machine, activities, findings))
    answer({ type: 'varies', id, pass });
}

setInterval(() => answer({ type: 'alive' }), ALIVE_MS).unref();
parentPort?.on('message', (task: ChapterTask) => {
  prove(task).then(
    () => answer({ type: 'done' }),
    (error: unknown) => answer({ type: 'crashed', reason: String(error) }),
  );
});
