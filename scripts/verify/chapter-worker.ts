/** A worker of `npm run verify`: verifies parts of chapters on its own machine, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Finding, Pass } from '../../src/cells/prove/finding.ts';
import { findVarying } from '../../src/cells/prove/varying.ts';
import { proveTasks } from '../../src/cells/prove/task.ts';
import { proveAlone, proveInOrder } from '../../src/cells/prove/verify.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { CachedMachine } from './cached-machine.ts';
import type { PageCache } from './cached-machine.ts';
import type { ChapterTask } from './chapter-parts.ts';

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

async function prove(task: ChapterTask): Promise<void> {
  await machine.start();
  const findings: Finding[] = [];
  for await (const finding of findingsOf(task)) {
    findings.push(finding);
    answer({ type: 'finding', finding });
  }
  for await (const { id, pass } of findVarying(machine, task.activities, findings))
    answer({ type: 'varies', id, pass });
}

function findingsOf({ activities, part, chosen }: ChapterTask): AsyncGenerator<Finding> {
  const wanted = chosen ? activities.filter(({ id }) => chosen.includes(id)) : activities;
  switch (part) {
    case 'in page order':
      return proveInOrder(machine, activities);
    case 'alone':
      return proveAlone(machine, activities, wanted);
    case 'tasks':
      return proveTasks(machine, activities, wanted);
  }
}

setInterval(() => answer({ type: 'alive' }), ALIVE_MS).unref();
parentPort?.on('message', (task: ChapterTask) => {
  prove(task).then(
    () => answer({ type: 'done' }),
    (error: unknown) => answer({ type: 'crashed', reason: String(error) }),
  );
});
