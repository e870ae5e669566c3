/** A worker of `npm run verify`: proves chapters on a machine of its own, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseChapter } from '../../src/cells/text/chapter.ts';
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

/** What the worker is asked: a chapter, and the cells to prove alone; all, in both passes, if not given. */
export interface ChapterTask {
  file: string;
  text: string;
  chosen?: readonly string[];
}

/** What it answers: each finding, then an end. Errors are told by name, since classes do not cross. */
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

async function prove({ file, text, chosen }: ChapterTask): Promise<void> {
  await machine.start();
  const cells = parseChapter(file, text);
  if (!chosen) {
    for await (const finding of proveInOrder(machine, cells)) answer({ type: 'finding', finding });
  }
  const alone = chosen ? cells.filter(({ id }) => chosen.includes(id)) : cells;
  for await (const finding of proveAlone(machine, cells, alone)) {
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
